/** The first lines of a CSV: what stands before the header, and which separator the header uses. */
import type { CsvSeparator } from '../../../domain/job/job.ts';

export const SEPARATORS: readonly CsvSeparator[] = [',', ';', '\t'];

/** A header longer than this is no header; then the check of its columns tells what is wrong. */
const HEADER_MAX_CHARS = 64 * 1024;

export interface CsvStart {
  /** One character, of `SEPARATORS` unless the file says another one itself. */
  readonly separator: string;
  /** 1-based line on which the header begins. */
  readonly headerLine: number;
  /** All text from the header on. */
  readonly text: string;
}

const SEPARATOR_LINE = /^"?sep=([^"]|\\t)"?$/i;

/**
 * Lines that tools put before the header: the template's version, PowerShell's type, blank ones. Spreadsheets fill them
 * with empty cells, in quotes or not.
 */
function isPassedOver(line: string): boolean {
  const said = line.replaceAll(/[",;\s]/g, '');
  return said === '' || /^version:v\d+\.\d+$/i.test(said) || /^"?#TYPE\b/.test(line);
}

/** Skips the lines before the header as they arrive, and keeps nothing of them. */
export class CsvStartReader {
  #rest = '';
  #line = 1;
  #separator: string | undefined;

  /** The start, once the header is complete; undefined until then. */
  push(text: string): CsvStart | undefined {
    this.#rest += text;
    return this.#read(false);
  }

  /** The start of a text whose header has no line end. */
  end(): CsvStart {
    return this.#read(true) ?? { separator: ',', headerLine: this.#line, text: this.#rest };
  }

  #read(isAll: boolean): CsvStart | undefined {
    for (;;) {
      const row = firstRow(this.#rest, isAll || this.#rest.length > HEADER_MAX_CHARS);
      if (row === undefined) return undefined;
      const said = SEPARATOR_LINE.exec(row.text)?.[1];
      if (said !== undefined) this.#separator = said === '\\t' ? '\t' : said;
      else if (!isPassedOver(row.text))
        return { separator: this.#separator ?? mostUsed(row.text), headerLine: this.#line, text: this.#rest };
      this.#rest = this.#rest.slice(row.length);
      this.#line += row.lines;
    }
  }
}

interface FirstRow {
  readonly text: string;
  /** Of it and its line end. */
  readonly length: number;
  readonly lines: number;
}

/** A line end outside quotes. A CR at the end of the text may be half of a CRLF. */
const ROW_END = /"[^"]*(?:"|$)|(\r\n|\n|\r(?!$))/g;

function firstRow(text: string, isAll: boolean): FirstRow | undefined {
  let lines = 1;
  for (const { 0: found, 1: end, index } of text.matchAll(ROW_END)) {
    if (end !== undefined) return { text: text.slice(0, index), length: index + end.length, lines };
    lines += found.match(/\r\n|\r|\n/g)?.length ?? 0;
  }
  return isAll && text !== '' ? { text: text.replace(/\r$/, ''), length: text.length, lines } : undefined;
}

/** The separator that the header uses most, outside quotes. */
function mostUsed(header: string): CsvSeparator {
  const bare = header.replaceAll(/"[^"]*"/g, '');
  const count = (separator: string): number => bare.split(separator).length;
  return SEPARATORS.reduce((best, separator) => (count(separator) > count(best) ? separator : best));
}
