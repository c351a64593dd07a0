/** What a retry says: in its query, in a JSON body, or some in each. */
import type { RetryStatuses } from '../../../usecases/submit/retry-job.ts';
import { OptionsReader } from '../../../domain/submission/options.ts';
import { problemAt } from '../../../domain/submission/findings.ts';
import { ProblemList, refusal } from '../../../domain/submission/problem-list.ts';
import { RETRY_OPTIONS, type SaidForRetry } from '../../../domain/submission/retry-options.ts';
import type { RowProblem } from '../../../domain/api/problem.ts';
import { bodyDeadline } from './body-chunks.ts';
import { refuseCompressed } from './content-encoding.ts';
import type { CallOf } from '../handler.ts';
import { QUERIES } from './query-parameters.ts';
import { Refusal } from '../refusal.ts';
import { smallBody } from './small-body.ts';
import { jsonReader } from '../submission/json-reader.ts';

export interface RetrySaid {
  readonly statuses: RetryStatuses;
  readonly options: SaidForRetry;
}

/** @throws Refusal that names everything that is wrong */
export async function readRetry({ request, query, runtime }: CallOf<'retryJob'>): Promise<RetrySaid> {
  refuseCompressed(request);
  const text = (await smallBody(request, bodyDeadline(runtime.config))).toString();
  const options = new OptionsReader(RETRY_OPTIONS, { inQuery: Object.keys(QUERIES.retry), inBody: ['status'] });
  const problems = new ProblemList();
  options.readQuery(request.query);
  let statuses: RetryStatuses = query.status;
  const reader = jsonReader();
  for (const item of text.trim() === '' ? [] : [...(await reader.push(text)), ...(await reader.end())]) {
    if (item.kind === 'stopped')
      throw new Refusal(refusal('invalidJson', `${item.problem.message} Nothing was queued.`));
    if (item.kind !== 'member') continue;
    if (item.name !== 'status') options.readMember(item.name, item.value, item.repeated);
    else if (item.value !== null) {
      const read = readStatuses(item.value, statuses);
      if ('problem' in read) problems.add([read.problem]);
      else ({ statuses } = read);
    }
  }
  problems.add(options.problems);
  if (problems.count > 0) throw new Refusal(problems.toProblem(undefined));
  return { statuses, options: options.saidForRetry() };
}

/** An array of names, or text with commas between. */
function readStatuses(
  value: unknown,
  earlier: RetryStatuses,
): { readonly statuses: RetryStatuses } | { readonly problem: RowProblem } {
  const text = Array.isArray(value) ? value.join(',') : typeof value === 'string' ? value : '';
  const read = QUERIES.retry.status.read(text);
  if (!('value' in read))
    return { problem: problemAt({}, 'invalidOption', `status must be ${read.mustBe}.`, 'status') };
  const { value: statuses } = read;
  return earlier === undefined || earlier.toSorted().join() === statuses?.toSorted().join()
    ? { statuses }
    : { problem: problemAt({}, 'conflictingOption', 'status is said twice, differently. Say it once.', 'status') };
}
