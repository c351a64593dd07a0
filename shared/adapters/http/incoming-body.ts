/** The body of a submission, read once and hashed while it is read. */
import { createHash } from 'node:crypto';
import type { HttpRequest } from '@azure/functions';
import type { Config } from '../../config.ts';
import { SUBMISSION_MAX_BYTES } from '../../domain/policy.ts';
import { refusal } from '../../domain/submission/problem-list.ts';
import type { IncomingBody } from '../../usecases/submit-job.ts';
import { refuseCompressed } from './content-encoding.ts';
import { Refusal } from './handler.ts';
import { readSubmission, type SubmissionSettings } from './submission/read-submission.ts';

/** Query parameters that say how to answer, not what to do. */
const NOT_PART_OF_THE_JOB = new Set(['format', 'code', 'clientId']);

export function incomingBody(request: HttpRequest, query: URLSearchParams, config: Config): IncomingBody {
  refuseCompressed(request);
  const contentType = request.headers.get('content-type') ?? undefined;
  const hash = createHash('sha256').update(`${contentType ?? ''}\n${jobQuery(query)}\n`);
  let digest: string | undefined;
  async function* hashed(): AsyncGenerator<Uint8Array> {
    for await (const chunk of bodyChunks(request)) {
      hash.update(chunk);
      yield chunk;
    }
  }
  return {
    read: () => readSubmission(hashed(), contentType, query, submissionSettings(query, config)),
    async drain() {
      for await (const bytes of hashed()) void bytes;
    },
    hash: () => (digest ??= hash.digest('hex')),
  };
}

/** The bytes of a body as they come. Whoever stops early leaves the rest unread, for `dropRestOfBody`. */
export async function* bodyChunks({ body }: Pick<HttpRequest, 'body'>): AsyncGenerator<Uint8Array> {
  if (body === null) return;
  const chunks: AsyncIterable<Uint8Array | string> = body.values({ preventCancel: true });
  try {
    for await (const chunk of chunks) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
  } catch {
    throw new Refusal(refusal('incompleteBody', 'The connection ended before the body did. Nothing was queued; send it again.'));
  }
}

export function submissionSettings(query: URLSearchParams, config: Config): SubmissionSettings {
  return {
    maxResets: config.maxResetsPerJob, maxBodyBytes: SUBMISSION_MAX_BYTES, keepBadRows: query.get('format') === 'csv',
    ...(config.defaultSendInvitationMessage !== undefined && { defaultSendInvitationMessage: config.defaultSendInvitationMessage }),
  };
}

/** The query without what says how to answer, in a fixed order. */
export function jobQuery(query: URLSearchParams): string {
  const entries = [...query].filter(([name]) => !NOT_PART_OF_THE_JOB.has(name));
  return new URLSearchParams(entries.sort(([one], [other]) => (one < other ? -1 : 1))).toString();
}
