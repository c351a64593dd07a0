/** Who did what: in the job, in the histories of its guests, and in the audit, which outlives the job. */
import type { TableEntity } from '@azure/data-tables';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JobId } from '../../../shared/domain/ids.ts';
import { answerAudit } from '../../../shared/entry/http/answers/audit-answer.ts';
import { answerCancel } from '../../../shared/entry/http/answers/cancel-answer.ts';
import { answerCheck } from '../../../shared/entry/http/answers/check-answer.ts';
import { answerDelete } from '../../../shared/entry/http/answers/delete-answer.ts';
import { answerGuestHistory } from '../../../shared/entry/http/answers/history-answer.ts';
import { answerJob } from '../../../shared/entry/http/answers/job-answer.ts';
import { answerPause } from '../../../shared/entry/http/answers/pause-answer.ts';
import { answerResume } from '../../../shared/entry/http/answers/resume-answer.ts';
import type { Caller } from '../../../shared/entry/http/requests/caller.ts';
import { retried } from '../../../shared/domain/job/changes.ts';
import { changeJob } from '../../../shared/usecases/change-job.ts';
import type { Deps } from '../../../shared/usecases/deps.ts';
import { continueDelete, deleteJob } from '../../../shared/usecases/jobs/delete-job.ts';
import { reconcile } from '../../../shared/usecases/repair/reconcile.ts';
import { pauseJob, pauseTenant, resumeTenant } from '../../../shared/usecases/stops/stop-control.ts';
import { stopTenant } from '../../../shared/usecases/wake/react-to-outcomes.ts';
import { retryJob } from '../../../shared/usecases/submit/retry-job.ts';
import { callOf } from '../call-of.ts';
import { startService, type Service } from '../service-fixture.ts';

let service: Service;
beforeEach(async () => {
  service = await startService({ guests: 30 });
});
afterEach(async () => {
  await service?.stop();
});

const ADA: Caller = { id: 'ada', name: 'ada@contoso.example', roles: new Set(['Submit', 'Read', 'Manage']) };
const by = { id: 'ada', name: 'ada@contoso.example' };
const guest = (index: number) => service.graph.guest('Accepted', index);
const call = { caller: ADA } as const;

interface Told {
  readonly action: string;
  readonly by: { readonly id: string };
  readonly jobId?: string;
  readonly [member: string]: unknown;
}

const bodyOf = (answer: { jsonBody?: unknown }): Record<string, unknown> => answer.jsonBody as Record<string, unknown>;
const jobView = async (id: JobId, caller = ADA) =>
  bodyOf(await answerJob(callOf('getJob', { caller, deps: service.deps, params: { id } })));
const actions = async (id: JobId, caller = ADA): Promise<Told[]> => (await jobView(id, caller))['actions'] as Told[];
const audit = async (query = ''): Promise<Told[]> =>
  bodyOf(await answerAudit(callOf('listAudit', { ...call, deps: service.deps, query })))['value'] as Told[];
const words = (told: readonly Told[]): string[] =>
  told.map(({ action, by: { id }, code }) => [action, id, code].filter(Boolean).join(' '));

async function runTasks(): Promise<void> {
  for (let task = service.tasks.shift(); task !== undefined; task = service.tasks.shift())
    if (task.kind === 'delete') await continueDelete(service.deps, task.jobId);
}
const act = {
  pause: (id: JobId, query = '') =>
    answerPause(callOf('pauseJob', { ...call, deps: service.deps, params: { id }, query })),
  resume: (id: JobId) => answerResume(callOf('resumeJob', { ...call, deps: service.deps, params: { id } })),
  cancel: (id: JobId) => answerCancel(callOf('cancelJob', { ...call, deps: service.deps, params: { id } })),
  check: (id: JobId) => answerCheck(callOf('checkJob', { ...call, deps: service.deps, params: { id } })),
  remove: (id: JobId) => answerDelete(callOf('deleteJob', { ...call, deps: service.deps, params: { id } })),
};

describe('a job tells', () => {
  test('who submitted, paused, resumed and canceled it, when and why; a repeat adds none', async () => {
    const id = await service.job([{ user: guest(0).id }], { sendInvitationMessage: true, reason: 'moved' });
    for (let repeat = 0; repeat < 2; repeat++) await act.pause(id, 'reason=wrong list');
    for (let repeat = 0; repeat < 2; repeat++) await act.resume(id);
    for (let repeat = 0; repeat < 2; repeat++) await act.cancel(id);
    const told = await actions(id);
    expect(told).toMatchObject([
      { action: 'submitted', by: { id: 'caller' }, reason: 'moved' },
      { action: 'paused', by, reason: 'wrong list' },
      { action: 'resumed', by, code: 'pausedByHand' },
      { action: 'canceled', by },
    ]);
    expect(told.every(({ at }) => Math.abs(Date.parse(String(at)) - service.now()) < 60_000)).toBe(true);
  });
  test('who checked and who retried it; the new job only to whoever may see that', async () => {
    const id = await service.job([{ user: guest(0).id }, { user: crypto.randomUUID() }]);
    await service.drain();
    await act.check(id);
    const source = (await service.deps.jobs.read(id))?.value;
    if (source === undefined) throw new Error('gone');
    const submitter = { id: 'bob' };
    const retry = (idempotencyKey = 'once', said = {}) =>
      retryJob(service.deps, source, { statuses: ['failed'] }, { submitter, idempotencyKey }, said);
    // By a rehearsal nothing is tried again.
    expect((await retry('rehearsal', { dryRun: true })).kind).toBe('accepted');
    expect(words(await actions(id))).toEqual(['submitted caller', 'checked ada']);
    const again = await retry();
    await retry();
    if (again.kind !== 'accepted') throw new Error('refused');
    expect(words(await actions(id))).toEqual(['submitted caller', 'checked ada', 'retried bob']);
    expect((await actions(id)).at(-1)).toMatchObject({ newJobId: again.job.id });
    const owner: Caller = { id: 'caller', roles: new Set(['Submit']) };
    expect((await actions(id, owner)).at(-1)).not.toHaveProperty('newJobId');
    expect(words(await actions(again.job.id))).toEqual(['submitted bob']);
  });
  test('what the service did by itself, and why', async () => {
    const late = await service.job([{ user: guest(0).id }], {
      sendInvitationMessage: true,
      notBefore: new Date(service.now() + 1_800_000).toISOString(),
      notAfter: new Date(service.now() + 3_600_000).toISOString(),
    });
    const canary = await service.job(
      [1, 2, 3].map((index) => ({ user: guest(index).id })),
      {
        sendInvitationMessage: true,
        pauseAfter: 1,
      },
    );
    await pauseJob(service.deps, late, 'Paused.');
    await service.drain();
    service.advance(7_200);
    expect(words(await actions(late))).toEqual([
      'submitted caller',
      'paused service',
      'canceled service notAfterPassed',
    ]);
    expect(await jobView(late)).toMatchObject({ canceled: { by: 'notAfter', code: 'notAfterPassed' } });
    expect(words(await actions(canary))).toEqual(['submitted caller', 'stopped service pauseAfter']);
  });
  test('no more than fifty of them, and how many it left out; the audit has them all', async () => {
    const id = await service.job([{ user: guest(0).id }], { sendInvitationMessage: true });
    for (let index = 0; index < 60; index++)
      await pauseJob(service.deps, id, `Pause ${index}.`, true, { by, reason: `reason ${index}` });
    const told = await actions(id);
    expect([told.length, told[0]?.action, told.at(-1)?.['reason']]).toEqual([50, 'submitted', 'reason 59']);
    expect(await jobView(id)).toMatchObject({ actionsOmitted: 11 });
    expect(await audit(`jobId=${id}&pageSize=100`)).toHaveLength(61);
  });
});

test("a guest's history tells what was done to each job while it concerned the guest", async () => {
  const id = await service.job([{ user: guest(0).id }]);
  await act.pause(id, 'reason=wait');
  await act.resume(id);
  await service.drain();
  service.advance(60);
  await act.check(id);
  await changeJob(service.deps, id, (job) => retried(job, { ...job, submitter: { id: 'bob' } }));
  const history = async () =>
    bodyOf(
      await answerGuestHistory(
        callOf('listGuestResets', { ...call, deps: service.deps, params: { guestId: guest(0).id } }),
      ),
    )['value'] as { actions: Told[] }[];
  expect((await history()).map(({ actions: told }) => words(told))).toEqual([
    ['submitted caller', 'paused ada', 'resumed ada pausedByHand', 'checked ada'],
  ]);
  await act.remove(id);
  await runTasks();
  const [kept] = await history();
  expect(words(kept?.actions ?? []).at(-1)).toBe('deleted ada');
  expect(JSON.stringify(kept)).not.toContain('@');
});

describe('the audit', () => {
  test('answers who did it when the job is gone: by job, newest first, with how the resets had ended', async () => {
    const id = await service.job([{ user: guest(0).id }], { sendInvitationMessage: true, reason: 'moved' });
    await service.drain();
    await act.remove(id);
    await runTasks();
    service.advance(91 * 86_400);
    await reconcile(service.deps);
    await runTasks();
    expect(await service.deps.jobs.read(id)).toBeUndefined();
    expect(await audit(`jobId=${id}`)).toEqual([
      expect.objectContaining({ of: 'job', jobId: id, action: 'deleted', by: { id: 'service' }, code: 'retention' }),
      expect.objectContaining({ action: 'deleted', by, total: 1, counts: expect.objectContaining({ succeeded: 1 }) }),
      expect.objectContaining({ action: 'submitted', by: { id: 'caller' }, reason: 'moved', total: 1 }),
    ]);
  });
  test('tells of the tenant: pauses and resumes, and that Graph has stopped it', async () => {
    await pauseTenant(service.deps, 'Paused.', true, { by, reason: 'drill' });
    await resumeTenant(service.deps, by);
    await stopTenant(service.deps, { code: 'tenantBlocked', message: 'Blocked.' });
    await resumeTenant(service.deps, by);
    const told = await audit();
    expect(told.every(({ of }) => of === 'tenant')).toBe(true);
    expect(words(told)).toEqual([
      'resumed ada tenantBlocked',
      'stopped service tenantBlocked',
      'resumed ada pausedByHand',
      'paused ada',
    ]);
    expect((await service.deps.control.read()).gate.actions).toMatchObject({ list: [], count: 4, audited: 4 });
  });
  test('tells a rehearsal from what was sent, also once it is deleted; of older rows nobody knows', async () => {
    const sent = await service.job([{ user: guest(0).id }]);
    const rehearsed = await service.job([{ user: guest(1).id }], { dryRun: true, sendInvitationMessage: true });
    await service.drain();
    for (const id of [sent, rehearsed]) await act.remove(id);
    await runTasks();
    service.advance(91 * 86_400);
    await reconcile(service.deps);
    await runTasks();
    const told = async (id: JobId) => (await audit(`jobId=${id}`)).map(({ action, dryRun }) => [action, dryRun]);
    for (const [id, dryRun] of [[sent, false] as const, [rehearsed, true] as const])
      expect(await told(id)).toEqual(['deleted', 'deleted', 'submitted'].map((action) => [action, dryRun]));

    for await (const { dryRun: _later, etag: _etag, timestamp: _time, ...row } of service.tables.audit.listEntities())
      await service.tables.audit.updateEntity(row as TableEntity, 'Replace');
    for (const entry of await audit()) expect(entry).not.toHaveProperty('dryRun');
  });
  test('comes in pages', async () => {
    const ids: JobId[] = [];
    for (let index = 0; index < 5; index++) ids.push(await service.job([{ user: guest(index).id }]));
    const found: unknown[] = [];
    let query = 'pageSize=2';
    for (let pages = 0; pages < 9; pages++) {
      const page = bodyOf(await answerAudit(callOf('listAudit', { ...call, deps: service.deps, query })));
      found.push(...(page['value'] as Told[]).map(({ jobId }) => jobId));
      const { nextLink } = page as { nextLink?: string };
      if (nextLink === undefined) break;
      query = new URL(nextLink).search;
    }
    expect(found).toEqual(ids.toReversed());
  });
  test('has nothing of a guest: no address and no object id', async () => {
    const id = await service.job([{ user: guest(0).mail }]);
    await service.drain();
    await act.check(id);
    await act.remove(id);
    await runTasks();
    const rows: unknown[] = [];
    for await (const { etag: _etag, ...row } of service.tables.audit.listEntities()) rows.push(row);
    expect(rows.length).toBeGreaterThan(0);
    const text = JSON.stringify(rows).toLowerCase();
    for (const word of [guest(0).id, guest(0).mail, guest(0).userPrincipalName])
      expect(text).not.toContain(String(word).toLowerCase());
  });
  test('forgets what is older than it is kept, some rows at a time', async () => {
    const id = await service.job([{ user: guest(0).id }]);
    await service.drain();
    service.advance(300 * 86_400);
    await reconcile(service.deps);
    await runTasks();
    const young = await service.job([{ user: guest(1).id }]);
    service.advance(66 * 86_400);
    await reconcile(service.deps);
    expect(words(await audit())).toEqual(['submitted caller', 'deleted service retention']);
    expect(words(await audit(`jobId=${id}`))).toEqual(['deleted service retention']);
    expect(words(await audit(`jobId=${young}`))).toEqual(['submitted caller']);
    expect(await service.deps.audit.removeBefore(service.now() + 1, 1)).toBe(1);
    expect(await audit()).toHaveLength(1);
  });
});

describe('where a process dies between what was done and its row in the audit', () => {
  const dying = (): Deps => ({
    ...service.deps,
    audit: { ...service.deps.audit, write: async () => Promise.reject(new Error('died')) },
  });
  test('the row of a job is written later, once', async () => {
    const id = await service.job([{ user: guest(0).id }], {
      sendInvitationMessage: true,
      notBefore: '2099-01-01T00:00:00Z',
    });
    await pauseJob(dying(), id, 'Paused.', true, { by, reason: 'wrong list' });
    expect(words(await audit(`jobId=${id}`))).toEqual(['submitted caller']);
    for (let runs = 0; runs < 2; runs++) await reconcile(service.deps);
    expect(words(await audit(`jobId=${id}`))).toEqual(['paused ada', 'submitted caller']);
    expect((await service.deps.jobs.read(id))?.value.actions).toMatchObject({ count: 2, audited: 2 });
  });
  test('so is that of the tenant', async () => {
    await pauseTenant(dying(), 'Paused.', true, { by, reason: 'drill' });
    expect(await audit()).toEqual([]);
    for (let runs = 0; runs < 2; runs++) await reconcile(service.deps);
    expect(words(await audit())).toEqual(['paused ada']);
  });
  test('so is that of a submission, and of the retry in the job that it retries', async () => {
    const source = await service.job([{ user: crypto.randomUUID() }]);
    await service.drain();
    const job = (await service.deps.jobs.read(source))?.value;
    if (job === undefined) throw new Error('gone');
    const jobs = { ...service.deps.jobs, peek: async () => Promise.reject(new Error('died')) };
    const result = await retryJob(
      { ...service.deps, jobs },
      job,
      { statuses: ['failed'] },
      { submitter: { id: 'bob' } },
    );
    if (result.kind !== 'accepted') throw new Error('refused');
    expect((await service.deps.jobs.read(result.job.id))?.value.status).toBe('receiving');
    await reconcile(service.deps);
    expect(words(await audit(`jobId=${result.job.id}`))).toEqual(['submitted bob']);
    expect(words(await audit(`jobId=${source}`))).toEqual(['retried bob', 'submitted caller']);
  });
  test('a job begins all the same', async () => {
    const result = await service.submit([{ user: guest(0).id }], { sendInvitationMessage: true }, undefined, dying());
    if (result.kind !== 'accepted') throw new Error('refused');
    const { id } = result.job;
    expect(await audit(`jobId=${id}`)).toEqual([]);
    await service.drain();
    expect((await service.resets(id)).map(({ status }) => status)).toEqual(['succeeded']);
    await reconcile(service.deps);
    expect(words(await audit(`jobId=${id}`))).toEqual(['submitted caller']);
  });
  test('and one job whose row cannot be written keeps no other from it, nor old rows from going', async () => {
    const old = await service.job([{ user: guest(0).id }]);
    await service.drain();
    service.advance(300 * 86_400);
    const [one, other] = [await service.job([{ user: guest(1).id }]), await service.job([{ user: guest(2).id }])];
    for (const id of [one, other]) await pauseJob(dying(), id, 'Paused.', true, { by, reason: 'wrong list' });
    service.advance(66 * 86_400);
    const write: Deps['audit']['write'] = async (entries) => {
      if (entries.some(({ jobId }) => jobId === other)) throw new Error('refused');
      return service.deps.audit.write(entries);
    };
    await expect(reconcile({ ...service.deps, audit: { ...service.deps.audit, write } })).rejects.toThrow('repairs');
    expect(words(await audit(`jobId=${one}`))).toEqual(['paused ada', 'submitted caller']);
    expect(words(await audit(`jobId=${old}`))).toEqual(['deleted service retention']);
  });
  test('no job loses its names or its row before the audit has them', async () => {
    const id = await service.job([{ user: guest(0).id }]);
    await service.drain();
    await deleteJob(dying(), id, by);
    await expect(continueDelete(dying(), id)).rejects.toThrow('died');
    expect((await service.deps.jobs.read(id))?.value.deletion).toMatchObject({ kind: 'stripping' });
    await runTasks();
    expect((await service.deps.jobs.read(id))?.value.deletion).toEqual({ kind: 'stripped' });
    expect((await audit(`jobId=${id}`))[0]).toMatchObject({ action: 'deleted', by });
    service.advance(91 * 86_400);
    await reconcile(dying()).catch(() => undefined);
    await expect(continueDelete(dying(), id)).rejects.toThrow('died');
    await continueDelete(service.deps, id);
    expect(await service.deps.jobs.read(id)).toBeUndefined();
    expect(words(await audit(`jobId=${id}`))[0]).toBe('deleted service retention');
  });
});
