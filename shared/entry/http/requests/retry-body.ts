/** What a retry says: in its query, in a JSON body, or some in each. */
import type { Retried } from '../../../usecases/submit/retry-job.ts';
import { OptionsReader } from '../../../domain/submission/options.ts';
import { problemAt } from '../../../domain/submission/findings.ts';
import { ProblemList, refusal } from '../../../domain/submission/problem-list.ts';
import { RETRY_OPTIONS, type SaidForRetry } from '../../../domain/submission/retry-options.ts';
import type { RowProblem } from '../../../domain/api/problem.ts';
import { bodyDeadline } from './body-chunks.ts';
import { refuseCompressed } from './content-encoding.ts';
import type { CallOf } from '../handler.ts';
import { QUERIES, type Parameter } from './query-parameters.ts';
import { Refusal } from '../refusal.ts';
import { smallBody } from './small-body.ts';
import { jsonReader } from '../submission/json-reader.ts';

export interface RetrySaid {
  readonly wanted: Retried;
  readonly options: SaidForRetry;
}

/** @throws Refusal that names everything that is wrong */
export async function readRetry({ request, query, runtime }: CallOf<'retryJob'>): Promise<RetrySaid> {
  refuseCompressed(request);
  const text = (await smallBody(request, bodyDeadline(runtime.config))).toString();
  const options = new OptionsReader(RETRY_OPTIONS, { inQuery: Object.keys(QUERIES.retry), inBody: ['status', 'code'] });
  const problems = new ProblemList();
  options.readQuery(request.query);
  let { status: statuses, code: codes } = query;
  const found = <T extends string>({ names, problem }: ReadNames<T>): Names<T> => {
    if (problem !== undefined) problems.add([problem]);
    return names;
  };
  const reader = jsonReader();
  for (const item of text.trim() === '' ? [] : [...(await reader.push(text)), ...(await reader.end())]) {
    if (item.kind === 'stopped')
      throw new Refusal(refusal('invalidJson', `${item.problem.message} Nothing was queued.`));
    if (item.kind !== 'member') continue;
    const { name, value, repeated } = item;
    if (name === 'status') statuses = found(readNames(name, QUERIES.retry.status, value, statuses));
    else if (name === 'code') codes = found(readNames(name, QUERIES.retry.code, value, codes));
    else options.readMember(name, value, repeated);
  }
  problems.add(options.problems);
  if (problems.count > 0) throw new Refusal(problems.toProblem(undefined));
  return { wanted: { statuses, codes }, options: options.saidForRetry() };
}

type Names<T> = readonly T[] | undefined;
interface ReadNames<T> {
  readonly names: Names<T>;
  readonly problem?: RowProblem;
}

/** An array of names, or text with commas between; null says nothing. */
function readNames<T extends string>(
  name: string,
  parameter: Parameter<Names<T>>,
  value: unknown,
  earlier: Names<T>,
): ReadNames<T> {
  if (value === null) return { names: earlier };
  const text = Array.isArray(value) ? value.join(',') : typeof value === 'string' ? value : '';
  const read = parameter.read(text);
  if (!('value' in read))
    return { names: earlier, problem: problemAt({}, 'invalidOption', `${name} must be ${read.mustBe}.`, name) };
  const { value: names } = read;
  if (earlier === undefined || earlier.toSorted().join() === names?.toSorted().join()) return { names };
  return {
    names: earlier,
    problem: problemAt({}, 'conflictingOption', `${name} is said twice, differently. Say it once.`, name),
  };
}
