/**
 * The queue fails: the real adapter against the broker's faults, and what comes of a message that is delivered twice.
 */
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { once } from 'node:events';
import { ServiceBusClient, type ServiceBusReceivedMessage } from '@azure/service-bus';
import { describe, expect, test, type TestContext } from 'vitest';
import { startBroker, type Broker } from '../../../local/broker/broker.ts';
import { connectQueue, SEND_LIMITS, type QueueConnection } from '../../../shared/adapters/queue/queue.ts';
import { parseWake, type Wake } from '../../../shared/domain/chunk/wake.ts';
import type { Deps } from '../../../shared/usecases/deps.ts';
import { processWake } from '../../../shared/usecases/wake/process-wake.ts';
import { reconcile } from '../../../shared/usecases/repair/reconcile.ts';
import { jobId } from '../../unit/domain/records.ts';
import { receiveOne } from '../local/broker-fixture.ts';
import { startService, type Service } from '../service-fixture.ts';

type AtEnd = TestContext['onTestFinished'];

const NAMES = { priority: 'resets-priority', bulk: 'resets-bulk', dispatch: 'dispatch' };
/** As the real ones, ten times as fast. */
const LIMITS = { tryMs: SEND_LIMITS.tryMs / 10, wholeMs: SEND_LIMITS.wholeMs / 10 };
/** A busy machine is late. */
const MARGIN_MS = 1_500;
const MANY = 5_000;

const busy = { kind: 'error', condition: 'com.microsoft:server-busy', description: 'busy' } as const;
const wake = (chunk: number): Wake => ({ version: 1, jobId: jobId(), chunk, wake: 1 });

async function open(
  atEnd: AtEnd,
  lockMs = 60_000,
): Promise<{ readonly broker: Broker; readonly queue: QueueConnection }> {
  const broker = await startBroker({
    queues: Object.fromEntries(Object.values(NAMES).map((name) => [name, { lockMs }])),
  });
  const queue = connectQueue(
    { connectionString: broker.connectionString },
    NAMES,
    { now: Date.now },
    undefined,
    LIMITS,
  );
  atEnd(async () => {
    await queue.close();
    await broker.close();
  });
  return { broker, queue };
}

const outcomeOf = async (work: Promise<unknown>): Promise<{ readonly end: 'done' | 'failed'; readonly ms: number }> => {
  const began = performance.now();
  const end = await work.then(
    () => 'done' as const,
    () => 'failed' as const,
  );
  return { end, ms: performance.now() - began };
};

test('whatever is sent in one call is sent or has failed after 45 s, half of what the SDK would let one send hang', () => {
  expect(SEND_LIMITS.wholeMs).toBe(45_000);
  expect(SEND_LIMITS.tryMs).toBeLessThan(SEND_LIMITS.wholeMs / 3);
});

describe.concurrent('a wake that is sent', () => {
  for (const effect of [{ kind: 'silent' }, { kind: 'drop' }, busy] as const) {
    for (const late of [false, true]) {
      test(
        `is stored once when its send meets "${effect.kind}" ${late ? 'after' : 'before'} it was stored: the SDK ` +
          'sends again, and the broker knows the id',
        async ({ onTestFinished }) => {
          const { broker, queue } = await open(onTestFinished);
          broker.faults.plan({ at: 'send', effect, late });
          await queue.sendWakes('priority', [{ wake: wake(1), at: 0 }]);
          expect(broker.queue(NAMES.priority).active).toBe(1);
          broker.faults.plan({ at: 'send', effect, late });
          await queue.sendWakes('priority', [{ wake: wake(1), at: 0, messageId: 'a copy' }]);
          expect(broker.queue(NAMES.priority).active).toBe(2);
        },
      );
    }
    test(`is an error within the limits when every send meets "${effect.kind}", and the next call works`, async ({
      onTestFinished,
    }) => {
      const { broker, queue } = await open(onTestFinished);
      broker.faults.plan({ at: 'send', effect, times: 1_000 });
      const { end, ms } = await outcomeOf(queue.sendWakes('priority', [{ wake: wake(1), at: 0 }]));
      expect(end).toBe('failed');
      expect(ms).toBeLessThan(LIMITS.wholeMs + MARGIN_MS);
      broker.faults.clear();
      expect(broker.queue(NAMES.priority).active).toBe(0);
      await queue.sendWakes('priority', [{ wake: wake(1), at: 0 }]);
      expect(broker.queue(NAMES.priority).active).toBe(1);
    });
  }

  test(
    'is an error within the limits when the broker takes the connection and says nothing; so are a task, many ' +
      'wakes and a look at the backlog',
    async ({ onTestFinished }) => {
      const sockets: Socket[] = [];
      const mute = createServer((socket) => {
        sockets.push(socket);
        socket.on('error', () => socket.destroy());
      }).listen(0, '127.0.0.1');
      await once(mute, 'listening');
      const { port } = mute.address() as AddressInfo; // A TCP server that listens has one.
      const address = `Endpoint=sb://localhost:${port};SharedAccessKeyName=a;SharedAccessKey=b`;
      const queue = connectQueue(
        {
          connectionString: `${address};UseDevelopmentEmulator=true;`,
        },
        NAMES,
        { now: Date.now },
        undefined,
        LIMITS,
      );
      onTestFinished(() => {
        mute.close();
        for (const socket of sockets) socket.destroy();
      });
      const ends = await Promise.all(
        [
          queue.sendWakes('priority', [{ wake: wake(1), at: 0 }]),
          queue.sendWakes('bulk', [
            { wake: wake(1), at: 0 },
            { wake: wake(2), at: 0 },
          ]),
          queue.sendTask({ kind: 'dispatch' }, 0),
          queue.hasBacklog('bulk'),
          queue.check(),
        ].map(outcomeOf),
      );
      expect(ends.map(({ end }) => end)).toEqual(ends.map(() => 'failed'));
      for (const { ms } of ends) expect(ms).toBeLessThan(LIMITS.wholeMs + MARGIN_MS);
    },
  );

  for (const late of [false, true]) {
    test(
      `with five thousand others, over a connection that is lost ${late ? 'after' : 'before'} a batch was stored, ` +
        'is stored once, and so is each of them',
      async ({ onTestFinished }) => {
        const { broker, queue } = await open(onTestFinished);
        const sending = queue.sendWakes(
          'bulk',
          Array.from({ length: MANY }, (_, chunk) => ({ wake: wake(chunk), at: 0 })),
        );
        await expect.poll(() => broker.queue(NAMES.bulk).active, { interval: 1, timeout: 20_000 }).toBeGreaterThan(0);
        broker.faults.plan({ at: 'send', effect: { kind: 'drop' }, late });
        expect(broker.queue(NAMES.bulk).active).toBeLessThan(MANY);
        await sending;
        expect(broker.queue(NAMES.bulk).active).toBe(MANY);
      },
    );
  }

  test(
    'with others, when the connection is lost for good after the first batch, is an error; sent again, each is ' +
      'stored once',
    async ({ onTestFinished }) => {
      const { broker, queue } = await open(onTestFinished);
      const wakes = Array.from({ length: MANY }, (_, chunk) => ({ wake: wake(chunk), at: 0 }));
      const sending = outcomeOf(queue.sendWakes('bulk', wakes));
      await expect.poll(() => broker.queue(NAMES.bulk).active, { interval: 1, timeout: 20_000 }).toBeGreaterThan(0);
      broker.faults.plan({ at: 'send', effect: { kind: 'drop' }, times: 1_000 });
      expect((await sending).end).toBe('failed');
      expect(broker.queue(NAMES.bulk).active).toBeLessThan(MANY);
      broker.faults.clear();
      await queue.sendWakes('bulk', wakes);
      expect(broker.queue(NAMES.bulk).active).toBe(MANY);
    },
  );

  test('and is too large is an error at once, alone or among others', async ({ onTestFinished }) => {
    const { broker, queue } = await open(onTestFinished);
    const huge = { wake: { ...wake(1), jobId: jobId().repeat(20_000) as Wake['jobId'] }, at: 0, messageId: 'huge' };
    const alone = await outcomeOf(queue.sendWakes('bulk', [huge]));
    const among = await outcomeOf(queue.sendWakes('bulk', [{ wake: wake(2), at: 0 }, huge]));
    expect([alone.end, among.end]).toEqual(['failed', 'failed']);
    expect(alone.ms).toBeLessThan(LIMITS.wholeMs);
    expect(broker.queue(NAMES.bulk).active).toBe(1);
  });
});

test(
  'a submission while the queue takes nothing is accepted within the ' +
    'limits, and reconcile has it dispatched later',
  async ({ onTestFinished }) => {
    const service = await startService();
    onTestFinished(() => service.stop());
    const { broker, queue } = await open(onTestFinished);
    const deps = { ...service.deps, queue };
    broker.faults.plan({ at: 'send', effect: { kind: 'silent' }, times: 1_000 });
    const began = performance.now();
    const result = await service.submit(
      [{ user: service.graph.guest('Accepted').id }],
      { sendInvitationMessage: true },
      'key',
      deps,
    );
    expect(performance.now() - began).toBeLessThan(LIMITS.wholeMs + MARGIN_MS);
    expect(result.kind).toBe('accepted');
    expect(broker.queue(NAMES.priority)).toMatchObject({ active: 0, scheduled: 0 });
    broker.faults.clear();
    await reconcile(deps);
    const { active, scheduled } = broker.queue(NAMES.priority);
    expect(active + scheduled).toBe(1);
  },
);

interface Delivered {
  readonly service: Service;
  readonly broker: Broker;
  readonly deps: Deps;
  readonly guestId: string;
  /** The next delivery of a wake, on a receiver of its own; its lock is not renewed. */
  readonly next: () => Promise<{
    readonly wake: Wake;
    readonly message: ServiceBusReceivedMessage;
    complete(): Promise<void>;
  }>;
  readonly status: () => Promise<string | undefined>;
}

/** A job of one guest whose wake is on the broker, where a lock lasts a second. */
async function delivered(atEnd: AtEnd, lockMs = 1_000): Promise<Delivered> {
  const service = await startService();
  atEnd(() => service.stop());
  const { broker, queue } = await open(atEnd, lockMs);
  const client = new ServiceBusClient(broker.connectionString, { retryOptions: { maxRetries: 0, timeoutInMs: 1_000 } });
  atEnd(() => client.close());
  const guestId = service.graph.guest('Accepted').id;
  const id = await service.job([{ user: guestId }]);
  await queue.sendWakes('priority', service.messages.splice(0));
  return {
    service,
    broker,
    guestId,
    deps: { ...service.deps, queue },
    async next() {
      const receiver = client.createReceiver(NAMES.priority, { maxAutoLockRenewalDurationInMs: 0 });
      const message = await receiveOne(receiver);
      const parsed = parseWake(message.body);
      if (parsed === undefined) throw new Error('The message is no wake.');
      return { wake: parsed, message, complete: () => receiver.completeMessage(message) };
    },
    status: async () => (await service.resets(id))[0]?.status,
  };
}

/** The same ports, of which one call waits until `release`. `reached` tells that it began. */
function holding(
  deps: Deps,
  port: 'invitations' | 'chunks',
  method: string,
  call: number,
): { readonly deps: Deps; readonly reached: Promise<void>; release(): void } {
  const [reached, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let calls = 0;
  const original = (deps[port] as unknown as Record<string, (...args: readonly unknown[]) => Promise<unknown>>)[method];
  if (original === undefined) throw new Error(`${port} has no ${method}`);
  const held = async (...args: readonly unknown[]): Promise<unknown> => {
    if (++calls === call) {
      reached.resolve();
      await released.promise;
    }
    return original(...args);
  };
  return {
    deps: { ...deps, [port]: { ...deps[port], [method]: held } },
    reached: reached.promise,
    release: () => released.resolve(),
  };
}

describe.concurrent('a message whose lock ends during work, so that two work on it at once, has one effect:', () => {
  const moments = [
    { moment: 'before sending is written', port: 'chunks', method: 'replace', call: 1, second: 'worked' },
    { moment: 'before Graph is asked', port: 'invitations', method: 'send', call: 1, second: 'comesBack' },
    { moment: 'before the outcomes are written', port: 'chunks', method: 'replace', call: 2, second: 'comesBack' },
  ] as const;
  for (const { moment, port, method, call, second } of moments) {
    test(`the first is held up ${moment}`, async ({ onTestFinished }) => {
      const { service, broker, deps, guestId, next, status } = await delivered(onTestFinished);
      const first = await next();
      const held = holding(deps, port, method, call);
      const firstWork = processWake(held.deps, first.wake);
      await held.reached;
      const again = await next();
      expect([again.wake, again.message.deliveryCount]).toEqual([first.wake, 1]);
      expect(await processWake(deps, again.wake)).toBe(second);
      await again.complete();
      held.release();
      await firstWork;
      await expect(first.complete()).rejects.toMatchObject({ code: 'MessageLockLost' });
      expect([await status(), await service.mailsTo(guestId)]).toEqual(['succeeded', 1]);
      expect(broker.queue(NAMES.priority)).toMatchObject({ locked: 0, deadLettered: 0 });
    });
  }
});

describe.concurrent('a message that was handled and whose settlement got lost', () => {
  /** Handles the wake; nobody answers when it is settled. */
  async function handled(atEnd: AtEnd, late: boolean): Promise<Delivered & { readonly scheduled: number }> {
    // The lock must outlast the work, on a busy machine too.
    const all = await delivered(atEnd, late ? 60_000 : 5_000);
    const first = await all.next();
    expect(await processWake(all.deps, first.wake)).toBe('worked');
    const { scheduled } = all.broker.queue(NAMES.priority);
    all.broker.faults.plan({ at: 'settle', effect: { kind: 'silent' }, late });
    await expect(first.complete()).rejects.toMatchObject({ code: 'ServiceTimeout' });
    return { ...all, scheduled };
  }
  /** One mail; the look whether it shows has been asked for once. */
  async function expectOneEffect({
    service,
    broker,
    guestId,
    status,
    scheduled,
  }: Awaited<ReturnType<typeof handled>>): Promise<void> {
    expect([await status(), await service.mailsTo(guestId)]).toEqual(['succeeded', 1]);
    expect(broker.queue(NAMES.priority)).toEqual({ active: 0, locked: 0, scheduled, deadLettered: 0 });
  }

  test('before it was stored comes again, and changes nothing', async ({ onTestFinished }) => {
    const all = await handled(onTestFinished, false);
    const again = await all.next();
    expect(await processWake(all.deps, again.wake)).toBe('resentCurrent');
    await again.complete();
    await expectOneEffect(all);
  });
  test('after it was stored does not come again', async ({ onTestFinished }) => {
    const all = await handled(onTestFinished, true);
    expect(all.broker.queue(NAMES.priority).locked).toBe(0);
    await expectOneEffect(all);
  });
});
