/** What Azure is for a logic app of a sample: its identity, the names it reaches others by, and time that flies. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Platform, Sent } from '../../logic-apps/http-action.ts';
import type { TestCloud } from '../cloud.ts';

/** Of the app registration that the local cloud asks tokens for. */
export const API_AUDIENCE = 'api://44444444-4444-4444-8444-444444444444';
const GRAPH = 'https://graph.microsoft.com';
/** Longest real wait; what a run believes to have waited is as long as it asked for. */
const MOST_MS = 40;

export interface LogicApp {
  /** Object id of the managed identity, and its client id. */
  readonly objectId: string;
  readonly clientId: string;
  /** App roles of the API. */
  readonly roles: readonly string[];
}

/** The platform around the runs of one logic app; `changes` are what a test does to it. */
export function azureOf(
  cloud: Pick<TestCloud, 'graph'>,
  { objectId, clientId, roles }: LogicApp,
  changes: Partial<Platform> = {},
): Platform {
  return {
    send: (request) => sendTo(cloud.graph, request),
    tokenFor: async (audience) => {
      if (audience === GRAPH) return graphToken(cloud.graph, clientId);
      const claims = { aud: audience.replace(/^api:\/\//, ''), appid: clientId };
      const body = JSON.stringify({ oid: objectId, idtyp: 'app', roles, claims });
      return tokenIn(await fetch(`${cloud.graph}/_sim/token`, { method: 'POST', body }));
    },
    wait: (seconds) => sleep(Math.min(seconds * 1000, MOST_MS)),
    wrapsOtherJson: false,
    ...changes,
  };
}

/** Graph has its real name in the files. */
export const sendTo = (graph: string, { url, ...request }: Sent): Promise<Response> =>
  fetch(url.startsWith(`${GRAPH}/`) ? url.replace(GRAPH, graph) : url, request);

async function graphToken(graph: string, clientId: string): Promise<string> {
  const query = new URLSearchParams({ resource: GRAPH, 'api-version': '2019-08-01', client_id: clientId });
  const headers = { 'X-IDENTITY-HEADER': 'local' };
  return tokenIn(await fetch(`${graph}/_sim/identity/token?${query.toString()}`, { headers }));
}

/** How many jobs the logic app has submitted, as somebody tells who sees them all. */
export async function jobsBy(cloud: Pick<TestCloud, 'graph' | 'api'>, { objectId }: LogicApp): Promise<number> {
  const body = JSON.stringify({ oid: '60000000-0000-4000-8000-000000000001', roles: ['Read'] });
  const token = await tokenIn(await fetch(`${cloud.graph}/_sim/token`, { method: 'POST', body }));
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(`${cloud.api}/jobs?pageSize=100&submittedBy=${objectId}`, { headers });
  return ((await answer.json()) as { readonly value: readonly object[] }).value.length;
}

const tokenIn = async (response: Response): Promise<string> =>
  ((await response.json()) as { readonly access_token: string }).access_token;
