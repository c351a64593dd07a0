import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { problemResponse } from '../../../shared/entry/http/answers/respond.ts';
import { findGuest, lookUpGuest } from '../../../shared/usecases/jobs/find-guest.ts';
import { throttlePaceFor } from '../../../shared/usecases/throttling.ts';
import { startService, type Service } from '../service-fixture.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterEach(async () => {
  await service.graph.sim('DELETE', '/faults');
});
afterAll(async () => {
  await service?.stop();
});

const fault = async (what: object): Promise<void> => {
  expect((await service.graph.sim('POST', '/faults', what)).status).toBe(201);
};
const requests = async (): Promise<number> =>
  ((await service.graph.sim('GET', '/stats')).body as { requests: { total: number } }).requests.total;
const byUpn = () => ({ by: 'userPrincipalName', value: service.graph.guest('Accepted').userPrincipalName }) as const;

test('an object id needs no look-up, so it is taken while Graph is away; a UPN is looked up', async () => {
  const { id } = service.graph.guest('Accepted');
  expect(await findGuest(service.deps, byUpn())).toEqual({ id });
  await fault({ kind: 'batch', act: 'drop', times: 5 });
  expect(await findGuest(service.deps, { by: 'id', value: id })).toEqual({ id });
});

test('while Graph does not answer, somebody named otherwise is a 503 that tells how to do without it', async () => {
  await fault({ kind: 'batch', act: 'drop', times: 5 });
  expect(await findGuest(service.deps, byUpn())).toMatchObject({
    problem: { status: 503, code: 'graphUnavailable', detail: expect.stringContaining('object id') },
  });
});

test('an error inside Graph is no refusal: it is a 503, for the same request can succeed', async () => {
  await fault({ kind: 'getUser', status: 500 });
  expect(await findGuest(service.deps, byUpn())).toMatchObject({ problem: { status: 503, code: 'graphUnavailable' } });
});

test('where Graph refuses the look-up it is a 502', async () => {
  await fault({ kind: 'getUser', status: 403 });
  expect(await findGuest(service.deps, byUpn())).toMatchObject({
    problem: { status: 502, code: 'graphRefused', detail: expect.stringContaining('object id') },
  });
});

test('whoever is looked up in any case, as for an erasure, is not told to name the object id instead', async () => {
  for (const [what, code] of [
    [{ kind: 'batch', act: 'drop', times: 5 }, 'graphUnavailable'],
    [{ kind: 'getUser', status: 403 }, 'graphRefused'],
  ] as const) {
    await fault(what);
    const found = await lookUpGuest(service.deps, byUpn());
    expect(found).toMatchObject({ problem: { code, detail: expect.not.stringContaining('object id') } });
    await service.graph.sim('DELETE', '/faults');
  }
});

test('while Graph asks to wait nobody is looked up: the answer is a 503 that says how long to wait', async () => {
  await throttlePaceFor(service.deps, [{ seconds: 40 }]);
  const before = await requests();
  expect(await findGuest(service.deps, byUpn())).toMatchObject({
    problem: { status: 503, code: 'graphUnavailable', retryAfterSeconds: expect.closeTo(40, -1) },
  });
  const { id } = service.graph.guest('Accepted');
  expect(await findGuest(service.deps, { by: 'id', value: id })).toEqual({ id });
  expect(await requests()).toBe(before);
  service.advance(41);
  expect(await findGuest(service.deps, byUpn())).toEqual({ id });
});

test('a look-up that is throttled makes everybody wait, and passes the wait on', async () => {
  await fault({ kind: 'getUser', status: 429, retryAfter: 30 });
  const found = await findGuest(service.deps, byUpn());
  expect(found).toMatchObject({ problem: { status: 503, retryAfterSeconds: 30 } });
  expect((await service.deps.control.read()).pace.throttledUntil).toBeGreaterThan(service.now() + 25_000);
  service.advance(31);
  if (!('problem' in found)) throw new Error('a problem was expected');
  expect(problemResponse(found.problem, { traceId: 'trace', api: '/api' }).headers).toMatchObject({
    'Retry-After': '30',
  });
});
