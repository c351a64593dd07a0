/** The queue adapter, through the real SDK, on the broker. */
import { ServiceBusClient, type ServiceBusReceivedMessage } from '@azure/service-bus';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBroker } from '../../../local/broker/broker.ts';
import { connectQueue, type QueueConnection } from '../../../shared/adapters/queue/queue.ts';
import { parseWake, type Wake } from '../../../shared/domain/chunk/wake.ts';
import { jobId } from '../../unit/domain/records.ts';

let broker: Awaited<ReturnType<typeof startBroker>>;
let queue: QueueConnection;
let client: ServiceBusClient;
/** By how much the corrected clock differs from the local one. */
let offset = 0;
/** The trace of whoever sends a task. */
let tasksTrace: string | undefined;
beforeAll(async () => {
  broker = await startBroker({});
  queue = connectQueue(
    { connectionString: broker.connectionString },
    { priority: 'resets-priority', bulk: 'resets-bulk', dispatch: 'dispatch' },
    { now: () => Date.now() + offset },
    () => tasksTrace,
  );
  client = new ServiceBusClient(broker.connectionString);
});
afterAll(async () => {
  await client.close();
  await queue.close();
  await broker.close();
});

const wake = (chunk: number): Wake => ({ version: 1, jobId: jobId(), chunk, wake: 1 });

async function receive(name: string, count: number, maxWaitTimeInMs = 3_000): Promise<ServiceBusReceivedMessage[]> {
  const receiver = client.createReceiver(name, { receiveMode: 'receiveAndDelete' });
  const all: ServiceBusReceivedMessage[] = [];
  while (all.length < count) {
    const some = await receiver.receiveMessages(count - all.length, { maxWaitTimeInMs });
    if (some.length === 0) break;
    all.push(...some);
  }
  await receiver.close();
  return all;
}

test('three hundred wakes arrive whole, each once, on their own lane', async () => {
  await queue.sendWakes(
    'bulk',
    Array.from({ length: 300 }, (_, chunk) => ({ wake: wake(chunk), at: 0 })),
  );
  await queue.sendWakes('bulk', [{ wake: wake(7), at: 0 }]);
  const messages = await receive('resets-bulk', 300);
  expect(messages.map(({ body }) => parseWake(body)?.chunk).sort((one, other) => (one ?? 0) - (other ?? 0))).toEqual(
    Array.from({ length: 300 }, (_, chunk) => chunk),
  );
  expect(broker.queue('resets-bulk').active).toBe(0);
});

test('a message carries the trace that its work is shown in, for us and for the host, and when it was planned for', async () => {
  const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
  const at = Date.now() - 5;
  await queue.sendWakes('priority', [{ wake: { ...wake(3), traceparent }, at }]);
  await queue.sendWakes('priority', [{ wake: wake(4), at }]);
  tasksTrace = traceparent;
  await queue.sendTask({ kind: 'cancel', jobId: jobId() }, at);
  await queue.sendTask({ kind: 'dispatch' }, at);
  tasksTrace = undefined;
  const [traced, untraced] = await receive('resets-priority', 2);
  expect(parseWake(traced?.body)).toEqual({ ...wake(3), traceparent, at });
  expect(parseWake(untraced?.body)).toEqual({ ...wake(4), at });
  const messages = [traced, untraced, ...(await receive('dispatch', 2, 12_000))];
  expect(messages.map((message) => message?.applicationProperties?.['Diagnostic-Id'])).toEqual([
    traceparent,
    undefined,
    traceparent,
    undefined,
  ]);
});

test('a copy with a fresh id is not taken for a repeat', async () => {
  await queue.sendWakes('priority', [{ wake: wake(1), at: 0 }]);
  await queue.sendWakes('priority', [{ wake: wake(1), at: 0, messageId: 'copy' }]);
  expect((await receive('resets-priority', 2)).map(({ messageId }) => messageId)).toEqual([`${jobId()}.1.1`, 'copy']);
});

test('a scheduled wake is not early', async () => {
  const at = Date.now() + 700;
  await queue.sendWakes('priority', [{ wake: wake(2), at }]);
  expect(broker.queue('resets-priority')).toMatchObject({ active: 0, scheduled: 1 });
  expect((await receive('resets-priority', 1)).map(({ body }) => parseWake(body)?.chunk)).toEqual([2]);
  expect(Date.now()).toBeGreaterThanOrEqual(at);
});

test(
  'a wish for dispatch is granted although the clock is two seconds behind, so that a run for that moment came ' +
    'before it',
  async () => {
    offset = -2_000;
    await queue.sendTask({ kind: 'dispatch' }, Date.now() + offset);
    const [early] = await receive('dispatch', 1, 10_000);
    // Whoever runs at that message sees a moment that has not come, and asks once more.
    await queue.sendTask({ kind: 'dispatch' }, (early?.scheduledEnqueueTimeUtc?.getTime() ?? 0) - 1);
    offset = 0;
    expect(await receive('dispatch', 1, 10_000)).toHaveLength(1);
  },
);

test('of two wishes for dispatch none is answered before its time, so none is lost to a run that came too early', async () => {
  const slotMs = 5_000;
  const begin = Math.ceil(Date.now() / slotMs) * slotMs;
  await queue.sendTask({ kind: 'dispatch' }, begin + 1_000);
  await queue.sendTask({ kind: 'dispatch' }, begin + 4_000);
  const [message, ...more] = await client.createReceiver('dispatch').peekMessages(10);
  expect(more).toEqual([]);
  expect(message?.scheduledEnqueueTimeUtc?.getTime()).toBe(begin + slotMs);
});

test('the service is reachable, and a fresh queue has no backlog', async () => {
  await queue.check();
  expect(await queue.hasBacklog('bulk')).toBe(false);
});

test('where the local clock is ahead of the true time, a message for later is still scheduled', async () => {
  offset = -60_000;
  await queue.sendWakes('bulk', [
    { wake: wake(400), at: Date.now() - 30_000 },
    { wake: wake(401), at: Date.now() - 90_000 },
  ]);
  offset = 0;
  const messages = await receive('resets-bulk', 2);
  const isScheduled = new Map(
    messages.map(({ body, scheduledEnqueueTimeUtc }) => [(body as Wake).chunk, scheduledEnqueueTimeUtc !== undefined]),
  );
  expect(isScheduled).toEqual(
    new Map([
      [400, true],
      [401, false],
    ]),
  );
});

test(
  'a backlog is seen at every look, and not only at the first: ' +
    'messages that wait are looked at from the oldest on',
  async () => {
    await queue.sendWakes(
      'priority',
      Array.from({ length: 3 }, (_, chunk) => ({ wake: wake(500 + chunk), at: 0 })),
    );
    offset = 120_000;
    const seen = [
      await queue.hasBacklog('priority'),
      await queue.hasBacklog('priority'),
      await queue.hasBacklog('priority'),
    ];
    offset = 0;
    await receive('resets-priority', 3);
    expect(seen).toEqual([true, true, true]);
  },
);

test('a backlog behind a hundred messages for later is seen', async () => {
  await queue.sendWakes(
    'priority',
    Array.from({ length: 100 }, (_, chunk) => ({ wake: wake(700 + chunk), at: Date.now() + 3_600_000 })),
  );
  await queue.sendWakes('priority', [{ wake: wake(800), at: 0 }]);
  offset = 120_000;
  const seen = await queue.hasBacklog('priority');
  offset = 0;
  await receive('resets-priority', 1);
  expect(seen).toBe(true);
});

test('dead letters are counted at every look, with their oldest time and the reasons, of each queue', async () => {
  expect((await queue.deadLetters()).map(({ queue: name, count }) => [name, count])).toEqual([
    ['resets-priority', 0],
    ['resets-bulk', 0],
    ['dispatch', 0],
  ]);
  const before = Date.now();
  await queue.sendWakes('bulk', [
    { wake: wake(600), at: 0 },
    { wake: wake(601), at: 0 },
  ]);
  const receiver = client.createReceiver('resets-bulk');
  for (const deadLetterReason of ['tooOld', 'tooLate'.repeat(50)]) {
    const [message] = await receiver.receiveMessages(1);
    if (message !== undefined)
      await receiver.deadLetterMessage(message, { deadLetterReason, deadLetterErrorDescription: '' });
  }
  await receiver.close();
  for (let looks = 0; looks < 2; looks++) {
    const letters = (await queue.deadLetters()).find(({ queue: name }) => name === 'resets-bulk');
    expect(letters).toMatchObject({
      count: 2,
      mayBeMore: false,
      reasons: ['tooOld', 'tooLate'.repeat(50).slice(0, 60)],
    });
    expect(letters?.oldestAt).toBeGreaterThanOrEqual(before - 1_000);
    expect(letters?.oldestAt).toBeLessThanOrEqual(Date.now());
  }
});
