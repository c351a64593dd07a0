/** Bodies of few words, read whole; and those that must have none. */
import { problem, type RowProblem } from '../../../domain/api/problem.ts';
import { shown } from '../../../domain/submission/findings.ts';
import { nearestName } from '../../../domain/submission/nearest-name.ts';
import { refusal } from '../../../domain/submission/problem-list.ts';
import type { ArrivedRequest } from './arrived-request.ts';
import { bodyChunks, type BodyDeadline } from './body-chunks.ts';
import { Refusal } from '../refusal.ts';
import type { HttpRoute } from '../routes.ts';

/** Far more than one reset, or the options of a job, can say. */
const MAX_BYTES = 64 * 1024;

/** @throws Refusal for one that is too large, too slow or breaks off */
export async function smallBody(request: Pick<ArrivedRequest, 'body'>, deadline: BodyDeadline): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of bodyChunks(request, deadline)) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BYTES)
      throw new Refusal(refusal('bodyTooLarge', `This address takes at most ${MAX_BYTES} bytes. Nothing was queued.`));
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** More than the time of nothing. */
const NOTHING_WITHIN_SECONDS = 20;

/**
 * Where a route takes no body, none, blanks and `{}` are the same, whatever the content type.
 * @throws Refusal for one that says something
 */
export async function refuseBody(route: HttpRoute, request: Pick<ArrivedRequest, 'body'>): Promise<void> {
  if (request.body === null) return;
  const deadline = { at: performance.now() + NOTHING_WITHIN_SECONDS * 1000, maxSeconds: NOTHING_WITHIN_SECONDS };
  const text = (await smallBody(request, deadline)).toString().trim();
  if (text === '') return;
  const members = membersOf(text);
  if (members?.length === 0) return;
  const errors = (members ?? []).map((name): RowProblem => ({
    code: 'unexpectedBody',
    message: memberMessage(name, Object.keys(route.query)),
    field: name,
  }));
  const detail = errors[0]?.message ?? 'This address takes no body. Leave it out, or send {}.';
  throw new Refusal({
    ...problem('unexpectedBody', route.method === 'GET' ? detail : `${detail} Nothing was done.`),
    ...(errors.length > 0 && { errors, errorCount: errors.length }),
  });
}

/** The members of a JSON object; undefined for anything else. */
function membersOf(text: string): string[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : undefined;
  } catch {
    return undefined;
  }
}

function memberMessage(name: string, inQuery: readonly string[]): string {
  const near = nearestName(name, inQuery);
  const advice = near === undefined ? 'Leave it out.' : `Did you mean ${near}? Say it in the query.`;
  return `The body has ${shown(name)}, and this address takes no body. ${advice}`;
}
