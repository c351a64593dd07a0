/** The resets of a job: pages of JSON, or all of them as a stream. */
import type { HttpResponseInit } from '@azure/functions';
import type { JobId } from '../../../domain/ids.ts';
import type { Job } from '../../../domain/job/job.ts';
import { problem, type Problem } from '../../../domain/api/problem.ts';
import type { ResetRecord } from '../../../domain/reset/reset.ts';
import { resetView, type ViewSettings } from '../../../domain/api/reset-view.ts';
import { resultCells, resultColumns } from '../../../domain/api/result-table.ts';
import { positionOfRow } from '../../../usecases/jobs/find-row.ts';
import { allResets, pageResets, type ResetFilter } from '../../../usecases/jobs/read-jobs.ts';
import { csvHeader, csvLine } from '../csv/csv-line.ts';
import type { CallOf } from '../handler.ts';
import { resetViews, viewFor } from './job-requests.ts';
import { otherJobs, type OtherJobs } from './other-jobs.ts';
import { FORMATS, RESETS_PAGE_SIZE, type Format } from '../requests/query-parameters.ts';
import { Refusal } from '../refusal.ts';
import { nextLink, resetToken } from './paging.ts';
import { jsonResponse, streamResponse } from './respond.ts';
import { jobUrl } from '../urls.ts';

export async function answerResets(call: CallOf<'listResets'>, job: Job): Promise<HttpResponseInit> {
  const { request, deps, query } = call;
  const { status: statuses, code: codes, redemption, continuationToken, from: row, pageSize } = query;
  if (row !== undefined && continuationToken !== undefined) throw new Refusal(TWO_BEGINNINGS);
  if (redemption !== undefined && job.check === undefined) throw new Refusal(notChecked(job.id));
  const from = row === undefined ? continuationToken : await positionOfRow(deps, job, row);
  const filter: ResetFilter = { statuses, codes, redemption, from };
  const format = query.format ?? acceptedFormat(request.headers.get('accept'));
  if (format === 'json') {
    const { resets, next } = await pageResets(deps, job.id, filter, pageSize ?? RESETS_PAGE_SIZE);
    return jsonResponse({
      value: await resetViews(call, job, resets),
      ...(next !== undefined && {
        nextLink: nextLink(`${jobUrl(call, job.id)}/resets`, request.query, resetToken(next)),
      }),
    });
  }
  if (pageSize !== undefined) throw new Refusal(NO_PAGES);
  const others = otherJobs(call);
  const view = viewFor(call, job, others);
  const records = learning(others, allResets(deps, job.id, filter));
  const lines = format === 'csv' ? csvLines(records, job, view) : jsonLines(records, view);
  return streamResponse(`${FORMATS[format]}; charset=utf-8`, lines, {
    'Content-Disposition': `attachment; filename="resets-${job.id}.${format}"`,
  });
}

/** The records, each when the job that it may name is known. */
async function* learning(others: OtherJobs, records: AsyncIterable<ResetRecord>): AsyncGenerator<ResetRecord> {
  for await (const record of records) {
    await others.learn([record]);
    yield record;
  }
}

async function* csvLines(
  records: AsyncIterable<ResetRecord>,
  { columns, separator = ',', options }: Job,
  view: ViewSettings,
): AsyncGenerator<string> {
  const table = { isDryRun: options.dryRun === true, ...(columns !== undefined && { inputColumns: columns }) };
  yield csvHeader(resultColumns(table), separator);
  for await (const record of records) yield csvLine(resultCells(record, table, view), separator);
}

async function* jsonLines(records: AsyncIterable<ResetRecord>, view: ViewSettings): AsyncGenerator<string> {
  for await (const record of records) yield `${JSON.stringify(resetView(record, view))}\n`;
}

function acceptedFormat(accept: string | null): Format {
  if (/text\/csv/i.test(accept ?? '')) return 'csv';
  return /application\/(x-)?ndjson/i.test(accept ?? '') ? 'ndjson' : 'json';
}

const notChecked = (id: JobId): Problem =>
  problem('notChecked', `Nobody has looked yet who has redeemed. POST /api/jobs/${id}/check looks.`);

const NO_PAGES = notTogether(
  'pageSize',
  'CSV and NDJSON have no pages, but all resets that are asked for. Leave pageSize out, or ask for JSON.',
);
const TWO_BEGINNINGS = notTogether(
  'from',
  'from says where a list begins, and continuationToken where it goes on. Take a nextLink as it stands, or leave ' +
    'continuationToken out to begin at that row.',
);

function notTogether(field: string, message: string): Problem {
  const code = 'invalidParameter';
  return { ...problem(code, message), errors: [{ code, message, field }], errorCount: 1 };
}
