/** The body of a submission, read once and hashed while it is read. */
import { createHash } from 'node:crypto';
import type { ArrivedRequest } from './arrived-request.ts';
import type { Config } from '../../../config.ts';
import { OF_THE_REQUEST, isPassedOver } from '../../../domain/api/passed-over.ts';
import { SUBMISSION_MAX_BYTES } from '../../../domain/policy.ts';
import type { IncomingBody } from '../../../usecases/submit/submit-job.ts';
import { bodyChunks, bodyDeadline } from './body-chunks.ts';
import { refuseCompressed } from './content-encoding.ts';
import { readMediaType } from '../submission/media-type.ts';
import { readSubmission, type SubmissionSettings } from '../submission/read-submission.ts';

/** @param keepBadRows whether bad rows are given back */
export function incomingBody(
  request: Pick<ArrivedRequest, 'headers' | 'body' | 'query'>,
  config: Config,
  keepBadRows: boolean,
): IncomingBody {
  refuseCompressed(request);
  const { query } = request;
  const deadline = bodyDeadline(config);
  const contentType = request.headers.get('content-type') ?? undefined;
  const hash = createHash('sha256').update(`${contentType ?? ''}\n${jobQuery(query)}\n`);
  const contentHash = createHash('sha256').update(`${meaningOf(contentType)}\n${jobQuery(query)}\n`);
  let [digest, contentDigest]: (string | undefined)[] = [];
  async function* hashed(): AsyncGenerator<Uint8Array> {
    for await (const chunk of bodyChunks(request, deadline)) {
      hash.update(chunk);
      contentHash.update(chunk);
      yield chunk;
    }
  }
  return {
    read: (now) => readSubmission(hashed(), contentType, query, submissionSettings(config, keepBadRows, now)),
    async drain() {
      for await (const bytes of hashed()) void bytes;
    },
    hash: () => (digest ??= hash.digest('hex')),
    contentHash: () => (contentDigest ??= contentHash.digest('hex')),
  };
}

export function submissionSettings(config: Config, keepBadRows: boolean, now: number): SubmissionSettings {
  return {
    maxResets: config.maxResetsPerJob,
    maxBodyBytes: SUBMISSION_MAX_BYTES,
    keepBadRows,
    now,
    ...(config.defaultSendInvitationMessage !== undefined && {
      defaultSendInvitationMessage: config.defaultSendInvitationMessage,
    }),
  };
}

/** However it is written. Keys are older, and go by the header as it came. */
function meaningOf(contentType: string | undefined): string {
  const read = readMediaType(contentType);
  return read.ok ? `${read.format} ${new TextDecoder(read.charset).encoding}` : '';
}

/** The options in the query, in a fixed order. */
export function jobQuery(query: URLSearchParams): string {
  const entries = [...query].filter(([name]) => !isPassedOver(name) && !OF_THE_REQUEST.some((known) => known === name));
  return new URLSearchParams(entries.sort(([one], [other]) => (one < other ? -1 : 1))).toString();
}
