/**
 * Where the records of a CSV are, and what is in one of them. Of 200,000 rows only the places are kept: a row is read
 * when somebody looks at it. What is wrong with a CSV the service says; here nothing is refused.
 */

export type Separator = ',' | ';' | '\t';

export interface Records {
  readonly text: string;
  readonly separator: Separator;
  /** The text says it by a line in front; another one may be more frequent in its header. */
  readonly isDeclared: boolean;
  /** Start and end of each record that holds something, one after the other; its line end is left out. */
  readonly places: Uint32Array;
  /** The row of each in a spreadsheet, which counts blank ones too. */
  readonly rows: Uint32Array;
  readonly count: number;
}

const QUOTE = 34;
const LF = 10;
const CR = 13;
/** So many characters are looked at before others have their turn. */
const SLICE = 2_000_000;
/** A longer line is no line before the header. */
const LONGEST_BEFORE = 64 * 1024;
/** What Excel may write before the header. */
const SEPARATOR_LINE = /^"?sep=([,;]|\t|\\t)"?$/i;

/** The separator that the first record has most of. */
function separatorOf(text: string, from: number): Separator {
  const end = recordEnd(text, from, text.length);
  const line = text.slice(from, Math.min(end, from + 50_000)).replaceAll(/"[^"]*"/g, '');
  const counts = ([',', ';', '\t'] as const).map((sign) => ({ sign, count: line.split(sign).length }));
  return counts.reduce((most, next) => (next.count > most.count ? next : most)).sign;
}

/** Where the record that begins at `from` ends: before its line end, or at `limit`. */
function recordEnd(text: string, from: number, limit: number): number {
  let quoted = false;
  for (let at = from; at < limit; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) quoted = !quoted;
    else if (!quoted && (code === LF || code === CR)) return at;
  }
  return limit;
}

interface Start {
  /** Where the header begins. */
  readonly begin: number;
  readonly declared: Separator | undefined;
  /** Rows of a spreadsheet before it: `sep=` is none. */
  readonly passed: number;
}

/** Passes over what tools write before the header, as the service does: else each row would have another number. */
function startOf(text: string): Start {
  let declared: Separator | undefined;
  let begin = 0;
  let passed = 0;
  while (begin < text.length) {
    const end = recordEnd(text, begin, begin + LONGEST_BEFORE);
    const line = text.slice(begin, end);
    const sign = SEPARATOR_LINE.exec(line)?.[1];
    if (sign !== undefined) declared = sign === ',' || sign === ';' ? sign : '\t';
    else if (isPassedOver(line)) passed++;
    else break;
    begin = nextRecord(text, end);
  }
  return { begin, declared, passed };
}

/** The version of the admin center's template, the type that PowerShell names, and blank ones. */
function isPassedOver(line: string): boolean {
  const said = line.replaceAll(/[",;\s]/g, '');
  return said === '' || /^version:v\d+\.\d+$/i.test(said) || /^"?#TYPE\b/.test(line);
}

/** Where the record after one that ends here begins. */
const nextRecord = (text: string, end: number): number =>
  end + (text.charCodeAt(end) === CR && text.charCodeAt(end + 1) === LF ? 2 : 1);

/**
 * @param rest lets others have their turn
 * @param first what the first row is counted as
 */
export async function findRecords(text: string, rest: () => Promise<void>, first = 1): Promise<Records> {
  const { begin, declared, passed } = startOf(text);
  let row = first + passed;
  const separator = declared ?? separatorOf(text, begin);
  const blank = new RegExp(`^[\\s"${separator}]*$`);
  let places = new Uint32Array(1_024);
  let rows = new Uint32Array(512);
  let count = 0;
  let sliceEnd = begin + SLICE;
  for (let from = begin; from < text.length;) {
    const end = recordEnd(text, from, text.length);
    // Only a short one is looked at whole: a long one holds something.
    if (end - from > 2_000 || !blank.test(text.slice(from, end))) {
      if (count === rows.length) [places, rows] = [grown(places), grown(rows)];
      rows[count] = row;
      places[count * 2] = from;
      places[count * 2 + 1] = end;
      count++;
    }
    row++;
    from = nextRecord(text, end);
    if (from < sliceEnd) continue;
    sliceEnd = from + SLICE;
    await rest();
  }
  return { text, separator, isDeclared: declared !== undefined, places, rows, count };
}

function grown(numbers: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(numbers.length * 2);
  larger.set(numbers);
  return larger;
}

/** One record as it stands. @param index from 0 */
export function rawRecord({ text, places }: Records, index: number): string {
  return text.slice(places[index * 2], places[index * 2 + 1]);
}

export const cellsOf = (records: Records, index: number): string[] =>
  splitRecord(rawRecord(records, index), records.separator);

export function splitRecord(record: string, separator: Separator): string[] {
  if (!record.includes('"')) return record.split(separator);
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    let cell = '';
    if (record[at] === '"') {
      const end = closingQuote(record, at + 1);
      cell = record.slice(at + 1, end).replaceAll('""', '"');
      at = end + 1;
    }
    const next = record.indexOf(separator, at);
    cells.push(cell + record.slice(at, next === -1 ? undefined : next));
    if (next === -1) return cells;
    at = next + 1;
  }
}

function closingQuote(record: string, from: number): number {
  for (let at = record.indexOf('"', from); at !== -1; at = record.indexOf('"', at + 2)) {
    if (record[at + 1] !== '"') return at;
  }
  return record.length;
}

const NEEDS_QUOTES = /[",;\t\r\n]|^\s|\s$/;

export const writeRecord = (cells: readonly string[], separator: Separator): string =>
  cells.map((cell) => (NEEDS_QUOTES.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(separator);
