/**
 * Cuts text into blocks that do not depend on how it arrived: each ends with its line, or after a fixed number of
 * characters. So places in messages are the same whatever the chunks of the network.
 */

export interface TextBlock {
  readonly text: string;
  /** 1-based line, and how many characters of that line came in earlier blocks. */
  readonly line: number;
  readonly before: number;
  readonly endsLine: boolean;
}

export const BLOCK_CHARS = 16 * 1024;

export class TextBlocks {
  #rest = '';
  #line = 1;
  #before = 0;

  /** The blocks this piece completed. Lines end with LF; a CR stays in its block. */
  *push(text: string): Generator<TextBlock> {
    const all = this.#rest + text;
    let start = 0;
    for (;;) {
      const lineEnd = all.indexOf('\n', start);
      const blockEnd = blockBorder(all, start);
      if (lineEnd !== -1 && (blockEnd === undefined || lineEnd < blockEnd)) {
        yield this.#block(all.slice(start, lineEnd + 1), true);
        start = lineEnd + 1;
      } else if (blockEnd === undefined) break;
      else {
        yield this.#block(all.slice(start, blockEnd), false);
        start = blockEnd;
      }
    }
    this.#rest = all.slice(start);
  }

  *end(): Generator<TextBlock> {
    if (this.#rest !== '') yield this.#block(this.#rest, true);
    this.#rest = '';
  }

  #block(text: string, endsLine: boolean): TextBlock {
    const block = { text, line: this.#line, before: this.#before, endsLine };
    this.#line += endsLine ? 1 : 0;
    this.#before = endsLine ? 0 : this.#before + text.length;
    return block;
  }
}

/** Where a full block ends; undefined for a text that does not fill one. */
function blockBorder(text: string, start: number): number | undefined {
  const end = start + BLOCK_CHARS;
  return text.length <= end ? undefined : beforePair(text, end);
}

/** `end`, or one character earlier rather than between the halves of a surrogate pair. */
export function beforePair(text: string, end: number): number {
  const last = text.charCodeAt(end - 1);
  return last >= 0xd800 && last <= 0xdbff ? end - 1 : end;
}
