/** Who did what, newest first; of jobs that are gone too. */
import type { HttpResponseInit } from '@azure/functions';
import { auditView } from '../../../domain/api/action-view.ts';
import type { CallOf } from '../handler.ts';
import { auditToken, nextLink } from './paging.ts';
import { jsonResponse } from './respond.ts';

export async function answerAudit(call: CallOf<'listAudit'>): Promise<HttpResponseInit> {
  const { jobId, pageSize, continuationToken } = call.query;
  const found = await call.deps.audit.page(jobId, continuationToken, pageSize + 1);
  const page = found.slice(0, pageSize);
  const last = found.length > pageSize ? page.at(-1) : undefined;
  return jsonResponse({
    value: page.map(({ entry }) => auditView(entry)),
    ...(last !== undefined && { nextLink: nextLink(`${call.api}/audit`, call.request.query, auditToken(last.key)) }),
  });
}
