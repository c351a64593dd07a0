/** Who submits a job with `pauseAfter` may go on after their own canary, and lifts nothing that others have stopped. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Caller } from '../../../shared/entry/http/requests/caller.ts';
import { Refusal } from '../../../shared/entry/http/refusal.ts';
import { findJob, showJob } from '../../../shared/entry/http/answers/job-requests.ts';
import { answerResume } from '../../../shared/entry/http/answers/resume-answer.ts';
import type { JobId } from '../../../shared/domain/ids.ts';
import { stop } from '../../../shared/domain/stops/stop.ts';
import { changeJob } from '../../../shared/usecases/change-job.ts';
import { stopTenant } from '../../../shared/usecases/wake/react-to-outcomes.ts';
import { pauseJob, resumeJob } from '../../../shared/usecases/stops/stop-control.ts';
import { callOf } from '../call-of.ts';
import { startService, type Service } from '../service-fixture.ts';

let service: Service;
beforeEach(async () => {
  service = await startService();
});
afterEach(async () => {
  await service?.stop();
});

const ME: Caller = { id: 'caller', roles: new Set(['Submit']) };
const READER: Caller = { id: 'somebody', roles: new Set(['Submit', 'Read']) };
const MANAGER: Caller = { id: 'somebody', roles: new Set(['Manage']) };

/** A job of three guests, stopped after the first. */
async function afterCanary(): Promise<JobId> {
  const guests = [0, 1, 2].map((index) => ({ user: service.graph.guest('Accepted', index).id }));
  const id = await service.job(guests, { sendInvitationMessage: true, pauseAfter: 1 });
  await service.drain();
  return id;
}
const callBy = (caller: Caller, id: JobId) => callOf('resumeJob', { caller, deps: service.deps, params: { id } });
const resumedBy = async (caller: Caller, id: JobId): Promise<unknown> => {
  try {
    return (await answerResume(callBy(caller, id))).status;
  } catch (error) {
    if (error instanceof Refusal) return error.problem.code;
    throw error;
  }
};
const mails = async () => ((await service.graph.sim('GET', '/mails')).body as object[]).length;
const codeOf = async (id: JobId) => (await service.deps.jobs.read(id))?.value.stop?.code;

test('the submitter goes on after the canary, is told so, and nobody else who may only submit or read does', async () => {
  const id = await afterCanary();
  expect([await mails(), await codeOf(id)]).toEqual([1, 'pauseAfter']);
  const call = callBy(ME, id);
  expect(await showJob(call, await findJob(call))).toMatchObject({
    pausedReason: { nextStep: `POST /api/jobs/${id}/resume (role Manage, or whoever submitted the job) goes on.` },
  });
  expect(await resumedBy(READER, id)).toBe('missingRole');
  expect(await resumedBy(ME, id)).toBe(200);
  await service.drain();
  expect([await mails(), await codeOf(id)]).toEqual([3, undefined]);
  expect(await resumedBy(ME, id)).toBe(200);
});

test("a pause by somebody, before the canary's stop or in front of it, is not the submitter's to lift", async () => {
  const id = await afterCanary();
  await pauseJob(service.deps, id, 'by hand');
  expect(await resumedBy(ME, id)).toBe('missingRole');
  expect(await codeOf(id)).toBe('pausedByHand');
  expect(await resumedBy(MANAGER, id)).toBe(200);
  expect(await codeOf(id)).toBe('pauseAfter');
  expect(await resumedBy(ME, id)).toBe(200);
});

test('a pause that comes while the submitter resumes stays', async () => {
  const id = await afterCanary();
  const { jobs } = service.deps;
  let pauses = 1;
  const read: typeof jobs.read = async (each) => {
    const found = await jobs.read(each);
    if (pauses-- === 1) await pauseJob(service.deps, id, 'by hand');
    return found;
  };
  await answerResume({ ...callBy(ME, id), deps: { ...service.deps, jobs: { ...jobs, read } } }).catch(() => undefined);
  expect(await codeOf(id)).toBe('pausedByHand');
  await service.drain();
  expect(await mails()).toBe(1);
});

test("neither Graph's stop of the job nor the tenant's is the submitter's to lift", async () => {
  const id = await afterCanary();
  await resumeJob(service.deps, id);
  await changeJob(service.deps, id, (job) =>
    stop(job, { code: 'refusedRepeatedly', message: 'Refused.' }, service.now()),
  );
  expect([await resumedBy(ME, id), await codeOf(id)]).toEqual(['missingRole', 'refusedRepeatedly']);
  await stopTenant(service.deps, { code: 'tenantBlocked', message: 'Blocked.' });
  expect(await resumedBy(ME, id)).toBe('missingRole');
  expect((await service.deps.control.read()).gate.stop?.code).toBe('tenantBlocked');
});
