/** Bodies that come too slowly: the real reading and the real tables; only the deadline is short. */
import { ReadableStream, type UnderlyingSource } from 'node:stream/web';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { incomingBody } from '../../../shared/entry/http/requests/incoming-body.ts';
import { guestBody } from '../../../shared/entry/http/requests/guest-body.ts';
import { readConfig } from '../../../shared/config.ts';
import { DEFAULT_POLICY } from '../../../shared/domain/policy.ts';
import { submitJob } from '../../../shared/usecases/submit/submit-job.ts';
import { startService, type Service } from '../service-fixture.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(async () => {
  await service?.stop();
});

const QUERY = new URLSearchParams('sendInvitationMessage=false');
const SETTINGS = readConfig({
  AZURE_TENANT_ID: '11111111-1111-4111-8111-111111111111',
  TableStorage__tableServiceUri: 'https://a.table.core.windows.net',
  ServiceBusConnection__fullyQualifiedNamespace: 'a.servicebus.windows.net',
});
/** A real deadline would take minutes; bytes that never come miss any. */
const HASTY = { ...SETTINGS, policy: { ...DEFAULT_POLICY, submitMaxSeconds: 0.05 } };

type Sent = Parameters<typeof incomingBody>[0];
const sent = (source: UnderlyingSource): Sent => ({
  headers: new Headers({ 'Content-Type': 'text/csv' }),
  query: QUERY,
  body: new ReadableStream(source),
});
/** A body that begins like this and then neither goes on nor ends. */
const stalled = (begin: string): Sent => sent({ start: (controller) => controller.enqueue(Buffer.from(begin)) });
const whole = (body: string): Sent =>
  sent({
    start: (controller) => {
      controller.enqueue(Buffer.from(body));
      controller.close();
    },
  });

const TOO_SLOW = {
  problem: { status: 408, code: 'submissionTooSlow', detail: expect.stringContaining('within 0.05 s') },
};
const submit = (request: Sent, config: typeof HASTY, idempotencyKey: string) =>
  submitJob(service.deps, { submitter: { id: 'caller' }, idempotencyKey, body: incomingBody(request, config, false) });

test.each([
  ['within a row', 'user\na@b.example\nb@'],
  ['between rows', 'user\na@b.example\n'],
  ['before the first byte', ''],
])('a body that stops %s is refused when its time is over, and its key is free again', async (_, begin) => {
  const key = `stops ${begin.length}`;
  const request = stalled(begin);
  await expect(submit(request, HASTY, key)).rejects.toMatchObject(TOO_SLOW);
  // Free for whoever drops the rest, so that the answer reaches its sender.
  expect(request.body?.locked).toBe(false);
  expect(await submit(whole('user\na@b.example\n'), SETTINGS, key)).toMatchObject({
    kind: 'accepted',
    job: { total: 1 },
  });
});

test('the repeat of a committed submission is refused in time too, and the body of a single reset', async () => {
  const accepted = await submit(whole('user\nz@b.example\n'), SETTINGS, 'repeated');
  expect(accepted.kind).toBe('accepted');
  await expect(submit(stalled('user\n'), HASTY, 'repeated')).rejects.toMatchObject(TOO_SLOW);
  await expect(guestBody(stalled('{'), HASTY, 'a@b.example')).rejects.toMatchObject(TOO_SLOW);
});

test('a body that never stops sending is refused as well', async () => {
  const endless = sent({ pull: (controller) => controller.enqueue(Buffer.from(' ')) });
  await expect(submit(endless, HASTY, 'endless')).rejects.toMatchObject(TOO_SLOW);
});
