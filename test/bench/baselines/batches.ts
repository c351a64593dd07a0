/** Baseline (b): batches of twenty, one after another, nothing repeated. */
import type { Client } from '@microsoft/microsoft-graph-client';
import type { Said } from '../truth.ts';
import { connectGraph, invitationFor, lookUpPath, type Guest } from './graph.ts';

const BATCH = 20;

interface BatchAnswer {
  readonly responses: readonly { readonly id: string; readonly status: number; readonly body: unknown }[];
}

export async function batches(ids: readonly string[]): Promise<Map<string, Said>> {
  const graph = connectGraph({ retries: false });
  const said = new Map<string, Said>(ids.map((id) => [id, 'notDone']));
  for (let from = 0; from < ids.length; from += BATCH) {
    try {
      for (const id of await resetBatch(graph, ids.slice(from, from + BATCH))) said.set(id, 'done');
    } catch (error) {
      // The script goes on; to it, these twenty have failed.
      console.error(`batch at ${from}: ${String(error)}`);
    }
  }
  return said;
}

/** @returns whose invitation was answered with 201 */
async function resetBatch(graph: Client, ids: readonly string[]): Promise<string[]> {
  const found = await post(
    graph,
    ids.map((id) => ({ id, method: 'GET', url: lookUpPath(id) })),
  );
  const guests = found.responses.filter(({ status }) => status === 200).map(({ body }) => body as Guest);
  const headers = { 'Content-Type': 'application/json' };
  const invited = await post(
    graph,
    guests.map((guest) => ({ id: guest.id, method: 'POST', url: '/invitations', headers, body: invitationFor(guest) })),
  );
  return invited.responses.filter(({ status }) => status === 201).map(({ id }) => id);
}

const post = async (graph: Client, requests: readonly object[]): Promise<BatchAnswer> =>
  (await graph.api('/$batch').post({ requests })) as BatchAnswer;
