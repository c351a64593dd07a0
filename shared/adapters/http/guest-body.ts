/** The reset of one guest, named in the path: the body, if there is one, says the rest. */
import { createHash } from 'node:crypto';
import type { HttpRequest } from '@azure/functions';
import type { Config } from '../../config.ts';
import type { IncomingBody } from '../../usecases/submit-job.ts';
import { Refusal } from './handler.ts';
import { jobQuery, submissionSettings } from './incoming-body.ts';
import { readSubmission } from './submission/read-submission.ts';

/** Far more than one reset can say. */
const MAX_CHARS = 64 * 1024;

/** @param user object id, UPN or mail of the guest */
export async function guestBody(request: HttpRequest, query: URLSearchParams, config: Config, user: string): Promise<IncomingBody> {
  const text = await request.text();
  const submission = JSON.stringify({ resets: [{ ...entryIn(text), user }] });
  async function* bytes(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(submission);
  }
  return {
    read: () => readSubmission(bytes(), 'application/json', query, submissionSettings(query, config)),
    drain: async () => undefined,
    hash: () => createHash('sha256').update(`guest\n${jobQuery(query)}\n${submission}`).digest('hex'),
  };
}

function entryIn(text: string): object {
  if (text.trim() === '') return {};
  if (text.length > MAX_CHARS) throw new Refusal({ status: 413, code: 'bodyTooLarge', title: 'The body is too large', detail: `One reset takes at most ${MAX_CHARS} characters. Nothing was queued.` });
  let entry: unknown;
  try {
    entry = JSON.parse(text);
  } catch (error) {
    throw new Refusal({ status: 400, code: 'invalidJson', title: 'The body is not JSON', detail: `${error instanceof Error ? error.message : String(error)}. Nothing was queued.` });
  }
  if (typeof entry === 'object' && entry !== null && !Array.isArray(entry)) return entry;
  throw new Refusal({ status: 400, code: 'wrongType', title: 'The body is no object', detail: 'Write what POST /jobs takes as one entry, without the guest: { "sendInvitationMessage": true }. Nothing was queued.' });
}
