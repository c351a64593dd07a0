/** How the trace of a submission travels: over the job's row, the messages, and whatever follows them. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { traceparentOf } from '../../../shared/domain/traceparent.ts';
import type { Deps } from '../../../shared/usecases/deps.ts';
import { dispatch } from '../../../shared/usecases/dispatch.ts';
import { pauseTenant, resumeTenant } from '../../../shared/usecases/stops/stop-control.ts';
import { reconcile } from '../../../shared/usecases/repair/reconcile.ts';
import { startService, UNTRACED, type Service } from '../service-fixture.ts';

let service: Service;
beforeEach(async () => {
  service = await startService({ guests: 60 });
});
afterEach(async () => service?.stop());

const SUBMISSION = traceparentOf({ traceId: 'a'.repeat(32), spanId: '1'.repeat(16) });
const OTHER = traceparentOf({ traceId: 'b'.repeat(32), spanId: '2'.repeat(16) });
const inTrace = (traceparent: string): Deps => ({
  ...service.deps,
  trace: { ...UNTRACED, traceparent: () => traceparent },
});
const traces = (): (string | undefined)[] => service.messages.map(({ wake }) => wake.traceparent);
const submitted = async (): Promise<void> => {
  const resets = Array.from({ length: 25 }, (_, index) => ({ user: service.graph.guest('Accepted', index).id }));
  const result = await service.submit(resets, { sendInvitationMessage: true }, undefined, inTrace(SUBMISSION));
  expect(result.kind).toBe('accepted');
};

test('every wake of a job is in the trace of its submission, whoever sends it, and so is what follows', async () => {
  await submitted();
  expect(traces()).toEqual([SUBMISSION, SUBMISSION]);
  await service.step(inTrace(OTHER));
  expect(traces()).toEqual([SUBMISSION, SUBMISSION]);
});

test('a wake that dispatch sends later is in it too, and one that brings a forgotten chunk back', async () => {
  await pauseTenant(service.deps, 'Wait.');
  await submitted();
  expect(service.messages).toEqual([]);
  await resumeTenant(service.deps);
  await dispatch(inTrace(OTHER));
  expect(traces()).toEqual([SUBMISSION, SUBMISSION]);
  service.messages.length = 0;
  service.advance(20 * 60);
  await reconcile(inTrace(OTHER));
  expect(traces()).toEqual([SUBMISSION, SUBMISSION]);
});

test('a chunk whose wake came with no trace goes on in the one that its first visit began', async () => {
  const id = await service.job([{ user: service.graph.guest('Accepted').id }]);
  expect(traces()).toEqual([undefined]);
  await service.step(inTrace(OTHER));
  expect([(await service.resets(id))[0]?.status, ...traces()]).toEqual(['succeeded', OTHER]);
});
