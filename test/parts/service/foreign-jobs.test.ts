/** What a caller who may only submit sees beside the jobs of others: nothing that names one of those. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Caller } from '../../../shared/entry/http/requests/caller.ts';
import type { HttpFunctionName } from '../../../shared/entry/http/routes.ts';
import { answerGuestHistory } from '../../../shared/entry/http/answers/history-answer.ts';
import { findJob, showJob } from '../../../shared/entry/http/answers/job-requests.ts';
import { otherJobs } from '../../../shared/entry/http/answers/other-jobs.ts';
import { answerResets } from '../../../shared/entry/http/answers/resets-answer.ts';
import { newReset } from '../../../shared/domain/chunk/chunk.ts';
import type { ResetRecord } from '../../../shared/domain/reset/reset.ts';
import { answerJobs } from '../../../shared/entry/http/answers/jobs-answer.ts';
import { jobIdTime, type JobId } from '../../../shared/domain/ids.ts';
import { continueDelete, deleteJob } from '../../../shared/usecases/jobs/delete-job.ts';
import { retryJob } from '../../../shared/usecases/submit/retry-job.ts';
import { callOf } from '../call-of.ts';
import { startService, type Service } from '../service-fixture.ts';

let service: Service;
beforeEach(async () => {
  service = await startService();
});
afterEach(async () => {
  await service?.stop();
});

const ME: Caller = { id: 'me', roles: new Set(['Submit']) };
const READER: Caller = { id: 'me', roles: new Set(['Submit', 'Read']) };
const guestId = (): string => service.graph.guest('Accepted').id;

const call = <N extends HttpFunctionName>(name: N, caller: Caller, query = '', params: Record<string, string> = {}) =>
  callOf(name, { caller, deps: service.deps, query, params });
const body = ({ jsonBody }: { jsonBody?: unknown }) =>
  jsonBody as { value: { id?: string; jobId?: string }[]; nextLink?: string };

type Said = { readonly resets?: readonly object[] } & Readonly<Record<string, unknown>>;

async function submitAs(id: string, { resets = [{ user: guestId() }], ...options }: Said = {}): Promise<JobId> {
  const result = await service.submit(resets, { sendInvitationMessage: true, ...options }, undefined, {
    ...service.deps,
    jobs: {
      ...service.deps.jobs,
      insert: async (job) => service.deps.jobs.insert({ ...job, submitter: { id } }),
      replace: async (job, version) => service.deps.jobs.replace({ ...job, submitter: { id } }, version),
    },
  });
  if (result.kind === 'refused') throw new Error('refused');
  await service.drain();
  service.advance(1);
  return result.job.id;
}

/** All pages of an answer, one entry at a time; what each said as text, with its token readable. */
async function pages(
  answer: (query: string) => Promise<{ jsonBody?: unknown }>,
): Promise<{ ids: unknown[]; text: string }> {
  const ids: unknown[] = [];
  let text = '';
  for (let query = 'pageSize=1', count = 0; count < 50; count++) {
    const { value, nextLink } = body(await answer(query));
    ids.push(...value.map(({ id, jobId }) => id ?? jobId));
    const next = nextLink === undefined ? undefined : new URL(nextLink).search.slice(1);
    const token = Buffer.from(new URLSearchParams(next).get('continuationToken') ?? '', 'base64url').toString();
    text += `${JSON.stringify(value)} ${nextLink} ${token}\n`;
    if (next === undefined) return { ids, text };
    query = next;
  }
  throw new Error('the pages do not come to an end');
}

test('lists, histories and results name the own jobs only, and so do their next links', async () => {
  const theirs = [await submitAs('they'), await submitAs('they', { skipIfResetWithinHours: 0 })];
  const mine = [await submitAs('me'), await submitAs('me', { skipIfResetWithinHours: 0 })];
  theirs.push(await submitAs('they'), await submitAs('they', { skipIfResetWithinHours: 0 }));
  const named = (text: string): string[] => theirs.filter((id) => text.includes(id));

  const listed = await pages((query) => answerJobs(call('listJobs', ME, query)));
  expect([listed.ids, named(listed.text)]).toEqual([mine.toReversed(), []]);
  const history = await pages((query) =>
    answerGuestHistory(call('listGuestResets', ME, query, { guestId: guestId() })),
  );
  expect([history.ids, named(history.text)]).toEqual([[mine[1]], []]);
  for (const id of mine) {
    const shown = await showJob(call('getJob', ME), await findJob(call('getJob', ME, '', { id })));
    expect(named(JSON.stringify(shown))).toEqual([]);
    expect(shown).toMatchObject({ id });
  }
  const all = await pages((query) => answerJobs(call('listJobs', READER, query)));
  expect(all.ids).toEqual([...theirs.slice(2).toReversed(), ...mine.toReversed(), ...theirs.slice(0, 2).toReversed()]);
});

test('a dry run, and a reset that waits for another job, do not name that job', async () => {
  await submitAs('they');
  const rehearsed = await submitAs('me', { dryRun: true });
  expect((await service.resets(rehearsed))[0]?.verdict).toMatchObject({
    code: 'resetRecently',
    message: expect.stringMatching(/^Another job has reset the guest at \d/),
  });
});

test('a skipped reset names the job that came before, and whether it is there, to those who may see that job', async () => {
  const earlier = await submitAs('they');
  const skipped = await submitAs('me');
  const resetAt = expect.stringMatching(/^\d{4}-/);
  const named = async (caller: Caller, id = skipped): Promise<unknown> => {
    const shown = (await showJob(call('getJob', caller), await findJob(call('getJob', caller, '', { id })))) as {
      resets: { otherJob?: { id?: string } }[];
    };
    const answers = ['json', 'ndjson', 'csv'].map(async (format) => {
      const asked = call('listResets', caller, `format=${format}`, { id });
      const answer = await answerResets(asked, (await findJob(asked)).job);
      return answer.jsonBody === undefined
        ? new Response(answer.body as ReadableStream<Uint8Array>).text()
        : JSON.stringify(answer.jsonBody);
    });
    const texts = await Promise.all(answers);
    const [own] = shown.resets;
    // The others say the same.
    for (const text of texts)
      expect([text.includes(earlier), text.includes('otherJob')]).toEqual([own?.otherJob?.id === earlier, true]);
    return own?.otherJob;
  };
  expect(await named(READER)).toEqual({ id: earlier, resetAt });
  expect(await named(ME)).toEqual({ resetAt });
  await deleteJob(service.deps, earlier);
  expect(await named(READER)).toEqual({ id: earlier, deleted: true, resetAt });
  expect(await named(ME)).toEqual({ resetAt });
  await service.deps.jobs.remove(earlier);
  expect(await named(READER)).toEqual({ id: earlier, deleted: true, resetAt });
  expect(await named(ME)).toEqual({ resetAt });
});

test('a reset that was skipped because of an own job names it to its submitter', async () => {
  const earlier = await submitAs('me');
  const skipped = await submitAs('me');
  const shown = await showJob(call('getJob', ME), await findJob(call('getJob', ME, '', { id: skipped })));
  expect(shown).toMatchObject({ resets: [{ code: 'resetRecently', otherJob: { id: earlier } }] });
});

test('jobs that results name are read once each, and no more than a thousand', async () => {
  const read: string[] = [];
  const peek = async (id: string): Promise<undefined> => void read.push(id);
  const others = otherJobs({ caller: READER, deps: { jobs: { peek } } });
  const record = (id: string): ResetRecord => ({
    ...newReset({ row: 1, selector: { by: 'id', value: 'g' } }, 0),
    verdict: { code: 'resetRecently', message: '', otherJob: { id: id as JobId, resetAt: 1 } },
  });
  for (let round = 0; round < 2; round++) {
    await others.learn(Array.from({ length: 700 }, (_, index) => record(`early ${index}`)));
    await others.learn(Array.from({ length: 700 }, (_, index) => record(`late ${index}`)));
  }
  expect([read.length, new Set(read).size]).toEqual([1_000, 1_000]);
  expect([others.stateOf('early 0' as JobId), others.stateOf('late 699' as JobId)]).toEqual(['deleted', undefined]);
});

test('the source of a retry is named to those who may see it', async () => {
  const source = await submitAs('they', { dryRun: true });
  const read = await service.deps.jobs.read(source);
  if (read === undefined) throw new Error('gone');
  const result = await retryJob(
    service.deps,
    read.value,
    { statuses: ['succeeded' as never] },
    { submitter: { id: 'me' } },
  );
  if (result.kind === 'refused') throw new Error(result.problem.code);
  const shownTo = async (caller: Caller) =>
    showJob(call('getJob', caller), await findJob(call('getJob', caller, '', { id: result.job.id })));
  expect(await shownTo(READER)).toMatchObject({ retryOf: source });
  expect(await shownTo(ME)).not.toHaveProperty('retryOf');
  const retriesFor = async (caller: Caller) =>
    body(await answerJobs(call('listJobs', caller, `retryOf=${source}`))).value.map(({ id }) => id);
  expect([await retriesFor(READER), await retriesFor(ME)]).toEqual([[result.job.id], []]);
  // Whose it was nobody knows any more.
  await service.deps.jobs.remove(source);
  expect(await shownTo(READER)).toMatchObject({ retryOf: source });
  expect(await shownTo(ME)).not.toHaveProperty('retryOf');
});

test('a job whose row cannot be read takes neither its retries nor the histories of its guests with it', async () => {
  const source = await submitAs('me');
  const read = await service.deps.jobs.read(source);
  if (read === undefined) throw new Error('gone');
  const result = await retryJob(
    service.deps,
    read.value,
    { statuses: ['succeeded' as never] },
    { submitter: { id: 'me' } },
  );
  if (result.kind === 'refused') throw new Error(result.problem.code);
  const row = await service.tables.jobs.getEntity('jobs', source);
  await service.tables.jobs.updateEntity({ ...row, job0: '{' } as never, 'Replace');
  expect(body(await answerJobs(call('listJobs', ME))).value).toMatchObject([{ id: result.job.id }]);
  expect(body(await answerJobs(call('listJobs', READER))).value).toMatchObject([
    { id: result.job.id, retryOf: source },
  ]);
  const history = body(await answerGuestHistory(call('listGuestResets', READER, '', { guestId: guestId() })));
  expect(history.value).toMatchObject([{ jobId: source }]);
});

test('who else may see a job sees no redeem URL, though they may submit and read', async () => {
  const id = await submitAs('they', { sendInvitationMessage: false });
  const THEY: Caller = { id: 'they', roles: new Set(['Submit']) };
  const shownTo = async (caller: Caller) => {
    const { resets } = await showJob(call('getJob', caller), await findJob(call('getJob', caller, '', { id })));
    const { value } = body(await answerGuestHistory(call('listGuestResets', caller, '', { guestId: guestId() })));
    return JSON.stringify([resets, value]).match(/"inviteRedeemUrl":/g)?.length ?? 0;
  };
  expect([await shownTo(THEY), await shownTo(READER)]).toEqual([2, 0]);
  expect(await shownTo({ id: 'they', roles: new Set(['Read']) })).toBe(0);
});

test('a time is a place to go on at, and anything else is refused', async () => {
  const id = await submitAs('me');
  const at = async (token: string) =>
    answerJobs(call('listJobs', ME, `continuationToken=${Buffer.from(token).toString('base64url')}`));
  expect(body(await at(`j1.${jobIdTime(service.now())}`)).value).toMatchObject([{ id }]);
  for (const wrong of ['j1.', 'j1.x', `j1.${id}x`, `h1.${id}`]) await expect(at(wrong)).rejects.toThrow('nextLink');
  const inHistory = async (token: string) =>
    answerGuestHistory(
      call('listGuestResets', ME, `continuationToken=${Buffer.from(token).toString('base64url')}`, {
        guestId: guestId(),
      }),
    );
  expect(body(await inHistory(`h1.h-${jobIdTime(service.now())}`)).value).toMatchObject([{ jobId: id }]);
  // The last would read the row that says who resets the guest now.
  for (const wrong of ['h1.', `h1.h-${id}`, `h1.h-${id}-1`, `j1.${id}`, 'h1.a'])
    await expect(inHistory(wrong)).rejects.toThrow('nextLink');
});

test('a history says who asked for each reset, why, and with which reference', async () => {
  const id = await submitAs('they', { reason: 'moved', resets: [{ user: guestId(), reference: 'ticket 7' }] });
  const { value } = body(await answerGuestHistory(call('listGuestResets', READER, '', { guestId: guestId() })));
  expect(value).toMatchObject([
    { jobId: id, submittedBy: { id: 'they' }, reason: 'moved', reference: 'ticket 7', status: 'succeeded' },
  ]);
  expect(value[0]).not.toHaveProperty('jobDeleted');
});

test('what is left of a deleted job in a history is for whoever may see the job', async () => {
  const id = await submitAs('me', { reason: 'moved', resets: [{ user: guestId(), reference: 'ticket 7' }] });
  await deleteJob(service.deps, id);
  const historyFor = async (caller: Caller) =>
    body(await answerGuestHistory(call('listGuestResets', caller, '', { guestId: guestId() }))).value;
  const kept = [
    {
      jobId: id,
      jobDeleted: true,
      triedAt: expect.any(String),
      submittedBy: { id: 'me' },
      reason: 'moved',
      actions: [
        { at: expect.any(String), action: 'submitted', by: { id: 'caller' }, reason: 'moved' },
        { at: expect.any(String), action: 'deleted', by: { id: 'service' } },
      ],
      row: 1,
      reference: 'ticket 7',
      guestId: guestId(),
      status: 'succeeded',
      code: 'reset',
      attempts: 1,
      startedAt: expect.any(String),
      endedAt: expect.any(String),
    },
  ];
  for (let round = 0; round < 2; round++) {
    expect(await historyFor(READER)).toEqual(kept);
    expect(await historyFor(ME)).toEqual(kept);
    expect(await historyFor({ id: 'they', roles: new Set(['Submit']) })).toEqual([]);
    await continueDelete(service.deps, id);
  }
  // Whose it was nobody knows any more.
  await service.deps.jobs.remove(id);
  expect(await historyFor(READER)).toMatchObject([{ jobId: id, jobDeleted: true }]);
  expect(await historyFor(ME)).toEqual([]);
});

test('a list of jobs since a time has one that came later than the id of a newer one tells', async () => {
  const slow = await submitAs('me');
  const since = service.now();
  const newer = await submitAs('me', { skipIfResetWithinHours: 0 });
  const [stored, before] = [await service.deps.jobs.read(slow), await service.deps.jobs.read(newer)];
  if (stored === undefined || before === undefined) throw new Error('no job');
  await service.deps.jobs.replace({ ...stored.value, createdAt: since + 30_000 }, stored.version);
  await service.deps.jobs.replace({ ...before.value, createdAt: since - 1 }, before.version);
  const { value } = body(await answerJobs(call('listJobs', ME, `createdAfter=${new Date(since).toISOString()}`)));
  expect(value.map(({ id }) => id)).toEqual([slow]);
});

test('a history whose chunk cannot be read tells the rest, and logs that once', async () => {
  const ids = [await submitAs('me'), await submitAs('me', { skipIfResetWithinHours: 0, reason: 'again' })];
  const chunk = await service.deps.chunks.read(ids[1] as JobId, 0);
  for await (const row of service.tables.chunks.listEntities())
    if (row.partitionKey === ids[1])
      await service.tables.chunks.updateEntity({ ...row, resets0: '[{' } as never, 'Replace');
  expect(chunk).toBeDefined();
  const { value } = body(await answerGuestHistory(call('listGuestResets', ME, '', { guestId: guestId() })));
  expect(value).toMatchObject([
    { jobId: ids[1], reason: 'again', row: 1, triedAt: expect.any(String) },
    { jobId: ids[0], status: 'succeeded' },
  ]);
  expect(service.logged.filter((event) => event === 'chunkUnreadable')).toHaveLength(1);
});
