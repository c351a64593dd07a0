/** A retry on real tables and the simulated tenant: a new job of what did not succeed. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JobId } from '../../../shared/domain/ids.ts';
import type { SaidForRetry } from '../../../shared/domain/submission/retry-options.ts';
import { retryJob, type Retried } from '../../../shared/usecases/submit/retry-job.ts';
import { startService, type Service } from '../service-fixture.ts';

let service: Service;
beforeEach(async () => {
  service = await startService();
});
afterEach(async () => {
  await service?.stop();
});

const guest = (index: number) => service.graph.guest('Accepted', index);
async function retry(id: JobId, wanted: Retried = {}, idempotencyKey?: string, said?: SaidForRetry) {
  const read = await service.deps.jobs.read(id);
  if (read === undefined) throw new Error('the job is not there');
  const request = { submitter: { id: 'caller' }, ...(idempotencyKey !== undefined && { idempotencyKey }) };
  return retryJob(service.deps, read.value, wanted, request, said);
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
    const result = await retry(id, { statuses: ['unknown', 'failed'] });
    expect(result).toMatchObject({ kind: 'accepted', job: { total: 3 } });
  });
  test('takes of these only what ended with the codes that it is asked for', async () => {
    const id = await mixed();
    const codes = (await service.resets(id)).map(({ verdict }) => verdict?.code);
    expect(codes).toEqual(['reset', 'notExternal', 'notAuthorized', 'outcomeUnknown']);
    const taken = async (wanted: Retried): Promise<readonly (string | undefined)[]> => {
      const result = await retry(id, wanted);
      if (result.kind !== 'accepted') return [result.problem.code];
      return (await service.resets(result.job.id)).map(({ request }) => request.reference);
    };
    expect(await taken({ codes: ['notAuthorized', 'notExternal'] })).toEqual(['again']);
    expect(await taken({ statuses: ['failed'], codes: ['notExternal', 'outcomeUnknown'] })).toEqual(['never']);
    expect(await taken({ statuses: ['failed', 'unknown'], codes: ['outcomeUnknown'] })).toEqual(['who knows']);
  });
  test('of codes that none of these has is refused, and says which statuses it has looked for', async () => {
    const id = await mixed();
    const refused = async (wanted: Retried): Promise<string> => {
      const result = await retry(id, wanted);
      expect(result).toMatchObject({ kind: 'refused', problem: { code: 'nothingToRetry' } });
      return result.kind === 'accepted' ? '' : (result.problem.detail ?? '');
    };
    expect(await refused({ codes: ['reset'] })).toContain('with the code reset was canceled, or failed');
    expect(await refused({ codes: ['outcomeUnknown'] })).toContain('?status=skipped,unknown');
    const both = await refused({ statuses: ['unknown'], codes: ['notExternal', 'throttled'] });
    expect(both).toContain('is unknown with the code notExternal or throttled.');
  });
  test('with the same key, but other codes, is another request; their order and number do not matter', async () => {
    const id = await mixed();
    const first = await retry(id, { codes: ['notAuthorized', 'notExternal'] }, 'codes');
    const again = await retry(id, { codes: ['notExternal', 'notAuthorized', 'notExternal'] }, 'codes');
    expect(first.kind === 'accepted' && again.kind === 'accepted' && first.job.id === again.job.id).toBe(true);
    for (const wanted of [{}, { codes: ['notAuthorized'] }] as const)
      expect(await retry(id, wanted, 'codes')).toMatchObject({ kind: 'refused', problem: { status: 422 } });
  });
  test.each([
    ['had not happened', 'none', 1],
    ['had happened after all', 'done', 2],
  ] as const)(
    'of a reset that nobody can tell about, and that %s, sends once more and says that the guest was pending',
    async (_what, effect, mails) => {
      const pending = service.graph.guest('PendingAcceptance');
      await service.graph.sim('POST', '/lag', { minMs: 3_600_000, maxMs: 3_600_000 });
      await service.fault({ effect, status: 504 });
      const id = await service.job([{ user: pending.id, reference: 'who knows' }]);
      await service.drain();
      const before = await service.resets(id);
      expect(before[0]?.status).toBe('unknown');
      expect(await retry(id)).toMatchObject({ kind: 'refused', problem: { code: 'nothingToRetry' } });
      const result = await retry(id, { statuses: ['unknown'] });
      if (result.kind !== 'accepted') throw new Error(JSON.stringify(result.problem));
      await service.drain();
      expect(await service.resets(result.job.id)).toMatchObject([
        { status: 'succeeded', attempts: 1, warnings: ['alreadyPending'], request: { reference: 'who knows' } },
      ]);
      expect(await service.mailsTo(pending.id)).toBe(mails);
      expect(await service.resets(id)).toEqual(before);
    },
  );
  test('of a reset that nobody can tell about warns, rehearsed too, of a guest who has redeemed meanwhile', async () => {
    const pending = service.graph.guest('PendingAcceptance');
    await service.fault({ effect: 'none', status: 504 });
    const id = await service.job([{ user: pending.id }]);
    await service.drain();
    await service.graph.sim('POST', '/redeem', { userId: pending.id });
    for (const dryRun of [true, false]) {
      const result = await retry(id, { statuses: ['unknown'] }, undefined, { dryRun });
      if (result.kind !== 'accepted') throw new Error(JSON.stringify(result.problem));
      await service.drain();
      expect(await service.resets(result.job.id)).toMatchObject([
        { status: 'succeeded', warnings: ['redeemedRecently'] },
      ]);
      expect(await service.mailsTo(pending.id)).toBe(dryRun ? 0 : 1);
    }
  });
  test('with the same key is the same job', async () => {
    const id = await mixed();
    const [one, other] = [await retry(id, undefined, 'key'), await retry(id, undefined, 'key')];
    expect(one.kind === 'accepted' && other.kind === 'accepted' && one.job.id === other.job.id).toBe(true);
    expect(await retry(id, { statuses: ['unknown'] }, 'key')).toMatchObject({
      kind: 'refused',
      problem: { status: 422 },
    });
  });
  test('of a job that has not ended, or has nothing to retry, is refused and leaves nothing', async () => {
    const id = await service.job([{ user: guest(0).id }]);
    expect(await retry(id)).toMatchObject({ kind: 'refused', problem: { code: 'jobNotEnded' } });
    await service.drain();
    expect(await retry(id)).toMatchObject({ kind: 'refused', problem: { code: 'nothingToRetry' } });
    expect((await service.deps.jobs.page(undefined, 10)).map((job) => job.id)).toEqual([id]);
  });
});
