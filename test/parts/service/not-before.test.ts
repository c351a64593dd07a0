/** `notBefore`: a job begins in its time, and few messages are asked for until then. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { nextRun, parseSchedule } from '../../../local/host/timers/ncrontab.ts';
import type { Deps } from '../../../shared/usecases/deps.ts';
import { dispatch } from '../../../shared/usecases/dispatch.ts';
import { reconcile } from '../../../shared/usecases/repair/reconcile.ts';
import { startService, type Service } from '../service-fixture.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(async () => {
  await service.stop();
});

/** The timer's, in seconds, as it is registered. */
const SCHEDULE = parseSchedule(
  /schedule: '(.*)'/.exec(readFileSync(new URL('../../../functions/reconcile.ts', import.meta.url), 'utf8'))?.[1] ?? '',
);
const FIRST = nextRun(SCHEDULE, new Date());
const EVERY_SECONDS = (nextRun(SCHEDULE, FIRST).getTime() - FIRST.getTime()) / 1_000;

test('a job that begins in two hours begins then, and asks for its beginning three times at most', async () => {
  const asked: number[] = [];
  const deps: Deps = {
    ...service.deps,
    queue: {
      ...service.deps.queue,
      sendTask: async (_task, at) => {
        asked.push(at);
      },
    },
  };
  const beginsAt = service.now() + 2 * 3_600_000;
  await service.submit(
    [{ user: service.graph.guest('Accepted', 0).id }],
    { sendInvitationMessage: true, notBefore: new Date(beginsAt).toISOString() },
    undefined,
    deps,
  );
  while (service.now() + EVERY_SECONDS * 1_000 < beginsAt) {
    service.advance(EVERY_SECONDS);
    await reconcile(deps);
  }
  expect([asked.length > 0, asked.length <= 3, ...new Set(asked)]).toEqual([true, true, beginsAt]);
  expect(service.messages).toEqual([]);
  service.advance((beginsAt - service.now()) / 1_000);
  await dispatch(deps);
  expect(service.messages).toHaveLength(1);
});
