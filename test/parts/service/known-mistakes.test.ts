/**
 * Mistakes that other tools for this job make, each as a test that fails where it is made. The simulated tenant counts.
 * Sources: the public code of Azure-Samples/Remove-Unmanaged-Guests, cli-microsoft365, CIPP and MSIdentityTools.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readJob } from '../../../shared/usecases/jobs/read-jobs.ts';
import { startService, type Service } from '../service-fixture.ts';

let service: Service;
beforeEach(async () => {
  service = await startService({ guests: 80 });
});
afterEach(async () => {
  await service?.stop();
});

const guests = (count: number, from = 0): { user: string }[] =>
  Array.from({ length: count }, (_, index) => ({ user: service.graph.guest('Accepted', from + index).id }));
const fault = async (more: object): Promise<void> => {
  expect((await service.graph.sim('POST', '/faults', more)).status).toBe(201);
};
const invitations = async (): Promise<number> =>
  ((await service.graph.sim('GET', '/stats')).body as { requests: { invite: number } }).requests.invite;
const mailed = async (): Promise<string[]> =>
  ((await service.graph.sim('GET', '/mails')).body as { userId: string }[]).map(({ userId }) => userId);
const counts = async (id: Awaited<ReturnType<Service['job']>>) => (await readJob(service.deps, id))?.counts;

describe('no guest is lost', () => {
  test('because a failed request is missing from its batch answer: it is no success', async () => {
    const all = guests(5);
    await fault({ kind: 'invite', act: 'omit', match: { userId: all[2]?.user } });
    const id = await service.job(all);
    await service.step();
    expect(await counts(id)).toMatchObject({ succeeded: 4, sending: 1 });
    await service.drain();
    expect([await counts(id), (await mailed()).toSorted()]).toMatchObject([
      { succeeded: 5 },
      all.map(({ user }) => user).toSorted(),
    ]);
  });
  test('because the batch as a whole failed: its twenty guests are tried again', async () => {
    await fault({ kind: 'batch', status: 500, times: 6 });
    const id = await service.job(guests(20));
    await service.drain();
    expect([await counts(id), new Set(await mailed()).size, (await mailed()).length]).toMatchObject([
      { succeeded: 20 },
      20,
      20,
    ]);
  });
  test.each([20, 21, 40])('because there are exactly %i of them', async (count) => {
    const all = guests(count);
    const id = await service.job(all);
    await service.drain();
    expect([await counts(id), (await mailed()).toSorted()]).toMatchObject([
      { succeeded: count },
      all.map(({ user }) => user).toSorted(),
    ]);
  });
  test('because the first one failed: the rest goes on', async () => {
    const all = guests(8);
    await fault({ kind: 'invite', status: 400, message: 'No.', match: { userId: all[0]?.user } });
    const id = await service.job(all);
    await service.drain();
    expect(await counts(id)).toMatchObject({ failed: 1, succeeded: 7 });
  });
});

test('a batch never has more than twenty requests, new addresses included', async () => {
  const id = await service.job(
    guests(25).map((each, index) => ({ ...each, invitedUserEmailAddress: `new${index}@adatum.example` })),
  );
  await service.drain();
  // The simulator answers a larger batch with 400, as Graph does.
  expect(await counts(id)).toMatchObject({ succeeded: 25 });
});

test('text of callers cannot break a request: it is encoded, not pasted', async () => {
  const name = 'Anna "the \\ Boss", } ]\n\u2028<script>';
  const sent: unknown[] = [];
  const { invitations: real } = service.deps;
  const watching = {
    ...service.deps,
    invitations: {
      ...real,
      send: async (plans: Parameters<typeof real.send>[0]) => {
        sent.push(plans[0]?.invitation['invitedUserDisplayName']);
        return real.send(plans);
      },
    },
  };
  const id = await service.job([{ ...guests(1)[0], invitedUserDisplayName: name }]);
  await service.step(watching);
  expect([await counts(id), sent]).toMatchObject([{ succeeded: 1 }, [name]]);
});

describe('retries', () => {
  test('have an end: a guest who is throttled for ever fails within a day', async () => {
    const throttled = await service.job(guests(1));
    await fault({ kind: 'invite', status: 429, retryAfter: 3_600, times: 1_000 });
    await service.drain();
    expect([await counts(throttled), await invitations()]).toMatchObject([{ failed: 1 }, 24]);
  });
  test('have an end: a request whose answer is lost again and again is given up', async () => {
    await fault({ kind: 'invite', status: 503, times: 1_000 });
    const lost = await service.job(guests(1));
    await service.drain();
    expect([await counts(lost), await invitations()]).toMatchObject([{ failed: 1 }, 8]);
  });
  test('wait as long as the request inside the batch was told, not only the batch', async () => {
    await fault({ kind: 'invite', status: 429, retryAfter: 45, times: 3 });
    const id = await service.job(guests(3));
    await service.step();
    const before = service.now();
    expect(await invitations()).toBe(3);
    while ((await invitations()) === 3) await service.step();
    expect(service.now() - before).toBeGreaterThan(44_000);
    await service.drain();
    expect([await counts(id), await invitations()]).toMatchObject([{ succeeded: 3 }, 6]);
  });
});

describe('the truth', () => {
  test.each([
    [403, 'notAuthorized'],
    [500, 'graphFailed'],
    [429, undefined],
  ])('a look-up answered with %i does not mean that the guest does not exist', async (status, code) => {
    await fault({ kind: 'getUser', status, times: 1_000, retryAfter: 60 });
    const id = await service.job(guests(1));
    await service.step();
    const [reset] = await service.resets(id);
    expect(reset?.verdict?.code).not.toBe('guestNotFound');
    expect(reset?.verdict?.code).toBe(code);
  });
  test('what was found wrong is not sent all the same', async () => {
    const id = await service.job([
      { user: service.graph.special('internalGuest').id },
      { user: service.graph.special('guestWithoutMailButTwoOthers').id },
      { user: 'nobody@nowhere.example' },
    ]);
    await service.drain();
    expect([await counts(id), await invitations()]).toMatchObject([{ failed: 3 }, 0]);
    expect(await service.submit([{ user: 'not a user' }])).toMatchObject({ kind: 'refused' });
    expect(service.messages).toEqual([]);
  });
});
