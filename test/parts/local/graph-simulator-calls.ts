/** Starts a simulator for a test and calls it over a real socket, without any SDK. */
import * as z from 'zod';
import { startGraphSimulator, type GraphSimulator, type SimulatorOptions } from '../../../local/graph/simulator.ts';
import type { DirectoryUser } from '../../../local/graph/directory.ts';
import type { SpecialCategory } from '../../../local/graph/special-users.ts';
import { generateTenant, type Tenant } from '../../../local/graph/tenant.ts';

export const SEED = 7;

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  /** undefined when there was none. */
  readonly body: unknown;
}

export interface TestGraph {
  readonly simulator: GraphSimulator;
  readonly tenant: Tenant;
  /** A call with a token. `path` begins with the version. */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>;
  /** A call of the control plane. */
  sim(method: string, path: string, body?: unknown): Promise<Reply>;
  invite(body: object): Promise<Reply>;
  batch(requests: readonly object[]): Promise<Reply>;
  /** The record as it is now. */
  user(id: string): DirectoryUser;
  special(category: SpecialCategory): DirectoryUser;
  /** A guest whose state is that, the n-th one. */
  guest(state?: DirectoryUser['externalUserState'], index?: number): DirectoryUser;
}

export async function startTestGraph(options: Partial<SimulatorOptions> = {}): Promise<TestGraph> {
  const simulator = await startGraphSimulator({ port: 0, guests: 40, seed: SEED, ...options });
  const tenant = generateTenant({ guests: 40, seed: SEED, ...options });
  const token = await graphToken(simulator.url);

  const call: TestGraph['call'] = (method, path, body, headers = {}) =>
    request(method, `${simulator.url}${path}`, body, { authorization: `Bearer ${token}`, ...headers });
  return {
    simulator,
    tenant,
    call,
    sim: (method, path, body) => request(method, `${simulator.url}/_sim${path}`, body, {}),
    invite: (body) => call('POST', '/v1.0/invitations', body),
    batch: (requests) => call('POST', '/v1.0/$batch', { requests }),
    user: (id) => required(simulator.directory.get(id), `user ${id}`),
    special: (category) =>
      required(
        tenant.special.find((each) => each.category === category),
        category,
      ).user,
    guest: (state = 'Accepted', index = 0) =>
      required(tenant.guests.filter((each) => each.externalUserState === state)[index], `guest ${state}`),
  };
}

export async function graphToken(url: string, resource = 'https://graph.microsoft.com'): Promise<string> {
  const reply = await request(
    'GET',
    `${url}/_sim/identity/token?api-version=2019-08-01&resource=${resource}`,
    undefined,
    { 'x-identity-header': 'local' },
  );
  return z.object({ access_token: z.string() }).parse(reply.body).access_token;
}

export async function request(
  method: string,
  url: string,
  body: unknown,
  headers: Record<string, string>,
): Promise<Reply> {
  const content = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
  const response = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...content,
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) };
}

/** The body of a reset, complete. */
export function resetBody(user: DirectoryUser, changes: object = {}): object {
  return {
    invitedUserEmailAddress: user.mail,
    inviteRedirectUrl: 'https://myapps.example',
    sendInvitationMessage: false,
    invitedUser: { id: user.id },
    resetRedemption: true,
    ...changes,
  };
}

export function required<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new Error(`There is no ${what}.`);
  return value;
}
