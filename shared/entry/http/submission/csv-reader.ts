/** CSV: records of cells, with the line each begins on. What the cells mean is decided elsewhere. */
import { CsvError, parse, type Parser } from 'csv-parse';
import type { BodyItem } from '../../../domain/submission/body-item.ts';
import { problemAt } from '../../../domain/submission/findings.ts';
import { type CsvStart, CsvStartReader, SEPARATORS } from './csv-start.ts';
import { ROW_MAX_CHARS } from '../../../domain/submission/lengths.ts';
import type { FormatReader } from './format-reader.ts';
import { beforePair, BLOCK_CHARS } from './text-blocks.ts';

/** A record longer than this is taken for one that does not end, rather than kept in memory. Separators count, too. */
const RECORD_MAX_CHARS = 256 * 1024;

export function csvReader(): FormatReader {
  const start = new CsvStartReader();
  let records: CsvRecords | undefined;
  const begin = ({ separator, headerLine, text }: CsvStart): Promise<readonly BodyItem[]> => {
    records = new CsvRecords(separator, headerLine);
    return records.push(text);
  };
  return {
    push: (text) => {
      if (records !== undefined) return records.push(text);
      const found = start.push(text);
      return found === undefined ? [] : begin(found);
    },
    end: async () => {
      const items = records === undefined ? await begin(start.end()) : [];
      return items.some(({ kind }) => kind === 'stopped') || records === undefined
        ? items
        : [...items, ...(await records.end())];
    },
  };
}

/** Drives csv-parse one piece at a time, so that records and errors come out in the order of the text. */
class CsvRecords {
  readonly #parser: Parser;
  #found: BodyItem[] = [];
  #line: number;
  /**
   * The text is looked at whenever so many characters more were read: at places that do not depend on how it arrived.
   */
  #untilBorderChars = BLOCK_CHARS;
  /** Whether the text read so far has ended its last line. */
  #endsLine = false;
  /** Characters read since the last block in which a record ended. */
  #sinceRecordChars = 0;
  #borderLine: number;

  constructor(separator: string, headerLine: number) {
    this.#line = headerLine;
    this.#borderLine = headerLine;
    const known = SEPARATORS.find((each) => each === separator);
    if (known !== undefined) this.#found.push({ kind: 'separator', separator: known });
    this.#parser = parse({
      delimiter: separator,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      // Taken here, and answered with nothing, so that no record waits in the stream when an error ends it.
      on_record: (cells: string[]) => {
        this.#take(cells);
        return null;
      },
    });
    this.#parser.on('error', () => {
      // Every error also reaches the callback of the write or end that caused it; without a listener it would end the
      // process.
    });
  }

  async push(text: string): Promise<readonly BodyItem[]> {
    let start = 0;
    while (text.length - start > this.#untilBorderChars) {
      const border = beforePair(text, start + this.#untilBorderChars);
      if (await this.#write(text.slice(start, border))) return this.#taken();
      if (this.#isEndless()) return this.#endless();
      start = border;
      this.#untilBorderChars = BLOCK_CHARS;
    }
    await this.#write(text.slice(start));
    this.#untilBorderChars -= text.length - start;
    return this.#taken();
  }

  async end(): Promise<readonly BodyItem[]> {
    await this.#run((done) => this.#parser.end(done));
    const items = this.#taken();
    if (this.#endsLine) return items;
    return items.map((item, index) =>
      item.kind === 'cells' && index === items.length - 1 ? { ...item, isOpen: true } : item,
    );
  }

  #taken(): readonly BodyItem[] {
    const found = this.#found;
    this.#found = [];
    return found;
  }

  /** @returns true once nothing more can be read */
  async #write(text: string): Promise<boolean> {
    if (text === '') return false;
    this.#endsLine = /[\r\n]$/.test(text);
    return this.#run((done) => this.#parser.write(text, done));
  }

  /**
   * Asked at each border. csv-parse's own limit measures what is in the cells only, and would keep any number of empty
   * ones.
   */
  #isEndless(): boolean {
    this.#sinceRecordChars = this.#line === this.#borderLine ? this.#sinceRecordChars + BLOCK_CHARS : 0;
    this.#borderLine = this.#line;
    return this.#sinceRecordChars > RECORD_MAX_CHARS;
  }

  /**
   * The end of the reading at a row without one. Whether a quote is open in it is what csv-parse answers to an end of
   * the text here.
   */
  async #endless(): Promise<readonly BodyItem[]> {
    const before = this.#taken();
    const line = this.#line;
    const isBroken = await this.#run((done) => this.#parser.end(done));
    const rest = this.#taken();
    return [...before, ...(isBroken ? rest : [tooLong(line)])];
  }

  /** @returns true when it met an error of the text */
  async #run(step: (done: (error?: Error | null) => void) => void): Promise<boolean> {
    const error = await new Promise<Error | null | undefined>((resolve) => step(resolve));
    if (error === null || error === undefined) return false;
    if (!(error instanceof CsvError)) throw error;
    this.#found.push(this.#stopped(error));
    return true;
  }

  #take(cells: readonly string[]): void {
    this.#found.push({ kind: 'cells', line: this.#line, cells });
    // A record ends its line; every other line end is inside a quoted cell, which keeps it as it came.
    this.#line++;
    for (const cell of cells) if (/[\r\n]/.test(cell)) this.#line += cell.match(/\r\n|\r|\n/g)?.length ?? 0;
  }

  #stopped(error: CsvError): BodyItem {
    const begins = `The row that begins on line ${this.#line}`;
    if (error.code === 'CSV_QUOTE_NOT_CLOSED') {
      return {
        kind: 'stopped',
        problem: problemAt(
          { line: this.#line },
          'unclosedQuote',
          `${begins} does not end: most likely a quote is not closed. Nothing after it could be read.`,
        ),
      };
    }
    const problem = problemAt(
      { line: this.#line },
      'strayQuote',
      `${begins} has a quote in the wrong place. Put the whole cell in quotes and write each quote inside twice. ` +
        'Nothing after it could be read.',
    );
    return { kind: 'stopped', problem };
  }
}

function tooLong(line: number): BodyItem {
  const message =
    `The row that begins on line ${line} has more than ${RECORD_MAX_CHARS} characters and no line end; a row takes ` +
    `at most ${ROW_MAX_CHARS}. Nothing after it could be read.`;
  return { kind: 'stopped', problem: problemAt({ line }, 'rowTooLong', message) };
}
