/** The tables are away for ten minutes, while messages wait and guests are being reset. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Blow } from '../../chaos/http-proxy.ts';
import type { DirectoryUser } from '../../../local/graph/directory.ts';
import { DEFAULT_POLICY } from '../../../shared/domain/policy.ts';
import { readJob } from '../../../shared/usecases/jobs/read-jobs.ts';
import { reconcile } from '../../../shared/usecases/repair/reconcile.ts';
import { redelivery, type Redelivery } from '../redelivery.ts';
import { startService, type Service } from '../service-fixture.ts';

const OUTAGE_MS = 10 * 60_000;
const MAX_DELIVERIES = 10;
const GUESTS = 45;

/** What every call of the tables meets. */
let outage: Blow | undefined;
let service: Service;
let broker: Redelivery;
beforeEach(async () => {
  outage = undefined;
  service = await startService({ guests: 100 }, { store: 'azurite', strikeTables: () => outage });
  broker = redelivery(service);
});
afterEach(async () => {
  await service?.stop();
});

/** So slow that chunks are still to be dispatched when the outage begins. */
const SLOWLY = { ...DEFAULT_POLICY, resetsPerSecond: 0.3 };

async function submitted(
  guests: readonly DirectoryUser[],
): Promise<NonNullable<Awaited<ReturnType<typeof readJob>>>['job']['id']> {
  const result = await service.submit(
    guests.map(({ id }) => ({ user: id })),
    { sendInvitationMessage: true },
    'key',
    { ...broker.deps, policy: SLOWLY },
  );
  if (result.kind !== 'accepted') throw new Error(`the submission was refused: ${JSON.stringify(result.problem)}`);
  return result.job.id;
}

/** The timer, whose runs fail while the tables are away. */
async function runTimer(until: number): Promise<void> {
  while (service.now() < until) {
    await broker.run(service.now() + 5 * 60_000);
    service.advance(5 * 60);
    await reconcile(broker.deps).catch(() => undefined);
  }
}

const mailsTo = async (guests: readonly DirectoryUser[]): Promise<number[]> => {
  const mails = (await service.graph.sim('GET', '/mails')).body as { userId: string }[];
  return guests.map(({ id }) => mails.filter(({ userId }) => userId === id).length);
};

const ways: readonly (Blow & { readonly way: string })[] = [
  { way: 'answer 503', when: 'before', what: 503 },
  { way: 'cut every connection', when: 'before', what: 'drop' },
  { way: 'do what is asked and lose every answer', when: 'after', what: 'drop' },
];
test.each(ways)(
  'when the tables $way for ten minutes, everyone is done afterwards with one mail each, and dead letters are ' +
    'woken again',
  { timeout: 60_000 },
  async (blow) => {
    const guests = Array.from({ length: GUESTS }, (_, index) => service.graph.guest('Accepted', index));
    const id = await submitted(guests);
    const began = service.now();
    outage = blow;
    await broker.run(began + OUTAGE_MS);
    // Waits of 2, 4, 8, 16, 32 s and then a minute: ten deliveries last about six minutes.
    expect(broker.failures.length).toBeGreaterThan(0);
    expect(Math.max(...broker.failures.map(({ deliveryCount }) => deliveryCount))).toBe(MAX_DELIVERIES);
    expect(Math.max(...broker.deadLetters.map(({ at }) => at)) - began).toBeGreaterThan(5 * 60_000);
    expect(broker.deadLetters.length).toBeGreaterThan(0);
    service.advance(Math.max(0, began + OUTAGE_MS - service.now()) / 1000);
    outage = undefined;

    await runTimer(service.now() + 60 * 60_000);
    expect(await readJob(service.deps, id)).toMatchObject({
      job: { status: 'completed' },
      counts: { succeeded: GUESTS },
    });
    expect(await mailsTo(guests)).toEqual(guests.map(() => 1));
  },
);

test(
  'an outage that begins while a chunk is being sent leaves its guests in doubt: they are looked at, one who was ' +
    'pending before too, and nobody is mailed again',
  { timeout: 60_000 },
  async () => {
    const guests = [
      service.graph.guest('Accepted', 0),
      service.graph.guest('Accepted', 1),
      service.graph.guest('PendingAcceptance', 0),
    ];
    const id = await submitted(guests);
    const { invitations } = broker.deps;
    // The tables go away with the very request to Graph.
    const deps = {
      ...broker.deps,
      invitations: {
        ...invitations,
        send: async (plans: Parameters<typeof invitations.send>[0]) => {
          outage = { when: 'before', what: 503 };
          return invitations.send(plans);
        },
      },
    };
    Object.assign(broker.deps, deps);
    const began = service.now();
    await broker.run(began + OUTAGE_MS);
    service.advance(Math.max(0, began + OUTAGE_MS - service.now()) / 1000);
    expect(await mailsTo(guests)).toEqual([1, 1, 1]);
    Object.assign(broker.deps, { invitations });
    outage = undefined;

    await runTimer(service.now() + 60 * 60_000);
    expect(await readJob(service.deps, id)).toMatchObject({ job: { status: 'completed' }, counts: { succeeded: 3 } });
    expect((await service.resets(id)).map(({ verdict }) => verdict?.code)).toEqual(
      guests.map(() => 'resetSeenInDirectory'),
    );
    expect(await mailsTo(guests)).toEqual([1, 1, 1]);
  },
);

test('a job that cannot be repaired keeps reconcile from no other one, and is told', async () => {
  const guests = Array.from({ length: 3 }, (_, index) => service.graph.guest('Accepted', index));
  const id = await submitted(guests);
  // Its wake is lost with the broker; and a newer job loses a row that nothing writes again.
  broker = redelivery(service);
  service.advance(1);
  const broken = await service.job([{ user: service.graph.guest('Accepted', 5).id }]);
  await service.deps.chunks.remove(broken, 0);
  service.advance(16 * 60);
  await expect(reconcile(broker.deps)).rejects.toThrow('1 repairs failed');
  await broker.run();
  expect((await readJob(service.deps, id))?.job.status).toBe('completed');
  expect(await mailsTo(guests)).toEqual([1, 1, 1]);
});
