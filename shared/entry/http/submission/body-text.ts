/** Turns the bytes of a body into text, piece by piece, and guards its size and encoding. */
import type { RowProblem } from '../../../domain/api/problem.ts';
import { problemAt } from '../../../domain/submission/findings.ts';
import { packedProblem } from '../requests/packed-bytes.ts';

export type TextPiece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'stopped'; readonly problem: RowProblem };

/** Bytes that must be known before the encoding is: the longest byte order mark, and enough to tell packed bytes. */
const MARK_BYTES = 3;

/**
 * Decodes a body. A byte order mark decides the encoding, else `charset` does.
 * Stops before packed bytes, at the first byte over `maxBytes` and at the first line that is not text in that encoding.
 */
export async function* bodyText(
  body: AsyncIterable<Uint8Array>,
  charset: string,
  maxBytes: number,
): AsyncGenerator<TextPiece, void, void> {
  let head: Uint8Array = new Uint8Array();
  let decoder: TextDecoder | undefined;
  let bytes = 0;
  const encodings = new EncodingGuard();
  for await (const chunk of smallChunks(body)) {
    // What still fits is read, so that what is told does not depend on how the bytes arrived.
    let undecoded = chunk.subarray(0, maxBytes - bytes);
    bytes += chunk.byteLength;
    if (decoder === undefined) {
      undecoded = Buffer.concat([head, undecoded]);
      if (undecoded.byteLength < MARK_BYTES && bytes <= maxBytes) {
        head = undecoded;
        continue;
      }
      const packed = packedProblem(undecoded);
      if (packed !== undefined) {
        yield { kind: 'stopped', problem: packed };
        return;
      }
      decoder = new TextDecoder(encodingByMark(undecoded) ?? charset);
    }
    yield* encodings.check(decoded(decoder, undecoded, true), decoder.encoding);
    if (encodings.isBroken) return;
    if (bytes > maxBytes) {
      yield {
        kind: 'stopped',
        problem: problemAt({}, 'bodyTooLarge', `The body has more than ${maxBytes} bytes. Split it into several jobs.`),
      };
      return;
    }
  }
  const rest = decoder === undefined ? head : new Uint8Array();
  decoder ??= new TextDecoder(encodingByMark(rest) ?? charset);
  yield* encodings.check(decoded(decoder, rest, false), decoder.encoding);
}

/** Text takes up to twice the room of its bytes, and is looked through without a break. */
const CHUNK_MAX_BYTES = 64 * 1024;

async function* smallChunks(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
  for await (const chunk of body)
    for (let start = 0; start < chunk.byteLength; start += CHUNK_MAX_BYTES)
      yield chunk.subarray(start, start + CHUNK_MAX_BYTES);
}

/** Node throws, instead of U+FFFD, for some broken letters of East Asian encodings that are cut in two. */
function decoded(decoder: TextDecoder, bytes: Uint8Array, stream: boolean): string {
  try {
    return decoder.decode(bytes, { stream });
  } catch (error) {
    if (error instanceof TypeError && 'code' in error && error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
      return '\uFFFD';
    throw error;
  }
}

function encodingByMark(bytes: Uint8Array): string | undefined {
  const [first, second, third] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return first === 0xef && second === 0xbb && third === 0xbf ? 'utf-8' : undefined;
}

/**
 * Finds the line where a text stops being one. The decoder puts U+FFFD for bytes it cannot read; an U+FFFD in the
 * source is refused as well: it is what an earlier, wrong conversion left of a letter. A NUL is UTF-16 read as UTF-8.
 */
class EncodingGuard {
  #line = 1;
  #endsWithCarriageReturn = false;
  #isBroken = false;

  get isBroken(): boolean {
    return this.#isBroken;
  }

  /** The sound part of the text, and the problem of the first character that is none. */
  *check(text: string, encoding: string): Generator<TextPiece, void, void> {
    const at = text.search(/[\uFFFD\0]/);
    const sound = at === -1 ? text : text.slice(0, at);
    this.#countLines(sound);
    if (sound !== '') yield { kind: 'text', text: sound };
    if (at === -1) return;
    this.#isBroken = true;
    const what =
      text[at] === '\0'
        ? 'has NUL characters. The text may be UTF-16 without a byte order mark.'
        : `has bytes that are not ${encoding.toUpperCase()}, or a letter already lost by an earlier conversion.`;
    const fix =
      'Save the file as UTF-8, or name its encoding, such as Content-Type: text/csv; charset=windows-1252 or ' +
      'charset=utf-16le.';
    yield {
      kind: 'stopped',
      problem: problemAt({ line: this.#line }, 'invalidEncoding', `Line ${this.#line} ${what} ${fix}`),
    };
  }

  /** CR, LF and CRLF each end a line, also a CRLF cut in two. */
  #countLines(text: string): void {
    if (text === '') return;
    const continued = this.#endsWithCarriageReturn && text.startsWith('\n') ? text.slice(1) : text;
    this.#line += continued.match(/\r\n|\r|\n/g)?.length ?? 0;
    this.#endsWithCarriageReturn = text.endsWith('\r');
  }
}
