/** Two instances whose clocks differ by as much as counts as right, each way. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CLOCK_TOLERANCE_MS } from '../../../shared/domain/clocks.ts';
import type { Deps } from '../../../shared/usecases/deps.ts';
import { processWake } from '../../../shared/usecases/wake/process-wake.ts';
import { startService, type Service } from '../service-fixture.ts';

let service: Service;
beforeEach(async () => {
  service = await startService();
});
afterEach(async () => {
  await service.stop();
});

const withClock = (ahead: number): Deps => {
  const { clock } = service.deps;
  return { ...service.deps, clock: { ...clock, now: () => clock.now() + ahead } };
};
const AGAIN = { sendInvitationMessage: true, skipIfResetWithinHours: 0, verify: false };

async function submit(deps: Deps, user: string) {
  const result = await service.submit([{ user }], AGAIN, undefined, deps);
  if (result.kind !== 'accepted') throw new Error('the job was refused');
  return result.job.id;
}
async function work(deps: Deps, id: string): Promise<void> {
  const [message] = service.messages.filter(({ wake }) => wake.jobId === id);
  if (message !== undefined) await processWake(deps, message.wake);
}

describe.each([
  ['behind', 'ahead', -CLOCK_TOLERANCE_MS, CLOCK_TOLERANCE_MS],
  ['ahead', 'behind', CLOCK_TOLERANCE_MS, -CLOCK_TOLERANCE_MS],
])('one instance is %s, the other %s', (_one, _other, firstAhead, secondAhead) => {
  test('two jobs that overlap mail a guest once, although they may reset again at once', async () => {
    const [first, second] = [withClock(firstAhead), withClock(secondAhead)];
    const user = service.graph.guest('Accepted').id;
    const one = await submit(first, user);
    const other = await submit(second, user);
    await work(first, one);
    service.advance(5);
    await work(second, other);
    expect(await service.mailsTo(user)).toBe(1);
    expect((await service.resets(other))[0]).toMatchObject({ status: 'skipped', verdict: { code: 'resetRecently' } });
  });
  test('a job that comes some seconds after the end of the other one resets again, as it was told', async () => {
    const [first, second] = [withClock(firstAhead), withClock(secondAhead)];
    const user = service.graph.guest('Accepted').id;
    await work(first, await submit(first, user));
    service.advance(10);
    await work(second, await submit(second, user));
    expect(await service.mailsTo(user)).toBe(2);
  });
});
