/**
 * JSON: `{ "resets": [ ... ], ...options }` in any order of members, entry by entry. Why this parser: decision 0002.
 * Memory: the entry or member being read.
 */
import { JSONParser } from '@streamparser/json';
import type { BodyItem, Repeated } from '../../../domain/submission/body-item.ts';
import { problemAt } from '../../../domain/submission/findings.ts';
import { ENTRY_MAX_CHARS, MEMBERS_MAX, NESTING_MAX } from '../../../domain/submission/lengths.ts';
import type { FormatReader } from './format-reader.ts';
import { RepeatedMembers } from './repeated-members.ts';
import { type TextBlock, TextBlocks } from './text-blocks.ts';

/** How many containers hold a member of the body; an entry of `resets` is one deeper. */
const MEMBER_DEPTH = 1;

export function jsonReader(): FormatReader {
  return new JsonReader();
}

class JsonReader implements FormatReader {
  readonly #blocks = new TextBlocks();
  readonly #parser = new JSONParser({ paths: ['$.*', '$.resets.*'] });
  readonly #repeated = new RepeatedMembers();
  #found: BodyItem[] = [];
  #members = 0;
  /** `{` for an object; undefined until there is one. */
  #firstToken: unknown;
  /** Offsets in bytes of the whole text: of the last token, and of the block being read. */
  #tokenByte = 0;
  #blockByte = 0;
  /** Characters read since the last complete value. */
  #sinceValueChars = 0;
  #lastBlock: TextBlock = { text: '', line: 1, before: 0, endsLine: false };

  constructor() {
    this.#parser.onToken = ({ offset, token, value }) => {
      this.#tokenByte = offset;
      this.#repeated.token(token, value);
      if (this.#firstToken === undefined) this.#firstToken = value;
    };
    this.#parser.onValue = ({ key, value, parent, stack }) => {
      if (stack.length === MEMBER_DEPTH) {
        this.#sinceValueChars = 0;
        this.#members++;
        if (typeof key === 'string')
          this.#found.push({ kind: 'member', name: key, value, ...this.#repeatedIn(MEMBER_DEPTH) });
        // `parent` is the parser's own object: with what was read taken out, it does not grow with the body.
        if (typeof key === 'string' && typeof parent === 'object' && parent !== null)
          Reflect.deleteProperty(parent, key);
      } else if (Array.isArray(parent)) {
        this.#sinceValueChars = 0;
        this.#found.push({ kind: 'entry', value, ...this.#repeatedIn(MEMBER_DEPTH + 1) });
        // As above, of the array.
        parent.length = 0;
      }
    };
  }

  push(text: string): readonly BodyItem[] {
    this.#readAll(this.#blocks.push(text));
    return this.#taken();
  }

  end(): readonly BodyItem[] {
    if (this.#readAll(this.#blocks.end())) this.#finish();
    return this.#taken();
  }

  /** What was said twice inside the value that just ended; its own name is told by the options. */
  #repeatedIn(depth: number): { readonly repeated?: Repeated } {
    const repeated = this.#repeated
      .take()
      .map((path) => path.slice(depth))
      .filter((path) => path.length > 0);
    return repeated.length === 0 ? {} : { repeated };
  }

  #taken(): readonly BodyItem[] {
    const found = this.#found;
    this.#found = [];
    return found;
  }

  /** False once nothing more can be read. */
  #readAll(blocks: Iterable<TextBlock>): boolean {
    for (const block of blocks) {
      const problem = this.#write(block) ?? this.#checkShape(block);
      if (problem === undefined) continue;
      this.#found.push({ kind: 'stopped', problem });
      return false;
    }
    return true;
  }

  #write(block: TextBlock) {
    this.#lastBlock = block;
    this.#sinceValueChars += block.text.length;
    try {
      this.#parser.write(block.text);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      const byteInBlock = (absoluteByte(error) ?? this.#tokenByte) - this.#blockByte;
      const chars = Buffer.from(block.text).subarray(0, Math.max(0, byteInBlock)).toString().length;
      return problemAt(
        { line: block.line },
        'invalidJson',
        `The body is not JSON: ${shortReason(error)} at ${placeIn(block, chars)}.`,
      );
    }
    this.#blockByte += Buffer.byteLength(block.text);
    return undefined;
  }

  /** What would make the parser keep more than one entry in memory. */
  #checkShape(block: TextBlock) {
    if (this.#firstToken !== undefined && this.#firstToken !== '{') {
      return problemAt({}, 'wrongType', 'The body must be an object: { "resets": [ ... ] }.');
    }
    if (this.#repeated.depth > NESTING_MAX) {
      return problemAt(
        { line: block.line },
        'wrongType',
        `Line ${block.line}: values are nested more than ${NESTING_MAX} deep; nothing that a reset or an option ` +
          'says is.',
      );
    }
    if (this.#members > MEMBERS_MAX) {
      return problemAt(
        { line: block.line },
        'unknownOption',
        `Line ${block.line}: the body has more than ${MEMBERS_MAX} members. Resets are written as { "resets": [ ` +
          '... ] }.',
      );
    }
    if (this.#sinceValueChars > ENTRY_MAX_CHARS) {
      return problemAt(
        { line: block.line },
        'rowTooLong',
        `Line ${block.line}: one entry or member has more than ${ENTRY_MAX_CHARS} characters.`,
      );
    }
    return undefined;
  }

  #finish(): void {
    if (this.#firstToken === undefined || this.#parser.isEnded) return;
    try {
      this.#parser.end();
    } catch {
      // The parser tells its inner state; the caller needs to know that the text is not complete.
      const block = this.#lastBlock;
      const place = placeIn(block, block.text.length);
      const message = `The JSON ends too early, at ${place}: a bracket or a quote is not closed.`;
      this.#found.push({ kind: 'stopped', problem: problemAt({ line: block.line }, 'invalidJson', message) });
    }
  }
}

function placeIn(block: TextBlock, chars: number): string {
  return `line ${block.line}, column ${block.before + chars + 1}`;
}

/** The tokenizer says where in its message only. Source: `tokenizer.ts` of the parser. */
function absoluteByte(error: Error): number | undefined {
  const byte = /absolute position "(\d+)"/.exec(error.message)?.[1];
  return byte === undefined ? undefined : Number(byte);
}

/** The parser's words without its inner states. */
function shortReason(error: Error): string {
  const unexpected =
    /^Unexpected ("[\s\S]")/.exec(error.message)?.[1] ?? /^Unexpected \w+ \((.{1,40})\)/.exec(error.message)?.[1];
  return unexpected === undefined ? 'unexpected text' : `unexpected ${unexpected}`;
}
