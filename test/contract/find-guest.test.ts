import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { findGuest } from '../../shared/usecases/find-guest.ts';
import { startService, type Service } from './service-fixture.ts';

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

test('where Graph refuses the look-up it is a 502', async () => {
  await fault({ kind: 'getUser', status: 403 });
  expect(await findGuest(service.deps, byUpn())).toMatchObject({
    problem: { status: 502, code: 'graphRefused', detail: expect.stringContaining('object id') },
  });
});
