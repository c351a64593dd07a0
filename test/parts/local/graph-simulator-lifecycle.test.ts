/** Lifecycle Workflows in the simulator: who may resume a task, with what, how often and until when. */
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { graphToken, startTestGraph, type Reply, type TestGraph } from './graph-simulator-calls.ts';

const FOLDER = 'samples/lifecycle-workflows';
const APP = '80000000-0000-4000-8000-000000000002';
const EXTENSION = JSON.parse(
  readFileSync(`${FOLDER}/custom-task-extension.json`, 'utf8')
    .replace('<subscription id>', '11111111-1111-4111-8111-111111111111')
    .replace('<client id of the logic app>', APP),
) as { readonly callbackConfiguration: object };
const LIFECYCLE = '/v1.0/identityGovernance/lifecycleWorkflows';
const COMPLETED = { source: 'test', type: 'lifecycleEvent', data: { operationStatus: 'Completed' } };

let graph: TestGraph;
let administrator: Record<string, string>;
let path = '';

const created = (reply: Reply): string => {
  expect(reply.status).toBe(201);
  return (reply.body as { id: string }).id;
};
const told = async (): Promise<{ readonly callouts: readonly object[]; readonly results: readonly object[] }> =>
  (await graph.sim('GET', '/lifecycleWorkflows')).body as never;

beforeEach(async () => {
  graph = await startTestGraph();
  const { access_token } = (
    await graph.sim('POST', '/administrators', { name: 'ada', roles: ['Lifecycle Workflows Administrator'] })
  ).body as { access_token: string };
  administrator = { authorization: `Bearer ${access_token}` };
  const value = created(await graph.call('POST', `${LIFECYCLE}/customTaskExtensions`, EXTENSION, administrator));
  const workflow = JSON.parse(
    readFileSync(`${FOLDER}/workflow.json`, 'utf8').replace('<id of the extension>', value),
  ) as object;
  const id = created(await graph.call('POST', `${LIFECYCLE}/workflows`, workflow, administrator));
  const body = { subjects: [{ id: graph.guest().id }] };
  await graph.call('POST', `${LIFECYCLE}/workflows/${id}/activate`, body, administrator);
  const [callout] = (await told()).callouts as readonly { readonly body: { data: { callbackUriPath: string } } }[];
  path = callout?.body.data.callbackUriPath ?? '';
});
afterEach(() => graph.simulator.close());

async function tokenFor(appId: string): Promise<Record<string, string>> {
  const query = new URLSearchParams({
    resource: 'https://graph.microsoft.com',
    'api-version': '2019-08-01',
    client_id: appId,
  });
  const headers = { 'X-IDENTITY-HEADER': 'local' };
  const response = await fetch(`${graph.simulator.url}/_sim/identity/token?${query.toString()}`, { headers });
  return { authorization: `Bearer ${((await response.json()) as { access_token: string }).access_token}` };
}
const resume = async (body: object = COMPLETED, appId = APP, version = 'v1.0'): Promise<number> =>
  (await graph.call('POST', `/${version}${path}`, body, await tokenFor(appId))).status;

test.each(['v1.0', 'beta'])('an application that the extension names resumes its task once, in %s', async (version) => {
  expect(await resume(COMPLETED, APP, version)).toBe(204);
  expect(await resume(COMPLETED, APP, version)).toBe(400);
  expect((await told()).results).toEqual([
    expect.objectContaining({ processingStatus: 'completed', resumedBy: APP, subjectId: graph.guest().id }),
  ]);
});

test('another one may not, unless it has the permission, and the app has it only where it was granted', async () => {
  const other = '80000000-0000-4000-8000-00000000000f';
  const app = { authorization: `Bearer ${await graphToken(graph.simulator.url)}` };
  const byTheApp = async (): Promise<number> => (await graph.call('POST', `/v1.0${path}`, COMPLETED, app)).status;
  expect([await resume(COMPLETED, other), await byTheApp()]).toEqual([403, 403]);
  await graph.sim('POST', '/permissions', { 'LifecycleWorkflows.ReadWrite.All': true });
  expect([await resume(COMPLETED, other), await byTheApp()]).toEqual([403, 204]);
});

test.each([
  {},
  { ...COMPLETED, type: 'other' },
  { ...COMPLETED, source: undefined },
  { ...COMPLETED, more: 1 },
  { ...COMPLETED, data: {} },
  { ...COMPLETED, data: { operationStatus: 'Skipped' } },
  { ...COMPLETED, data: { operationStatus: 'Failed', reason: 'x' } },
])('a body that is none is refused and changes nothing: %j', async (body) => {
  expect(await resume(body)).toBe(400);
  expect((await told()).results).toMatchObject([{ processingStatus: 'inProgress' }]);
});

test('whoever is not answered within the time-out has failed, and an answer comes too late', async () => {
  await graph.sim('POST', '/clock', { advanceSeconds: 3590 });
  expect((await told()).results).toMatchObject([{ processingStatus: 'inProgress' }]);
  await graph.sim('POST', '/clock', { advanceSeconds: 20 });
  expect(await resume()).toBe(400);
  expect((await told()).results).toMatchObject([{ processingStatus: 'failed' }]);
});

test('what is not there is not found', async () => {
  path = path.replace(/taskProcessingResults\/[^/]+/, 'taskProcessingResults/80000000-0000-4000-8000-00000000000e');
  expect(await resume()).toBe(404);
});

test.each([
  { timeoutDuration: 'PT5M' },
  { timeoutDuration: 'PT4H' },
  { authorizedApps: ['x'] },
  { durationBeforeTimeout: 'PT1H' },
])('an extension with %j is refused', async (changes) => {
  const callbackConfiguration = { ...EXTENSION.callbackConfiguration, ...changes };
  const body = { ...EXTENSION, callbackConfiguration };
  expect((await graph.call('POST', `${LIFECYCLE}/customTaskExtensions`, body, administrator)).status).toBe(400);
});

test('only an administrator of them sets them up, and an application never does', async () => {
  expect((await graph.call('POST', `${LIFECYCLE}/customTaskExtensions`, EXTENSION)).status).toBe(403);
});
