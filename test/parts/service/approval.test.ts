/**
 * Four eyes (`HOLD_JOBS_ABOVE`): nothing of a large job is looked up or sent before somebody who did not submit it has
 * approved it, whatever happens meanwhile. The simulated tenant tells what it was asked.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JobId } from '../../../shared/domain/ids.ts';
import { isEndedJob, type Job } from '../../../shared/domain/job/job.ts';
import { beginTrial, stop } from '../../../shared/domain/stops/stop.ts';
import { answerCompletion } from '../../../shared/entry/http/answers/completion-answer.ts';
import { findJob, showJob } from '../../../shared/entry/http/answers/job-requests.ts';
import { answerResume } from '../../../shared/entry/http/answers/resume-answer.ts';
import { Refusal } from '../../../shared/entry/http/refusal.ts';
import { identify, type Caller } from '../../../shared/entry/http/requests/caller.ts';
import { changeGate, changeJob } from '../../../shared/usecases/change-job.ts';
import type { Deps } from '../../../shared/usecases/deps.ts';
import { dispatch } from '../../../shared/usecases/dispatch.ts';
import { cancelJob, continueCancel } from '../../../shared/usecases/jobs/cancel-job.ts';
import { continueDelete, deleteJob } from '../../../shared/usecases/jobs/delete-job.ts';
import { readJob } from '../../../shared/usecases/jobs/read-jobs.ts';
import { reconcile } from '../../../shared/usecases/repair/reconcile.ts';
import { pauseJob, pauseTenant, resumeJob, resumeTenant } from '../../../shared/usecases/stops/stop-control.ts';
import { stopTenant } from '../../../shared/usecases/wake/react-to-outcomes.ts';
import { retryJob } from '../../../shared/usecases/submit/retry-job.ts';
import { processWake } from '../../../shared/usecases/wake/process-wake.ts';
import { callOf } from '../call-of.ts';
import { startService, type Service } from '../service-fixture.ts';

let service: Service;
/** Jobs of more than two resets are held. */
let held: Deps;
beforeEach(async () => {
  service = await startService();
  held = withSetting(2);
});
afterEach(async () => {
  await service?.stop();
});

const withSetting = (holdJobsAbove: number): Deps => ({
  ...service.deps,
  policy: { ...service.deps.policy, holdJobsAbove },
});
const guests = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => ({ user: service.graph.guest('Accepted', from + index).id }));

async function submit(count: number, options: object = {}, deps = held): Promise<JobId> {
  const result = await service.submit(guests(count), { sendInvitationMessage: true, ...options }, undefined, deps);
  if (result.kind === 'refused') throw new Error(`refused: ${JSON.stringify(result.problem)}`);
  return result.job.id;
}

/** What Graph was asked about guests, and what it did. */
async function graphCounts(): Promise<{ readonly asked: number; readonly invited: number }> {
  const { requests, writes } = (await service.graph.sim('GET', '/stats')).body as {
    readonly requests: { readonly getUser: number; readonly findUsers: number };
    readonly writes: { readonly total: number };
  };
  return { asked: requests.getUser + requests.findUsers, invited: writes.total };
}
const UNTOUCHED = { asked: 0, invited: 0 };
const mails = async () => ((await service.graph.sim('GET', '/mails')).body as object[]).length;

async function row(id: JobId): Promise<Job> {
  const job = (await service.deps.jobs.read(id))?.value;
  if (job === undefined) throw new Error('the job is gone');
  return job;
}
const codes = async (id: JobId) => {
  const { stop: standing } = await row(id);
  return [standing?.code, standing?.behind?.code];
};
const told = async (id: JobId) =>
  ((await row(id)).actions?.list ?? []).map(({ action, by, code }) => [action, by.id, code].filter(Boolean).join(' '));

const audited = async (id: JobId) => (await service.deps.audit.page(id, undefined, 10)).map(({ entry }) => entry);

/** Everything that could make a job go on by itself, twice and with time between. */
async function letTheServiceWork(id: JobId): Promise<void> {
  for (let turn = 0; turn < 2; turn++) {
    await dispatch(held);
    await reconcile(held);
    for (let chunk = 0; chunk < 2; chunk++) await processWake(held, { version: 1, jobId: id, chunk, wake: 1 });
    await service.drain();
    service.advance(20 * 60);
  }
}

const OWNER: Caller = { id: 'caller', roles: new Set(['Submit']) };
const OWNER_WHO_MANAGES: Caller = { id: 'CALLER', roles: new Set(['Submit', 'Read', 'Manage']) };
const READER: Caller = { id: 'reader', roles: new Set(['Submit', 'Read']) };
const MANAGER: Caller = { id: 'manager', name: 'ben@contoso.example', roles: new Set(['Manage']) };

const callBy = (caller: Caller, id: JobId) => callOf('resumeJob', { caller, deps: held, params: { id } });
async function resumedBy(caller: Caller, id: JobId): Promise<unknown> {
  try {
    return (await answerResume(callBy(caller, id))).status;
  } catch (error) {
    if (error instanceof Refusal) return error.problem.code;
    throw error;
  }
}

describe('which jobs wait for approval', () => {
  test.each<readonly [string, number, number, object, boolean]>([
    ['one of as many resets as the setting says', 2, 2, {}, false],
    ['one of one more', 2, 3, {}, true],
    ['a single reset, where everything is held', 0, 1, {}, true],
    ['a dry run', 0, 3, { dryRun: true }, false],
  ])('%s', async (_name, above, count, options, isHeld) => {
    const id = await submit(count, { verify: false, ...options }, withSetting(above));
    await service.drain();
    expect((await codes(id))[0]).toBe(isHeld ? 'awaitingApproval' : undefined);
    expect(isEndedJob(await row(id))).toBe(!isHeld);
    expect((await graphCounts()).asked).toBe(isHeld ? 0 : count);
  });
  test('none, without the setting', async () => {
    const id = await submit(3, {}, service.deps);
    await service.drain();
    expect([await mails(), isEndedJob(await row(id))]).toEqual([3, true]);
  });
});

test('a job is submitted first, then stopped; the log says so with how many resets, and the audit has both', async () => {
  const id = await submit(3);
  expect(await told(id)).toEqual(['submitted caller', 'stopped service awaitingApproval']);
  expect(service.events.filter(({ event }) => event === 'jobHeld')).toEqual([
    { event: 'jobHeld', fields: { jobId: id, resets: 3 } },
  ]);
  expect((await audited(id)).map(({ action }) => action).toSorted()).toEqual(['stopped', 'submitted']);
});

describe('before the approval nobody is looked up and nothing is sent', () => {
  test('whatever the service does by itself, and whatever wake comes', async () => {
    const id = await submit(3);
    await letTheServiceWork(id);
    expect([await graphCounts(), service.messages, await codes(id)]).toEqual([
      UNTOUCHED,
      [],
      ['awaitingApproval', undefined],
    ]);
  });
  test('when the process dies between the commit and what follows it, and reconcile finishes that', async () => {
    const dying: Deps = { ...held, jobs: { ...held.jobs, replace: dieAtCommit() } };
    const result = await service.submit(guests(3), { sendInvitationMessage: true }, undefined, dying);
    const id = result.kind === 'accepted' ? result.job.id : undefined;
    if (id === undefined) throw new Error('refused');
    expect((await row(id)).status).toBe('receiving');
    await letTheServiceWork(id);
    expect([(await row(id)).status, await codes(id), await graphCounts()]).toEqual([
      'queued',
      ['awaitingApproval', undefined],
      UNTOUCHED,
    ]);
    expect(await told(id)).toEqual(['submitted caller', 'stopped service awaitingApproval']);
    expect(service.logged).toContain('jobHeld');
  });
  test('when somebody asks for the job before that, which finishes the commit', async () => {
    const dying: Deps = { ...held, jobs: { ...held.jobs, replace: dieAtCommit() } };
    const result = await service.submit(guests(3), { sendInvitationMessage: true }, undefined, dying);
    if (result.kind === 'refused') throw new Error('refused');
    expect(await resumedBy(OWNER_WHO_MANAGES, result.job.id)).toBe('approverIsSubmitter');
    // The setting of the instance that finishes it does not matter, and removing it lifts nothing.
    await reconcile(service.deps);
    await service.drain();
    expect([await codes(result.job.id), await graphCounts()]).toEqual([['awaitingApproval', undefined], UNTOUCHED]);
  });
  test('when its time comes', async () => {
    const notBefore = new Date(service.now() + 60_000).toISOString();
    const id = await submit(3, { notBefore });
    service.advance(120);
    await letTheServiceWork(id);
    expect([await codes(id), await graphCounts()]).toEqual([['awaitingApproval', undefined], UNTOUCHED]);
  });
  test('when the tenant is paused and resumed, or blocked and tried', async () => {
    const id = await submit(3);
    await pauseTenant(held, 'maintenance');
    await resumeTenant(held);
    await letTheServiceWork(id);
    await stopTenant(held, { code: 'tenantBlocked', message: 'Blocked.' });
    await resumeTenant(held);
    await letTheServiceWork(id);
    expect([await codes(id), await graphCounts()]).toEqual([['awaitingApproval', undefined], UNTOUCHED]);
  });
  test('when the trial of the tenant names a chunk of it', async () => {
    const id = await submit(3);
    await stopTenant(held, { code: 'tenantBlocked', message: 'Blocked.' });
    const trial = { jobId: id, chunk: 0, until: service.now() + 60_000 };
    await changeGate(held, (gate) => (gate.stop === undefined ? gate : beginTrial(gate, gate.stop, trial)));
    await letTheServiceWork(id);
    expect([await codes(id), await graphCounts()]).toEqual([['awaitingApproval', undefined], UNTOUCHED]);
  });
  test('when Graph is said to refuse its guests, which is no other stop that would be lifted before', async () => {
    const id = await submit(3);
    await changeJob(held, id, (job) => stop(job, { code: 'refusedRepeatedly', message: '' }, service.now()));
    expect(await codes(id)).toEqual(['awaitingApproval', undefined]);
  });
  test('when the wish to go on is that of the service, or of nobody', async () => {
    const id = await submit(3);
    await resumeJob(held, id);
    await resumeJob(held, id, () => true, { id: 'caller' });
    await letTheServiceWork(id);
    expect([await codes(id), await graphCounts(), (await row(id)).approval]).toEqual([
      ['awaitingApproval', undefined],
      UNTOUCHED,
      undefined,
    ]);
  });
});

/** The table writes everything but the row that says that a try is a job. */
function dieAtCommit(): Deps['jobs']['replace'] {
  return async (job, version) => {
    if (job.status === 'queued') throw new Error('the process has died');
    return service.deps.jobs.replace(job, version);
  };
}

describe('who approves', () => {
  test.each<readonly [string, Caller, unknown]>([
    ['who submitted the job, without the role Manage,', OWNER, 'approverIsSubmitter'],
    ['who submitted the job, with every role and an id in another case,', OWNER_WHO_MANAGES, 'approverIsSubmitter'],
    ['somebody who may read', READER, 'missingRole'],
  ])('%s is refused, and nothing is noted', async (_name, caller, code) => {
    const id = await submit(3);
    const before = await row(id);
    expect(await resumedBy(caller, id)).toBe(code);
    await letTheServiceWork(id);
    expect([(await row(id)).actions, await codes(id), await graphCounts()]).toEqual([
      before.actions,
      ['awaitingApproval', undefined],
      UNTOUCHED,
    ]);
  });
  test('somebody else with the role Manage, at once and for all; the job, its actions and the audit say who', async () => {
    const id = await submit(3);
    const at = expect.stringMatching(/Z$/);
    expect(await resumedBy(MANAGER, id)).toBe(200);
    await service.drain();
    expect(await mails()).toBe(3);
    const call = callBy(MANAGER, id);
    expect(await showJob(call, await findJob(call))).toMatchObject({
      status: 'completed',
      approval: { by: { id: 'manager', name: 'ben@contoso.example' }, at },
      actions: [
        { action: 'submitted', by: { id: 'caller' } },
        { action: 'stopped', by: { id: 'service' }, code: 'awaitingApproval' },
        { action: 'approved', by: { id: 'manager' }, code: 'awaitingApproval', at },
      ],
    });
    expect(await audited(id)).toContainEqual(
      expect.objectContaining({ action: 'approved', by: { id: 'manager', name: 'ben@contoso.example' } }),
    );
  });
  test('the first of two who come at once, and a second approval does nothing', async () => {
    const id = await submit(3);
    const other: Caller = { ...MANAGER, id: 'other' };
    expect(await Promise.all([resumedBy(MANAGER, id), resumedBy(other, id)])).toEqual([200, 200]);
    expect(await resumedBy({ ...MANAGER, id: 'third' }, id)).toBe(200);
    await service.drain();
    expect((await told(id)).filter((each) => each.startsWith('approved'))).toHaveLength(1);
    expect(['manager', 'other']).toContain((await row(id)).approval?.by.id);
    expect(await mails()).toBe(3);
  });
  test('nobody in local development, where everybody is one: the refusal says how to be two', async () => {
    const developer = identify(new Headers(), { by: 'development', allowedHosts: [] });
    if ('status' in developer) throw new Error(developer.detail);
    const said = { submitter: { id: developer.id } };
    const result = await service.submit(guests(3), { sendInvitationMessage: true }, said, held);
    if (result.kind === 'refused') throw new Error(result.problem.detail);
    await expect(answerResume(callBy(developer, result.job.id))).rejects.toMatchObject({
      problem: { code: 'approverIsSubmitter', detail: expect.stringContaining('npm start -- --auth on') },
    });
  });
  test('is told in the answers before: what it waits for, whom to ask, and how', async () => {
    const id = await submit(3);
    const call = callBy(OWNER, id);
    expect(await showJob(call, await findJob(call))).toMatchObject({
      status: 'paused',
      pausedReason: {
        scope: 'job',
        code: 'awaitingApproval',
        message: expect.stringMatching(/more than 2 resets wait for approval .*HOLD_JOBS_ABOVE.* has 3/),
        nextStep:
          `POST /api/jobs/${id}/resume approves it: for somebody with the role Manage who did not submit the job. ` +
          `Look at what was submitted before (GET /api/jobs/${id}/resets?format=csv has every row).`,
        resuming: false,
      },
    });
    const poll = (query: string) =>
      findJob(call).then((progress) =>
        answerCompletion(callOf('getJobCompletion', { caller: OWNER, deps: held, query, params: { id } }), progress),
      );
    await expect(poll('')).rejects.toMatchObject({
      problem: {
        code: 'jobPaused',
        job: id,
        detail: expect.stringMatching(/wait for approval.*with the role Manage/s),
      },
    });
    expect((await poll('waitWhilePaused=true')).status).toBe(202);
  });
});

describe('beside other stops', () => {
  test('a pause by hand stands in front, and its resume approves nothing, not even by somebody who could', async () => {
    const id = await submit(3);
    await pauseJob(held, id, 'Wait.', true, { by: { id: 'manager' } });
    expect(await codes(id)).toEqual(['pausedByHand', 'awaitingApproval']);
    expect(await resumedBy(OWNER, id)).toBe('missingRole');
    expect(await resumedBy(OWNER_WHO_MANAGES, id)).toBe(200);
    await letTheServiceWork(id);
    expect([await codes(id), await graphCounts(), (await row(id)).approval]).toEqual([
      ['awaitingApproval', undefined],
      UNTOUCHED,
      undefined,
    ]);
    expect(await resumedBy(OWNER_WHO_MANAGES, id)).toBe('approverIsSubmitter');
    expect(await resumedBy(MANAGER, id)).toBe(200);
    await service.drain();
    expect(await mails()).toBe(3);
  });
  test.each<readonly [string, Caller]>([
    ['who submitted it', OWNER_WHO_MANAGES],
    ['somebody who could approve, and has seen the pause only', MANAGER],
  ])('of a pause that somebody else lifts while a resume comes in, nothing is lifted by %s', async (_name, caller) => {
    const id = await submit(3);
    await pauseJob(held, id, 'Wait.');
    let reads = 0;
    const read: Deps['jobs']['read'] = async (each) => {
      const found = await held.jobs.read(each);
      if (++reads === 1) await resumeJob(service.deps, id, undefined, { id: 'another' });
      return found;
    };
    await answerResume({ ...callBy(caller, id), deps: { ...held, jobs: { ...held.jobs, read } } });
    expect([await codes(id), (await row(id)).approval]).toEqual([['awaitingApproval', undefined], undefined]);
  });
  test('a pause that comes between the question and the answer stays, and the approval is one', async () => {
    const id = await submit(3);
    let reads = 0;
    const read: Deps['jobs']['read'] = async (each) => {
      const found = await held.jobs.read(each);
      if (++reads === 2) await pauseJob(service.deps, id, 'Wait.');
      return found;
    };
    await answerResume({ ...callBy(MANAGER, id), deps: { ...held, jobs: { ...held.jobs, read } } });
    await service.drain();
    expect([await codes(id), (await row(id)).approval?.by.id, await graphCounts()]).toEqual([
      ['pausedByHand', undefined],
      'manager',
      UNTOUCHED,
    ]);
  });
  test('pauseAfter comes after the approval, and is for who submitted the job', async () => {
    const id = await submit(3, { pauseAfter: 1 });
    expect(await resumedBy(OWNER, id)).toBe('approverIsSubmitter');
    await resumedBy(MANAGER, id);
    await service.drain();
    expect([await mails(), await codes(id)]).toEqual([1, ['pauseAfter', undefined]]);
    expect(await resumedBy(OWNER, id)).toBe(200);
    await service.drain();
    expect(await mails()).toBe(3);
  });
});

describe('the end of a job that nobody approves', () => {
  test('is a cancel, after which nobody approves it any more and nothing is sent', async () => {
    const id = await submit(3);
    await cancelJob(held, id, { id: 'caller' });
    expect(await resumedBy(MANAGER, id)).toBe(200);
    await continueCancel(held, id);
    await service.drain();
    const progress = await readJob(held, id);
    expect([progress?.job.status, progress?.counts.canceled]).toEqual(['canceled', 3]);
    expect(await resumedBy(MANAGER, id)).toBe(200);
    expect(await resumedBy(OWNER_WHO_MANAGES, id)).toBe(200);
    expect([(await row(id)).approval, (await told(id)).some((each) => each.startsWith('approved'))]).toEqual([
      undefined,
      false,
    ]);
    expect(await graphCounts()).toEqual(UNTOUCHED);
  });
  test('is its notAfter', async () => {
    const id = await submit(3, { notAfter: new Date(service.now() + 60_000).toISOString() });
    service.advance(61);
    await dispatch(held);
    await continueCancel(held, id);
    expect((await readJob(held, id))?.job.status).toBe('canceled');
    expect(await graphCounts()).toEqual(UNTOUCHED);
  });
});

test('a retry of an approved job is held again, and who retries is its submitter', async () => {
  await service.graph.sim('POST', '/faults', { kind: 'invite', times: 60, status: 400 });
  const id = await submit(3);
  await resumedBy(MANAGER, id);
  await service.drain();
  expect((await readJob(held, id))?.counts.failed).toBe(3);
  const retrier: Caller = { id: 'retrier', roles: new Set(['Submit', 'Manage']) };
  const result = await retryJob(held, await row(id), { statuses: ['failed'] }, { submitter: { id: retrier.id } });
  if (result.kind === 'refused') throw new Error(JSON.stringify(result.problem));
  const before = await graphCounts();
  await letTheServiceWork(result.job.id);
  expect([await codes(result.job.id), await graphCounts()]).toEqual([['awaitingApproval', undefined], before]);
  expect(await resumedBy(retrier, result.job.id)).toBe('approverIsSubmitter');
  expect(await resumedBy(OWNER_WHO_MANAGES, result.job.id)).toBe(200);
});

test('of a deleted job the id of who approved it stays, and not the name, as of every action', async () => {
  const id = await submit(3, { verify: false });
  await resumedBy(MANAGER, id);
  await service.drain();
  await deleteJob(held, id, { id: 'caller' });
  await continueDelete(held, id);
  const { approval, actions, deletion } = await row(id);
  expect([deletion?.kind, approval?.by]).toEqual(['stripped', { id: 'manager' }]);
  expect(JSON.stringify([approval, actions])).not.toContain('ben@contoso.example');
});
