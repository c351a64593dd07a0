/** The body of a submission, read once and hashed while it is read. */
import { createHash } from 'node:crypto';
import type { ArrivedRequest } from './arrived-request.ts';
import type { Config } from '../../config.ts';
import { SUBMISSION_MAX_BYTES } from '../../domain/policy.ts';
import type { IncomingBody } from '../../usecases/submit-job.ts';
import { bodyChunks, bodyDeadline } from './body-chunks.ts';
import { refuseCompressed } from './content-encoding.ts';
import { readSubmission, type SubmissionSettings } from './submission/read-submission.ts';

/** Query parameters that say how to answer, not what to do. */
const NOT_PART_OF_THE_JOB = new Set(['format', 'code', 'clientId']);

export function incomingBody(
  request: Pick<ArrivedRequest, 'headers' | 'body'>,
  query: URLSearchParams,
  config: Config,
): IncomingBody {
  refuseCompressed(request);
  const deadline = bodyDeadline(config);
  const contentType = request.headers.get('content-type') ?? undefined;
  const hash = createHash('sha256').update(`${contentType ?? ''}\n${jobQuery(query)}\n`);
  let digest: string | undefined;
  async function* hashed(): AsyncGenerator<Uint8Array> {
    for await (const chunk of bodyChunks(request, deadline)) {
      hash.update(chunk);
      yield chunk;
    }
  }
  return {
    read: (now) => readSubmission(hashed(), contentType, query, submissionSettings(query, config, now)),
    async drain() {
      for await (const bytes of hashed()) void bytes;
    },
    hash: () => (digest ??= hash.digest('hex')),
  };
}

export function submissionSettings(query: URLSearchParams, config: Config, now: number): SubmissionSettings {
  return {
    maxResets: config.maxResetsPerJob,
    maxBodyBytes: SUBMISSION_MAX_BYTES,
    keepBadRows: query.get('format') === 'csv',
    now,
    ...(config.defaultSendInvitationMessage !== undefined && {
      defaultSendInvitationMessage: config.defaultSendInvitationMessage,
    }),
  };
}

/** The query without what says how to answer, in a fixed order. */
export function jobQuery(query: URLSearchParams): string {
  const entries = [...query].filter(([name]) => !NOT_PART_OF_THE_JOB.has(name));
  return new URLSearchParams(entries.sort(([one], [other]) => (one < other ? -1 : 1))).toString();
}
