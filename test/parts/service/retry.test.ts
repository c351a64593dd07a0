/** A retry on real tables and the simulated tenant: a new job of what did not succeed. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JobId } from '../../../shared/domain/ids.ts';
import { retryJob, type RetryStatuses } from '../../../shared/usecases/submit/retry-job.ts';
import { startService, type Service } from '../service-fixture.ts';

let service: Service;
beforeEach(async () => {
  service = await startService();
});
afterEach(async () => {
  await service?.stop();
});

const guest = (index: number) => service.graph.guest('Accepted', index);
async function retry(id: JobId, statuses?: RetryStatuses, idempotencyKey?: string) {
  const read = await service.deps.jobs.read(id);
  if (read === undefined) throw new Error('the job is not there');
  return retryJob(service.deps, read.value, statuses, {
    submitter: { id: 'caller' },
    ...(idempotencyKey !== undefined && { idempotencyKey }),
  });
}

/** Four ends: succeeded, failed for good, failed in a way that trying again can help, unknown. */
async function mixed(): Promise<JobId> {
  const pending = service.graph.guest('PendingAcceptance');
  await service.graph.sim('POST', '/faults', [
    {
      kind: 'invite',
      status: 403,
      code: 'Forbidden',
      message: 'Generic authorization exception.',
      match: { userId: guest(1).id },
    },
    { kind: 'invite', status: 503, match: { userId: pending.id } },
  ]);
  const id = await service.job(
    [
      { user: guest(0).id, reference: 'done' },
      { user: service.graph.special('internalMember').id, reference: 'never' },
      { user: guest(1).id, reference: 'again', invitedUserEmailAddress: 'new@adatum.example' },
      { user: pending.id, reference: 'who knows' },
    ],
    { sendInvitationMessage: true, addEmailTo: 'otherMails', reason: 'a reason' },
  );
  await service.drain();
  expect((await service.resets(id)).map(({ status }) => status)).toEqual(['succeeded', 'failed', 'failed', 'unknown']);
  return id;
}

describe('a retry', () => {
  test('takes what trying again can help, as it was submitted, and leaves the old job as it is', async () => {
    const id = await mixed();
    const before = await service.resets(id);
    const result = await retry(id);
    if (result.kind !== 'accepted') throw new Error(JSON.stringify(result.problem));
    expect(result.job).toMatchObject({
      retryOf: id,
      total: 1,
      options: { reason: 'a reason', defaults: { addEmailTo: 'otherMails' } },
    });
    await service.drain();
    expect(
      (await service.resets(result.job.id)).map(({ request, status }) => [request.row, request.reference, status]),
    ).toEqual([[1, 'again', 'succeeded']]);
    expect(service.graph.user(guest(1).id).otherMails).toContain('new@adatum.example');
    expect(await service.resets(id)).toEqual(before);
  });
  test('takes the statuses that it is asked for', async () => {
    const id = await mixed();
    const result = await retry(id, ['unknown', 'failed']);
    expect(result).toMatchObject({ kind: 'accepted', job: { total: 3 } });
  });
  test('with the same key is the same job', async () => {
    const id = await mixed();
    const [one, other] = [await retry(id, undefined, 'key'), await retry(id, undefined, 'key')];
    expect(one.kind === 'accepted' && other.kind === 'accepted' && one.job.id === other.job.id).toBe(true);
    expect(await retry(id, ['unknown'], 'key')).toMatchObject({ kind: 'refused', problem: { status: 422 } });
  });
  test('of a job that has not ended, or has nothing to retry, is refused and leaves nothing', async () => {
    const id = await service.job([{ user: guest(0).id }]);
    expect(await retry(id)).toMatchObject({ kind: 'refused', problem: { code: 'jobNotEnded' } });
    await service.drain();
    expect(await retry(id)).toMatchObject({ kind: 'refused', problem: { code: 'nothingToRetry' } });
    expect((await service.deps.jobs.page(undefined, 10)).map((job) => job.id)).toEqual([id]);
  });
});
