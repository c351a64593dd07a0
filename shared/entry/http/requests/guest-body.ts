/** The reset of one guest, named in the path: the body, if there is one, says the rest. */
import { createHash } from 'node:crypto';
import type { ArrivedRequest } from './arrived-request.ts';
import type { Config } from '../../../config.ts';
import { problemAt } from '../../../domain/submission/findings.ts';
import { refusal } from '../../../domain/submission/problem-list.ts';
import type { IncomingBody } from '../../../usecases/submit/submit-job.ts';
import { refuseCompressed } from './content-encoding.ts';
import { Refusal } from '../refusal.ts';
import { bodyDeadline } from './body-chunks.ts';
import { jobQuery, submissionSettings } from './incoming-body.ts';
import { packedProblem } from './packed-bytes.ts';
import { smallBody } from './small-body.ts';
import { readSubmission } from '../submission/read-submission.ts';

/** @param user object id, UPN or mail of the guest */
export async function guestBody(
  request: Pick<ArrivedRequest, 'headers' | 'body' | 'query'>,
  config: Config,
  user: string,
): Promise<IncomingBody> {
  refuseCompressed(request);
  const { query } = request;
  const submission = submissionOf(user, await textOf(request, config));
  async function* bytes(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(submission);
  }
  const hash = (): string =>
    createHash('sha256')
      .update(`guest\n${jobQuery(query)}\n${submission}`)
      .digest('hex');
  return {
    read: (now) =>
      readSubmission(bytes(), 'application/json', query, {
        ...submissionSettings(config, false, now),
        isOfOneGuest: true,
      }),
    drain: async () => undefined,
    hash,
    contentHash: hash,
  };
}

/** Bytes that are not UTF-8 become U+FFFD, which the reading refuses. */
async function textOf(request: Pick<ArrivedRequest, 'body'>, config: Config): Promise<string> {
  const all = await smallBody(request, bodyDeadline(config));
  const packed = packedProblem(all);
  if (packed !== undefined)
    throw new Refusal(refusal('unsupportedContentEncoding', `${packed.message} Nothing was queued.`));
  return new TextDecoder().decode(all);
}

/**
 * A job of this one reset. The text stays as it was sent, so that what is wrong with it is seen as in any other job.
 */
function submissionOf(user: string, text: string): string {
  const named = `"user": ${JSON.stringify(user)}`;
  const entry = text.trim() === '' ? {} : parsed(text);
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
    throw new Refusal({
      ...refusal(
        'wrongType',
        'Write what POST /jobs takes as one entry, without the guest: { "sendInvitationMessage": true }. Nothing ' +
          'was queued.',
      ),
      title: 'The body is no object',
    });
  }
  if (Object.hasOwn(entry, 'user')) {
    const problem = problemAt(
      { row: 1 },
      'ambiguousUser',
      'The path names the guest. Leave user out of the body.',
      'user',
    );
    throw new Refusal(refusal('ambiguousUser', `${problem.message} Nothing was queued.`, [problem], 1));
  }
  const isEmpty = Object.keys(entry).length === 0;
  return `{ "resets": [{ ${named}${isEmpty ? ' }' : `, ${text.trim().slice(1)}`}] }`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new Refusal(refusal('invalidJson', `${error.message}. Nothing was queued.`));
  }
}
