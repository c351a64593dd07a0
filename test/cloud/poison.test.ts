/** Messages that nobody can do anything with, through the whole app: they end apart, and hold nobody up. */
import Long from 'long';
import { ServiceBusClient, type ServiceBusMessage } from '@azure/service-bus';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCloud, type TestCloud } from './cloud.ts';
import { allResets, completed, json, mailsByGuest, submitCsv } from './jobs.ts';

interface Diagnostics {
  readonly status: string;
  readonly checks: readonly {
    readonly name: string;
    readonly ok: boolean;
    readonly note?: string;
    readonly problem?: string;
  }[];
}

const BULK = 'resets-bulk';
const DISPATCH = 'dispatch';
const SECRET = 'olga@fabrikam.example';
/** A job id that none of ours has. */
const NOBODY = '7ybr1z9vj7e0mzpqmbtznnz118';
const POLL = { timeout: 20_000, interval: 50 };

const POISON: Readonly<Record<string, readonly ServiceBusMessage[]>> = {
  [BULK]: [
    { messageId: 'notJson', body: Buffer.from(`{ "version": 1, "jobId": "${SECRET}`) },
    { messageId: 'wrongVersion', body: { version: 2, jobId: NOBODY, chunk: 0, wake: 1 } },
  ],
  [DISPATCH]: [{ messageId: 'unknownTask', body: { version: 1, paint: SECRET } }],
};
const UNKNOWN_JOB: ServiceBusMessage = {
  messageId: 'unknownJob',
  body: { version: 1, jobId: NOBODY, chunk: 0, wake: 1 },
};

let cloud: TestCloud;
let bus: ServiceBusClient;
beforeAll(async () => {
  cloud = await startCloud({ guests: 100, seed: 6, hosts: 3 });
  bus = new ServiceBusClient(
    `Endpoint=${cloud.state().broker.url};SharedAccessKeyName=a;SharedAccessKey=b;UseDevelopmentEmulator=true`,
  );
});
afterAll(async () => {
  await bus?.close();
  await cloud?.stop();
});

const lettersOf = async (
  queue: string,
  subQueue: { readonly subQueueType?: 'deadLetter' } = {},
): Promise<{ readonly id: string; readonly deliveries: number }[]> => {
  const receiver = bus.createReceiver(queue, { ...subQueue, skipParsingBodyAsJson: true });
  const messages = await receiver.peekMessages(50, { fromSequenceNumber: Long.ONE });
  await receiver.close();
  return messages
    .map(({ messageId, deliveryCount }) => ({ id: String(messageId), deliveries: deliveryCount ?? 0 }))
    .sort((one, other) => one.id.localeCompare(other.id));
};
const deadLettersOf = (queue: string): ReturnType<typeof lettersOf> => lettersOf(queue, { subQueueType: 'deadLetter' });
/** Each host keeps what it has found for a minute. */
const diagnosticsOf = async (host: number): Promise<Diagnostics> =>
  (await json<Diagnostics>(`${cloud.state().hosts[host]?.url}/api/diagnostics`)).body;
const deadLettersIn = ({ checks }: Diagnostics): Diagnostics['checks'][number] | undefined =>
  checks.find(({ name }) => name === 'deadLetters');

const IS_THERE = { name: 'deadLetters', ok: true, milliseconds: expect.any(Number) };

test('a healthy service has no dead letters to tell of', async () => {
  expect(deadLettersIn(await diagnosticsOf(0))).toEqual(IS_THERE);
});

test(
  'messages that cannot be read end in the dead letters after ten deliveries at once, a wake of an unknown job is ' +
    'done with, and their neighbours are done meanwhile',
  async () => {
    const began = performance.now();
    for (const [queue, messages] of Object.entries(POISON))
      for (const message of messages) await bus.createSender(queue).sendMessages(message);
    await bus.createSender(BULK).sendMessages(UNKNOWN_JOB);
    const users = (
      await json<
        {
          id: string;
          creationType: string | null;
          externalUserState: string | null;
          roles: string[];
          mail: string | null;
        }[]
      >(`${cloud.graph}/_sim/users`)
    ).body;
    const guests = users
      .filter(
        (user) =>
          user.creationType === 'Invitation' &&
          user.externalUserState === 'Accepted' &&
          user.roles.length === 0 &&
          user.mail !== null,
      )
      .slice(0, 30);
    const { id, completion } = await submitCsv(
      cloud.api,
      `id,sendInvitationMessage\n${guests.map((guest) => `${guest.id},true`).join('\n')}\n`,
    );

    await expect
      .poll(() => deadLettersOf(BULK), POLL)
      .toEqual([
        { id: 'notJson', deliveries: 10 },
        { id: 'wrongVersion', deliveries: 10 },
      ]);
    await expect.poll(() => deadLettersOf(DISPATCH), POLL).toEqual([{ id: 'unknownTask', deliveries: 10 }]);
    // A failure that may pass waits 2 + 4 + 8 + … seconds before it comes again; these do not.
    expect(performance.now() - began).toBeLessThan(10_000);
    expect(await completed(completion, 20)).toMatchObject({
      status: 'completed',
      counts: { succeeded: guests.length },
    });
    expect(await mailsByGuest(cloud.graph)).toEqual(
      new Map((await allResets(cloud.api, id)).map(({ guestId }) => [guestId, 1])),
    );
    await expect
      .poll(() => lettersOf(BULK), POLL)
      .not.toContainEqual(expect.objectContaining({ id: UNKNOWN_JOB.messageId }));
    expect(await deadLettersOf(BULK)).toHaveLength(2);
  },
);

test(
  'the service stays healthy, and tells how many dead letters each queue has, since when and why, and what to do; ' +
    'never what is in them',
  async () => {
    const found = await diagnosticsOf(1);
    const { note = '', ...check } = deadLettersIn(found) ?? {};
    expect([found.status, check]).toEqual(['healthy', IS_THERE]);
    const sentLately = String.raw`the oldest sent \d+ seconds? ago \(MaxDeliveryCountExceeded\)`;
    expect(note).toMatch(
      new RegExp(
        `^resets-bulk has 2 dead letters, ${sentLately}. dispatch has 1 dead letter, ${sentLately}. ` +
          'No reset ends by that',
      ),
    );
    expect(note).not.toContain('resets-priority');
    for (const said of [note, cloud.logs()]) expect(said).not.toContain(SECRET);
  },
);

test('more than 31 are "32 or more"', async () => {
  await bus
    .createSender(DISPATCH)
    .sendMessages(Array.from({ length: 40 }, (_, index) => ({ messageId: `more-${index}`, body: { version: 3 } })));
  await expect.poll(async () => (await deadLettersOf(DISPATCH)).length, POLL).toBe(41);
  expect(deadLettersIn(await diagnosticsOf(2))?.note).toContain('dispatch has 32 or more dead letters');
});
