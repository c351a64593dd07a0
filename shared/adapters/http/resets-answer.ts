/** The resets of a job: pages of JSON, or all of them as a stream. */
import type { HttpResponseInit } from '@azure/functions';
import type { ApiCode } from '../../domain/api-codes.ts';
import type { Job } from '../../domain/job.ts';
import { problem } from '../../domain/problem.ts';
import { REDEMPTIONS, RESET_STATUSES, type ResetRecord } from '../../domain/reset.ts';
import { resetView, resultCells, resultColumns, type ResultTable, type ViewSettings } from '../../domain/reset-view.ts';
import { allResets, pageResets, type ResetFilter } from '../../usecases/read-jobs.ts';
import { csvLine } from './csv/csv-line.ts';
import { Refusal, type Call } from './handler.ts';
import { viewFor } from './job-requests.ts';
import { nextLink, pageSize, resetPosition, resetToken } from './paging.ts';
import { jsonResponse, streamResponse } from './respond.ts';
import { jobUrl } from './urls.ts';

const FORMATS = { json: 'application/json', csv: 'text/csv', ndjson: 'application/x-ndjson' } as const;
type Format = keyof typeof FORMATS;

export async function answerResets(call: Call, job: Job): Promise<HttpResponseInit> {
  const { request, deps, query } = call;
  const status = oneOf(query, 'status', RESET_STATUSES, 'invalidStatus');
  const redemption = oneOf(query, 'redemption', REDEMPTIONS, 'invalidRedemption');
  const from = resetPosition(query);
  const filter: ResetFilter = {
    ...(status !== undefined && { status }),
    ...(redemption !== undefined && { redemption }),
    ...(from !== undefined && { from }),
  };
  const view = viewFor(call, job);
  const format = chooseFormat(query.get('format'), request.headers.get('accept'));
  if (format === 'json') {
    const { resets, next } = await pageResets(deps, job.id, filter, pageSize(query, 100, 1_000));
    return jsonResponse({
      value: resets.map((record) => resetView(record, view)),
      ...(next !== undefined && { nextLink: nextLink(`${jobUrl(call, job.id)}/resets`, query, resetToken(next)) }),
    });
  }
  const records = allResets(deps, job.id, filter);
  const lines =
    format === 'csv'
      ? csvLines(
          records,
          { isDryRun: job.options.dryRun === true, ...(job.columns !== undefined && { inputColumns: job.columns }) },
          view,
        )
      : jsonLines(records, view);
  return streamResponse(`${FORMATS[format]}; charset=utf-8`, lines, {
    'Content-Disposition': `attachment; filename="resets-${job.id}.${format}"`,
  });
}

async function* csvLines(
  records: AsyncIterable<ResetRecord>,
  table: ResultTable,
  view: ViewSettings,
): AsyncGenerator<string> {
  yield csvLine(resultColumns(table));
  for await (const record of records) yield csvLine(resultCells(record, table, view));
}

async function* jsonLines(records: AsyncIterable<ResetRecord>, view: ViewSettings): AsyncGenerator<string> {
  for await (const record of records) yield `${JSON.stringify(resetView(record, view))}\n`;
}

/** A filter's value, in any case. */
function oneOf<T extends string>(
  query: URLSearchParams,
  name: string,
  known: readonly T[],
  code: ApiCode,
): T | undefined {
  const raw = query.get(name);
  if (raw === null) return undefined;
  const value = known.find((each) => each.toLowerCase() === raw.toLowerCase());
  if (value === undefined) throw new Refusal(problem(code, `${name} must be one of ${known.join(', ')}.`));
  return value;
}

function chooseFormat(format: string | null, accept: string | null): Format {
  if (format !== null) {
    if (Object.hasOwn(FORMATS, format)) return format as Format;
    throw new Refusal(problem('invalidFormat', 'format must be json, csv or ndjson.'));
  }
  if (/text\/csv/i.test(accept ?? '')) return 'csv';
  return /application\/(x-)?ndjson/i.test(accept ?? '') ? 'ndjson' : 'json';
}
