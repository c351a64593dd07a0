/** A resume that names its stop lifts that one and no other, however often it is sent. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JobId } from '../../../shared/domain/ids.ts';
import { answerResume, answerTenantResume } from '../../../shared/entry/http/answers/resume-answer.ts';
import { Refusal } from '../../../shared/entry/http/refusal.ts';
import type { Caller } from '../../../shared/entry/http/requests/caller.ts';
import type { Deps } from '../../../shared/usecases/deps.ts';
import { pauseJob, pauseTenant } from '../../../shared/usecases/stops/stop-control.ts';
import { throttlePaceFor } from '../../../shared/usecases/throttling.ts';
import { stopTenant } from '../../../shared/usecases/wake/react-to-outcomes.ts';
import { callOf } from '../call-of.ts';
import { startService, type Service } from '../service-fixture.ts';

const OWNER: Caller = { id: 'caller', roles: new Set(['Submit']) };
const MANAGER: Caller = { id: 'manager', roles: new Set(['Manage']) };

let service: Service;
/** Jobs of more than two resets are held. */
let held: Deps;
beforeEach(async () => {
  service = await startService();
  held = { ...service.deps, policy: { ...service.deps.policy, holdJobsAbove: 2 } };
});
afterEach(async () => {
  await service?.stop();
});

async function heldJob(): Promise<JobId> {
  const guests = [0, 1, 2].map((index) => ({ user: service.graph.guest('Accepted', index).id }));
  const result = await service.submit(guests, { sendInvitationMessage: true }, undefined, held);
  if (result.kind === 'refused') throw new Error(`refused: ${JSON.stringify(result.problem)}`);
  return result.job.id;
}
const orCode = async (answer: Promise<{ readonly status?: number }>): Promise<unknown> => {
  try {
    return (await answer).status;
  } catch (error) {
    if (error instanceof Refusal) return error.problem.code;
    throw error;
  }
};
const resumed = (id: JobId, query: string, caller = MANAGER) =>
  orCode((async () => answerResume(callOf('resumeJob', { caller, deps: held, params: { id }, query })))());
const tenantResumed = (query: string) =>
  orCode((async () => answerTenantResume(callOf('resumeTenant', { caller: MANAGER, deps: service.deps, query })))());
const codeOf = async (id: JobId) => (await service.deps.jobs.read(id))?.value.stop?.code;
const gateCode = async () => (await service.deps.control.changeGate((gate) => gate)).stop?.code;
const mails = async () => ((await service.graph.sim('GET', '/mails')).body as object[]).length;

describe('of a job', () => {
  test('sent twice, it lifts the pause that was seen and approves nothing behind it', async () => {
    const id = await heldJob();
    await pauseJob(held, id, 'Paused.');
    expect(await resumed(id, 'stop=pausedByHand')).toBe(200);
    expect(await resumed(id, 'stop=pausedByHand')).toBe('stopChanged');
    await service.drain();
    expect([await codeOf(id), await mails()]).toEqual(['awaitingApproval', 0]);
    expect(await resumed(id, 'stop=awaitingApproval')).toBe(200);
    await service.drain();
    expect(await mails()).toBe(3);
  });
  test('it does nothing where the job is not stopped any more, as one without a name', async () => {
    const id = await heldJob();
    expect(await resumed(id, 'stop=awaitingApproval')).toBe(200);
    expect(await resumed(id, 'stop=awaitingApproval')).toBe(200);
    await service.drain();
    expect(await resumed(id, 'stop=awaitingApproval')).toBe(200);
    expect(await mails()).toBe(3);
  });
  test('it tells whoever saw another stop of the change, before who may lift the one that is shown', async () => {
    const id = await heldJob();
    expect(await resumed(id, 'stop=pauseAfter', OWNER)).toBe('stopChanged');
    expect(await resumed(id, 'stop=awaitingApproval', OWNER)).toBe('approverIsSubmitter');
  });
  test('a stop that comes after the first look is not lifted, and is told', async () => {
    const id = await heldJob();
    let reads = 0;
    const read = async (job: JobId) => {
      if (++reads === 2) await pauseJob(held, id, 'Paused meanwhile.');
      return held.jobs.read(job);
    };
    const deps = { ...held, jobs: { ...held.jobs, read } };
    const call = callOf('resumeJob', { caller: MANAGER, deps, params: { id }, query: 'stop=awaitingApproval' });
    expect(await orCode(answerResume(call))).toBe('stopChanged');
    expect(await codeOf(id)).toBe('pausedByHand');
  });
  test('a name that no stop has is refused', async () => {
    const id = await heldJob();
    expect(await resumed(id, 'stop=anything')).toBe('invalidParameter');
    expect(await resumed(id, 'stop=')).toBe('invalidParameter');
    expect(await codeOf(id)).toBe('awaitingApproval');
  });
});

describe('of the tenant', () => {
  test('sent twice, it lifts the pause that was seen and no refusal behind it', async () => {
    await stopTenant(service.deps, { code: 'tenantBlocked', message: 'Blocked.' });
    await pauseTenant(service.deps, 'Paused.');
    expect(await tenantResumed('stop=pausedByHand')).toBe(200);
    expect(await tenantResumed('stop=pausedByHand')).toBe('stopChanged');
    expect(await gateCode()).toBe('tenantBlocked');
    expect(await tenantResumed('stop=tenantBlocked')).toBe(200);
    expect([await tenantResumed('stop=tenantBlocked'), await gateCode()]).toEqual([200, undefined]);
  });
  test('where it is refused, no wait of Graph is cut either', async () => {
    await throttlePaceFor(service.deps, [{ seconds: 1e9 }]);
    await pauseTenant(service.deps, 'Paused.');
    const throttledUntil = async () => (await service.deps.control.read()).pace.throttledUntil;
    const before = await throttledUntil();
    expect(await tenantResumed('stop=noToken')).toBe('stopChanged');
    expect([await gateCode(), await throttledUntil()]).toEqual(['pausedByHand', before]);
    expect(await tenantResumed('stop=pausedByHand')).toBe(200);
    expect(await throttledUntil()).toBeLessThan(before);
  });
});
