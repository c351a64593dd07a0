/** The first lines of a CSV: what stands before the header, and which separator the header uses. */

const SEPARATORS = [',', ';', '\t'] as const;

/** A header longer than this is no header; then the check of its columns tells what is wrong. */
const HEADER_MAX_CHARS = 64 * 1024;

export interface CsvStart {
  readonly separator: string;
  /** 1-based line on which the header begins. */
  readonly headerLine: number;
  /** All text from the header on. */
  readonly text: string;
}

/** Lines that tools put before the header: the template's version, Excel's separator, PowerShell's type, blank ones. */
const VERSION_LINE = /^"?version:v\d+\.\d+"?[,;\t]*$/i;
const SEPARATOR_LINE = /^"?sep=([^"]|\\t)"?$/i;
const TYPE_LINE = /^"?#TYPE\b/;
const BLANK_LINE = /^[\s,;]*$/;

/** Skips the lines before the header as they arrive, and keeps nothing of them. */
export class CsvStartReader {
  #rest = '';
  #line = 1;
  #separator: string | undefined;

  /** The start, once the header line is complete; undefined until then. */
  push(text: string): CsvStart | undefined {
    this.#rest += text;
    return this.#read(false);
  }

  /** The start of a text whose header line has no line end. */
  end(): CsvStart {
    return this.#read(true) ?? { separator: ',', headerLine: this.#line, text: this.#rest };
  }

  #read(isAll: boolean): CsvStart | undefined {
    for (;;) {
      const line = firstLine(this.#rest, isAll || this.#rest.length > HEADER_MAX_CHARS);
      if (line === undefined) return undefined;
      const said = SEPARATOR_LINE.exec(line.text)?.[1];
      if (said !== undefined) this.#separator = said === '\\t' ? '\t' : said;
      else if (![VERSION_LINE, TYPE_LINE, BLANK_LINE].some((shape) => shape.test(line.text))) {
        return { separator: this.#separator ?? mostUsed(line.text), headerLine: this.#line, text: this.#rest };
      }
      this.#rest = this.#rest.slice(line.length);
      this.#line++;
    }
  }
}

/** The first line, with the length of it and its line end. A CR at the end of the text may be half of a CRLF. */
function firstLine(text: string, isAll: boolean): { readonly text: string; readonly length: number } | undefined {
  const end = /\r\n|\n|\r(?!$)/.exec(text);
  if (end !== null) return { text: text.slice(0, end.index), length: end.index + end[0].length };
  return isAll && text !== '' ? { text: text.replace(/\r$/, ''), length: text.length } : undefined;
}

/** The separator that the header uses most, outside quotes. */
function mostUsed(header: string): string {
  const bare = header.replaceAll(/"[^"]*"/g, '');
  const count = (separator: string): number => bare.split(separator).length;
  return SEPARATORS.reduce((best, separator) => (count(separator) > count(best) ? separator : best));
}
