/** Reads a submitted body as a stream: bytes to text, text to items, items to resets. Never holds the whole body. */
import type { BodyFormat } from '../../../domain/submission/body-item.ts';
import type { Submission } from '../../../domain/submission/events.ts';
import { Intake, type IntakeSettings } from '../../../domain/submission/intake.ts';
import type { ResetRequest } from '../../../domain/reset/reset.ts';
import { bodyText } from './body-text.ts';
import { csvReader } from './csv-reader.ts';
import type { FormatReader } from './format-reader.ts';
import { jsonReader } from './json-reader.ts';
import { turns } from '../turns.ts';
import { readMediaType } from './media-type.ts';
import { ndjsonReader } from './ndjson-reader.ts';
import { beforePair } from './text-blocks.ts';

export interface SubmissionSettings extends IntakeSettings {
  readonly maxBodyBytes: number;
}

const READERS: Readonly<Record<BodyFormat, () => FormatReader>> = {
  json: jsonReader,
  ndjson: ndjsonReader,
  csv: csvReader,
};

/**
 * Yields good resets as soon as they are known and returns how reading ended. After the first problem it yields no
 * more, but reads on to report all. An error of the body itself (the client went away) is thrown.
 */
export async function* readSubmission(
  body: AsyncIterable<Uint8Array>,
  contentType: string | undefined,
  query: URLSearchParams,
  settings: SubmissionSettings,
): Submission {
  const type = readMediaType(contentType);
  if (!type.ok) return { kind: 'rejected', problem: type.problem };
  const reader = READERS[type.format]();
  const intake = new Intake(type.format, query, settings);
  const takeTurns = turns();
  let [isBlank, isOneLine] = [true, true];
  for await (const piece of bodyText(body, type.charset, settings.maxBodyBytes)) {
    if (piece.kind === 'stopped') intake.take(piece);
    else {
      isBlank &&= piece.text.trim() === '';
      isOneLine &&= !/[\r\n]/.test(piece.text);
      for (const text of smallPieces(piece.text)) {
        yield* good(intake, await reader.push(text));
        if (intake.isStopped) break;
        await takeTurns();
      }
    }
    if (intake.isStopped) return intake.end({ isBlank, isOneLine });
  }
  yield* good(intake, await reader.end());
  return intake.end({ isBlank, isOneLine });
}

/**
 * What a reader finds in a piece is in memory until all of it was written or is waiting for that: so not too much at
 * once.
 */
const PIECE_CHARS = 8 * 1024;

function* smallPieces(text: string): Generator<string, void, void> {
  for (let start = 0; start < text.length;) {
    const end = start + PIECE_CHARS < text.length ? beforePair(text, start + PIECE_CHARS) : text.length;
    yield text.slice(start, end);
    start = end;
  }
}

/** All of a piece at once: a promise for each row would take longer than to read it. */
function* good(
  intake: Intake,
  items: Awaited<ReturnType<FormatReader['push']>>,
): Generator<readonly ResetRequest[], void, void> {
  const requests: ResetRequest[] = [];
  for (const item of items) {
    const request = intake.take(item);
    if (request !== undefined) requests.push(request);
    if (intake.isStopped) break;
  }
  if (requests.length > 0) yield requests;
}
