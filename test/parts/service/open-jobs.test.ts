/** How many jobs a caller may have that have not ended. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cancelJob, continueCancel } from '../../../shared/usecases/jobs/cancel-job.ts';
import type { JobId } from '../../../shared/domain/ids.ts';
import { readJob } from '../../../shared/usecases/jobs/read-jobs.ts';
import { retryJob } from '../../../shared/usecases/submit/retry-job.ts';
import type { SubmitResult } from '../../../shared/usecases/submit/submit-job.ts';
import type { Deps } from '../../../shared/usecases/deps.ts';
import { startService, type Service } from '../service-fixture.ts';

const LIMIT = 3;
let service: Service;
let deps: Deps;
beforeAll(async () => {
  service = await startService();
  deps = { ...service.deps, policy: { ...service.deps.policy, maxOpenJobsPerCaller: LIMIT } };
});
afterAll(async () => {
  await service?.stop();
});

const NOBODY = { user: 'nobody@fabrikam.example', sendInvitationMessage: false };
const submit = (options: object = {}, key?: string, resets: readonly object[] = [NOBODY]): Promise<SubmitResult> =>
  service.submit(resets, options, key, deps);
const told = (result: SubmitResult): string => (result.kind === 'refused' ? result.problem.code : 'accepted');
const idOf = (result: SubmitResult): JobId => {
  if (result.kind === 'refused') throw new Error(result.problem.detail);
  return result.job.id;
};
/** Rows of every table, but those of the service itself. */
async function rows(): Promise<string[]> {
  const found: string[] = [];
  for (const [name, table] of Object.entries(service.tables))
    for await (const { partitionKey, rowKey } of table.listEntities()) found.push(`${name} ${partitionKey} ${rowKey}`);
  return found.filter((row) => !row.startsWith('control ')).sort();
}

test(
  'as many as the limit are taken, dry runs too; the next is a 429 of which nothing is stored, until one has ended; ' +
    'a repeat of one that was taken is answered as before',
  async () => {
    const first = await submit({}, 'first');
    expect([told(first), told(await submit({ dryRun: true })), told(await submit({}))]).toEqual([
      'accepted',
      'accepted',
      'accepted',
    ]);
    const before = await rows();
    for (const options of [{}, { dryRun: true }, { notBefore: '2035-01-01T00:00:00Z' }]) {
      const refused = await submit(options);
      expect(refused).toMatchObject({ kind: 'refused', problem: { status: 429, code: 'tooManyOpenJobs' } });
    }
    const many = Array.from({ length: 400 }, (_, row) => ({ ...NOBODY, user: `g${row}@fabrikam.example` }));
    expect(told(await submit({}, 'many', many))).toBe('tooManyOpenJobs');
    expect(await rows()).toEqual(before);
    expect(await submit({}, 'first')).toMatchObject({ kind: 'accepted', isReplay: true, job: { id: idOf(first) } });
    expect(told(await submit({ reason: 'other' }, 'first'))).toBe('idempotencyKeyReused');
    await service.drain();
    expect((await readJob(deps, idOf(first)))?.job.endedAt).toBeDefined();
    expect(told(await submit({}, 'many', many))).toBe('accepted');
  },
);

test('a retry counts like any other submission, and the jobs of others do not', async () => {
  await service.drain();
  const ended = await submit({ dryRun: true });
  await service.drain();
  const source = await deps.jobs.read(idOf(ended));
  if (source === undefined) throw new Error('The job is gone.');
  for (let jobs = 0; jobs < LIMIT; jobs++) expect(told(await submit({}))).toBe('accepted');
  const retry = (id: string) => retryJob(deps, source.value, { statuses: ['failed'] }, { submitter: { id } });
  expect(told(await retry('caller'))).toBe('tooManyOpenJobs');
  expect(told(await retry('somebody else'))).toBe('accepted');
});

test('of many that come at once never more than the limit are taken, and what was refused leaves no row', async () => {
  await service.drain();
  const before = await rows();
  const results = await Promise.all(Array.from({ length: 20 }, () => submit({})));
  const taken = results.filter(({ kind }) => kind === 'accepted');
  expect(taken.length).toBeLessThanOrEqual(LIMIT);
  expect(results.filter((result) => told(result) === 'tooManyOpenJobs')).toHaveLength(20 - taken.length);
  // Of each: its job, its chunk, its key.
  expect((await rows()).length - before.length).toBeLessThanOrEqual(3 * taken.length);
  expect((await rows()).filter((row) => row.startsWith('jobs ')).length).toBe(
    before.filter((row) => row.startsWith('jobs ')).length + taken.length,
  );
});

test('a paused or scheduled job is one of them until it is canceled', async () => {
  await service.drain();
  const waiting: JobId[] = [];
  for (let jobs = 0; jobs < LIMIT; jobs++)
    waiting.push(idOf(await submit({ notBefore: new Date(service.now() + 3_600_000).toISOString() })));
  expect(told(await submit({}))).toBe('tooManyOpenJobs');
  const [first] = waiting;
  if (first === undefined) throw new Error('No job was taken.');
  await cancelJob(deps, first, { id: 'caller' });
  await continueCancel(deps, first);
  expect(told(await submit({}))).toBe('accepted');
});
