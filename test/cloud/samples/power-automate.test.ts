/**
 * Every request of `samples/power-automate/README.md`, sent as a custom connector would: by the description for
 * connectors alone, which the service gives of itself.
 */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Swagger, SwaggerOperation } from '../../parts/swagger-judge.ts';
import { startCloud, type TestCloud } from '../cloud.ts';
import { json, mailsByGuest } from '../jobs.ts';

const PAGE = readFileSync('samples/power-automate/README.md', 'utf8');
const ACCOUNT = '10000000-0000-4000-8000-00000000000f';
const MANAGER = '10000000-0000-4000-8000-00000000000a';

type Value = string | number | boolean;
interface Action {
  readonly operationId: string;
  readonly parameters: Readonly<Record<string, Value>>;
}
const [RESET, GET, CHECK, NOT_YET, NEXT] = [...PAGE.matchAll(/```json\n([^`]*)```/g)].map(
  ([, text = '']) => JSON.parse(text) as Action,
) as [Action, Action, Action, Action, Action];

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: {
    readonly id: string;
    readonly status: string;
    readonly code?: string;
    readonly check?: { readonly status: string };
    readonly resets?: readonly { readonly status: string; readonly code: string; readonly reference?: string }[];
    readonly value?: readonly { readonly row: number }[];
    readonly nextLink?: string;
  };
}

let cloud: TestCloud;
let swagger: Swagger & { readonly securityDefinitions: { readonly entra: { readonly scopes: object } } };
let guests: { readonly id: string; readonly userPrincipalName: string }[];

const token = async (oid: string, roles: readonly string[]): Promise<string> => {
  const body = JSON.stringify({ oid, roles });
  return (await json<{ access_token: string }>(`${cloud.graph}/_sim/token`, { method: 'POST', body })).body
    .access_token;
};

beforeAll(async () => {
  cloud = await startCloud({ guests: 40, auth: true });
  swagger = (await json<typeof swagger>(`${cloud.api}/openapi-v2.json`)).body;
  const users = (await (await fetch(`${cloud.graph}/_sim/users`)).json()) as ((typeof guests)[number] & {
    readonly creationType: string | null;
    readonly externalUserState: string | null;
    readonly roles: readonly string[];
    readonly mail: string | null;
  })[];
  guests = users.filter(
    ({ creationType, externalUserState, roles, mail }) =>
      creationType === 'Invitation' && externalUserState === 'Accepted' && roles.length === 0 && mail !== null,
  );
});
afterAll(async () => {
  await cloud.stop();
});

/** Where an operation is: path, method, and what it takes. */
function operationOf(operationId: string): { readonly path: string; readonly method: string } & SwaggerOperation {
  for (const [path, operations] of Object.entries(swagger.paths))
    for (const [method, operation] of Object.entries(operations))
      if (operation.operationId === operationId) return { path, method, ...operation };
  throw new Error(`The description has no operation ${operationId}.`);
}

/** What an action sends: its own parameters, and those that the description says are always sent. */
async function act({ operationId, parameters: said }: Action, roles = ['Submit'], oid = ACCOUNT): Promise<Answer> {
  const { path, method, parameters } = operationOf(operationId);
  const body = Object.entries(said).flatMap(([name, value]) =>
    name.startsWith('body/') ? [[name.slice('body/'.length), value]] : [],
  );
  const known = new Set(parameters.map(({ name }) => name));
  const unknown = Object.keys(said).filter((name) => !known.has(name.split('/')[0] ?? ''));
  if (unknown.length > 0) throw new Error(`${operationId} takes no ${unknown.join(', ')}.`);
  const { host, basePath, schemes } = swagger;
  let [where, query] = [path, new URLSearchParams()];
  const headers = new Headers({ authorization: `Bearer ${await token(oid, roles)}` });
  for (const { name, in: place, required, default: value } of parameters) {
    const sent = said[name] ?? (required ? value : undefined);
    if (sent === undefined && required) throw new Error(`${operationId} needs ${name}.`);
    if (sent === undefined) continue;
    if (place === 'path') where = where.replace(`{${name}}`, encodeURIComponent(String(sent)));
    if (place === 'query') query.set(name, String(sent));
    if (place === 'header') headers.set(name, String(sent));
  }
  if (body.length > 0) headers.set('content-type', 'application/json');
  const response = await fetch(`${schemes[0]}://${host}${basePath}${where}?${query}`, {
    method: method.toUpperCase(),
    headers,
    ...(body.length > 0 && { body: JSON.stringify(Object.fromEntries(body)) }),
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Answer['body'] };
}

/** The action with its expressions replaced by what they would be. An expression that is not named is an error. */
function filled({ operationId, parameters }: Action, values: Readonly<Record<string, string>>): Action {
  const parts = Object.entries(parameters).map(([name, value]) => {
    if (typeof value !== 'string' || !value.startsWith('@')) return [name, value] as const;
    const found = values[value];
    if (found === undefined) throw new Error(`What is ${value}?`);
    return [name, found] as const;
  });
  return { operationId, parameters: Object.fromEntries(parts) };
}

const RUN = "@workflow()?['run']?['name']";
const reset = (guest: string, run: string): Action => filled(RESET, { "@triggerBody()?['guest']": guest, [RUN]: run });
const get = (id: string): Action => filled(GET, { "@outputs('Reset_one_guest')?['body/id']": id });
const ofJob = (action: Action, id: string): Action => filled(action, { "@variables('job')": id });

const ENDS = ['completed', 'completedWithErrors', 'failed', 'canceled'];

/** `Do until`, with less of a delay. */
async function until(id: string, isDone: (body: Answer['body']) => boolean): Promise<Answer['body']> {
  for (let count = 0; count < 600; count++) {
    const { body } = await act(get(id));
    if (isDone(body)) return body;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`The job ${id} did not get there.`);
}

test('the description needs no sign-in, and says how a connection signs in', () => {
  expect(swagger.basePath).toBe('/api');
  expect(Object.keys(swagger.securityDefinitions.entra.scopes)).toEqual([
    'api://44444444-4444-4444-8444-444444444444/access_as_user',
    'offline_access',
  ]);
});

test('the flow resets a guest, waits for the end, and branches on what became of the guest', async () => {
  const [guest = { id: '', userPrincipalName: '' }] = guests;
  const answer = await act(reset(guest.id, '08584000000000000001'));
  expect([200, 202]).toContain(answer.status);
  const job = await until(answer.body.id, ({ status }) => ENDS.includes(status));
  expect(job).toMatchObject({ status: 'completed', reason: 'Flow: leavers' });
  expect(job.resets).toMatchObject([{ status: 'succeeded', code: 'reset', reference: '08584000000000000001' }]);
  expect((await mailsByGuest(cloud.graph)).get(guest.id)).toBe(1);
});

test('a request that the platform repeats is the same job and one mail; another run finds the guest reset', async () => {
  const [, guest = { id: '' }] = guests;
  const first = await act(reset(guest.id, 'run-2'));
  const again = await act(reset(guest.id, 'run-2'));
  expect([again.body.id, again.headers.get('idempotency-replayed')]).toEqual([first.body.id, 'true']);
  await until(first.body.id, ({ status }) => ENDS.includes(status));
  const other = await act(reset(guest.id, 'run-3'));
  const job = await until(other.body.id, ({ status }) => ENDS.includes(status));
  expect(job.resets).toMatchObject([{ status: 'skipped', code: 'resetRecently' }]);
  expect((await mailsByGuest(cloud.graph)).get(guest.id)).toBe(1);
});

test('a guest may be named by a UPN, which is encoded once on its way', async () => {
  const [, , guest = { id: '', userPrincipalName: '' }] = guests;
  expect(guest.userPrincipalName).toContain('#EXT#');
  const { body } = await act(reset(guest.userPrincipalName, 'run-4'));
  const job = await until(body.id, ({ status }) => ENDS.includes(status));
  expect(job.resets).toMatchObject([{ status: 'succeeded', guestId: guest.id }]);
});

test('later it asks who has redeemed, waits for the check, and reads page by page who has not', async () => {
  const users = guests.slice(3, 6).map(({ id }) => ({ user: id }));
  const headers = {
    authorization: `Bearer ${await token(ACCOUNT, ['Submit'])}`,
    'content-type': 'application/json',
    prefer: 'wait=60',
  };
  const body = JSON.stringify({ sendInvitationMessage: false, resets: users });
  const { id } = (await json<{ id: string }>(`${cloud.api}/jobs`, { method: 'POST', headers, body })).body;
  await until(id, ({ status }) => ENDS.includes(status));

  const early = await act(ofJob(NOT_YET, id));
  expect([early.status, early.body.code]).toEqual([409, 'notChecked']);
  expect((await act(ofJob(CHECK, id))).status).toBe(202);
  await until(id, ({ check }) => check?.status === 'completed');

  const pageOf = (action: Action): Action => ({ ...action, parameters: { ...action.parameters, pageSize: 2 } });
  const first = await act(pageOf(ofJob(NOT_YET, id)));
  const next = first.body.nextLink?.split('continuationToken=').at(-1) ?? '';
  const rest = "@last(split(outputs('Not_yet')?['body/nextLink'], 'continuationToken='))";
  const second = await act(pageOf(filled(NEXT, { "@variables('job')": id, [rest]: next })));
  const rows = [first, second].flatMap((page) => page.body.value ?? []).map(({ row }) => row);
  expect([rows, second.body.nextLink]).toEqual([[1, 2, 3], undefined]);
});

test('while the tenant is paused the action answers all the same, and the flow sees why until somebody resumes', async () => {
  const [guest = { id: '' }] = guests.slice(6);
  const manager = { method: 'POST', headers: { authorization: `Bearer ${await token(MANAGER, ['Manage'])}` } };
  expect((await fetch(`${cloud.api}/pause`, manager)).status).toBe(200);
  const { status, body } = await act(reset(guest.id, 'run-5'));
  expect(status).toBe(202);
  expect((await act(get(body.id))).body).toMatchObject({ status: 'paused', pausedReason: { code: 'pausedByHand' } });
  const early = await act(ofJob(CHECK, body.id));
  expect([early.status, early.body.code]).toEqual([409, 'jobNotEnded']);
  expect((await fetch(`${cloud.api}/resume`, manager)).status).toBe(200);
  expect((await until(body.id, (job) => ENDS.includes(job.status))).status).toBe('completed');
}, 120_000);

test.each([
  ['missingSendInvitationMessage', 400, (action: Action) => without(action, 'body/sendInvitationMessage'), ['Submit']],
  ['missingRole', 403, (action: Action) => action, []],
  ['jobNotFound', 404, () => get('7ybr1z9vj7e0mzpqmbtznnz118'), ['Submit']],
  ['idempotencyKeyReused', 422, (action: Action) => withParameter(action, 'reason', 'another'), ['Submit']],
] as const)('%s is what a failed action tells, with %i', async (code, status, change, roles) => {
  const [guest = { id: '' }] = guests.slice(7);
  const action = withParameter(reset(guest.id, 'run-6'), 'dryRun', true);
  if (code === 'idempotencyKeyReused') await act(action);
  const answer = await act(change(action), [...roles]);
  expect([answer.status, answer.body.code]).toEqual([status, code]);
  expect(PAGE).toContain(`\`${status}\` \`${code}\``);
});

const withParameter = (action: Action, name: string, value: Value): Action => ({
  ...action,
  parameters: { ...action.parameters, [name]: value },
});
const without = ({ operationId, parameters }: Action, name: string): Action => ({
  operationId,
  parameters: Object.fromEntries(Object.entries(parameters).filter(([each]) => each !== name)),
});
