/**
 * Graph asks to wait: until that is over it gets no request of any kind, whoever has met the 429 and whatever is
 * waiting.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JobId } from '../../../shared/domain/ids.ts';
import { throttle } from '../../../shared/domain/pace/throttling.ts';
import { continueCheck, startCheck } from '../../../shared/usecases/jobs/check-redemption.ts';
import type { Deps } from '../../../shared/usecases/deps.ts';
import { startService, type Service } from '../service-fixture.ts';

let service: Service;
/** When the steps of a check are due; the fixture's own tasks have no time. */
let checks: { readonly id: JobId; readonly at: number }[];
let deps: Deps;
beforeEach(async () => {
  service = await startService({ guests: 200 });
  checks = [];
  const sendTask: Deps['queue']['sendTask'] = async (task, at) => {
    if (task.kind === 'check') checks.push({ id: task.jobId, at });
  };
  deps = { ...service.deps, queue: { ...service.deps.queue, sendTask } };
});
afterEach(async () => {
  await service.stop();
});

/** As asked for by the 429. */
const RETRY_AFTER_SECONDS = 30;

const someGuests = (from: number, count: number): { user: string }[] =>
  Array.from({ length: count }, (_, index) => ({ user: service.graph.guest('Accepted', from + index).id }));
const KINDS = ['getUser', 'findUsers', 'patchUser', 'invite'] as const;
const requests = async () =>
  ((await service.graph.sim('GET', '/stats')).body as { requests: Record<(typeof KINDS)[number] | 'total', number> })
    .requests;
const answer429 = (kind: string): Promise<void> =>
  service.fault({ kind, status: 429, retryAfter: RETRY_AFTER_SECONDS });
const throttledUntil = async (): Promise<number> => (await service.deps.control.read()).pace.throttledUntil;

/** Hands over, in order of time, what is due before `until`. */
async function runUntil(until: number): Promise<void> {
  for (let steps = 0; steps < 200; steps++) {
    const wakeAt = Math.min(...service.messages.map(({ at }) => at));
    const [check] = checks.toSorted((one, other) => one.at - other.at);
    const checkAt = check?.at ?? Infinity;
    if (Math.min(wakeAt, checkAt) >= until) return;
    if (wakeAt <= checkAt) {
      await service.step(deps);
      continue;
    }
    checks = checks.filter((other) => other !== check);
    service.advance(Math.max(0, checkAt - service.now()) / 1_000);
    if (check !== undefined) await continueCheck(deps, check.id);
  }
  throw new Error('it does not come to an end');
}

const MAIL = { sendInvitationMessage: true, verify: false };

/** Of each kind of work some: resets, new addresses, a dry run, a look at a success, a check of an ended job. */
async function workOfEveryKind(): Promise<JobId[]> {
  const ended = await service.job(someGuests(0, 20), MAIL);
  await runUntil(Infinity);
  const verified = await service.job(someGuests(20, 5));
  await service.step(deps);
  service.advance(60);
  await startCheck(deps, ended);
  return [
    await service.job(someGuests(40, 30), MAIL),
    await service.job(
      someGuests(80, 10).map((reset, index) => ({ ...reset, invitedUserEmailAddress: `new${index}@adatum.example` })),
      MAIL,
    ),
    await service.job(someGuests(100, 30), { ...MAIL, dryRun: true }),
    verified,
  ];
}

describe('after a 429 Graph hears nothing until the time it asked for', () => {
  for (const [whom, kind] of [
    ['look-up', 'getUser'],
    ['look-up of an address', 'findUsers'],
    ['change of an address', 'patchUser'],
    ['invitation', 'invite'],
  ] as const) {
    test(`met by the ${whom}`, { timeout: 60_000 }, async () => {
      const ids = await workOfEveryKind();
      await answer429(kind);
      for (let steps = 0; (await throttledUntil()) <= service.now() && steps < 50; steps++)
        await runUntil(Math.min(...service.messages.map(({ at }) => at), ...checks.map(({ at }) => at)) + 1);
      const until = await throttledUntil();
      expect(until).toBeGreaterThan(service.now() + (RETRY_AFTER_SECONDS - 5) * 1_000);
      const heard = await requests();
      await runUntil(until);
      expect(await requests()).toEqual(heard);
      await runUntil(Infinity);
      for (const id of ids)
        expect(
          (await service.resets(id)).map(({ status }) => status).filter((status) => status !== 'succeeded'),
        ).toEqual([]);
    });
  }
});

describe('a 429 makes everybody wait', () => {
  test('met by the check of an ended job', async () => {
    const id = await service.job(someGuests(0, 3), MAIL);
    await runUntil(Infinity);
    await startCheck(deps, id);
    await answer429('getUser');
    await continueCheck(deps, id);
    expect(await throttledUntil()).toBeGreaterThan(service.now() + (RETRY_AFTER_SECONDS - 5) * 1_000);
  });
  test('met by a look at a success', async () => {
    await service.job(someGuests(0, 3));
    await service.step(deps);
    await answer429('getUser');
    await service.step(deps);
    expect(await throttledUntil()).toBeGreaterThan(service.now() + (RETRY_AFTER_SECONDS - 5) * 1_000);
  });
});

test(
  'in a visit that was throttled itself nothing more is asked for, also not by those who were answered',
  { timeout: 60_000 },
  async () => {
    const moved = someGuests(0, 10).map((reset, index) => ({
      ...reset,
      invitedUserEmailAddress: `new${index}@adatum.example`,
    }));
    const looked = { getUser: 10, findUsers: 0, patchUser: 0, invite: 0 };
    for (const [options, kind, heard] of [
      [{ ...MAIL, dryRun: true }, 'getUser', looked],
      [MAIL, 'getUser', looked],
      [MAIL, 'patchUser', { getUser: 10, findUsers: 10, patchUser: 10, invite: 0 }],
    ] as const) {
      // A success just before counts as one since.
      service.advance(10);
      const id = await service.job(moved, { ...options, skipIfResetWithinHours: 0 });
      const before = await requests();
      await answer429(kind);
      await service.step(deps);
      const after = await requests();
      expect(Object.fromEntries(KINDS.map((each) => [each, after[each] - before[each]]))).toEqual(heard);
      await runUntil(Infinity);
      expect((await service.resets(id)).map(({ status }) => status).filter((status) => status !== 'succeeded')).toEqual(
        [],
      );
      // The addresses of the next round are new again.
      for (const reset of moved) reset.invitedUserEmailAddress = `again.${reset.invitedUserEmailAddress}`;
    }
  },
);

test(
  'a visit that is on its way when another one meets the 429 sends nothing any more, neither addresses nor invitations',
  { timeout: 60_000 },
  async () => {
    const moved = someGuests(0, 10).map((reset, index) => ({
      ...reset,
      invitedUserEmailAddress: `new${index}@adatum.example`,
    }));
    for (const resets of [moved, someGuests(10, 10)]) {
      const id = await service.job(resets, MAIL);
      const before = await requests();
      let hasMet = false;
      const meetWhileClaiming: Deps['guests']['claim'] = async (...args) => {
        if (!hasMet)
          await service.deps.control.changePace((pace) => ({
            pace: throttle(pace, service.now() + RETRY_AFTER_SECONDS * 1_000, service.now()),
            result: undefined,
          }));
        hasMet = true;
        return service.deps.guests.claim(...args);
      };
      await service.step({ ...deps, guests: { ...deps.guests, claim: meetWhileClaiming } });
      const after = await requests();
      expect(hasMet).toBe(true);
      expect([after.patchUser - before.patchUser, after.invite - before.invite]).toEqual([0, 0]);
      await runUntil(Infinity);
      expect((await service.resets(id)).map(({ status }) => status)).toEqual(resets.map(() => 'succeeded'));
    }
  },
);

test('a 429 says nothing about a success that was looked at late: it is looked at again', async () => {
  const id = await service.job(someGuests(0, 3));
  await service.step(deps);
  service.advance(3_600);
  await answer429('getUser');
  await service.step(deps);
  expect((await service.resets(id)).filter(({ verification }) => verification !== undefined)).toHaveLength(2);
  await runUntil(Infinity);
  expect((await service.resets(id)).map(({ verification }) => verification)).toEqual([
    'verified',
    'verified',
    'verified',
  ]);
});

test('who waits for the throttling to end only to look takes no slot from those who send', async () => {
  await service.fault({ effect: 'done', status: 503 });
  await service.job(someGuests(0, 21), MAIL);
  await service.step(deps);
  await service.step(deps);
  const until = service.now() + 600_000;
  await service.deps.control.changePace((pace) => ({ pace: throttle(pace, until, service.now()), result: undefined }));
  const before = (await service.deps.control.read()).pace.nextFreeAt;
  await service.step(deps);
  expect((await service.deps.control.read()).pace.nextFreeAt).toBe(before);
  const [wake] = service.messages;
  expect(wake?.at).toBeGreaterThanOrEqual(until);
  expect(wake?.at).toBeLessThan(until + 1_000);
});
