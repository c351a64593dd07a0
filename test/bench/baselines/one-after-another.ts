/**
 * Baseline (a): a loop over `Reset-MsIdExternalUser`. For each guest a look-up, then the invitation; an error is
 * printed, and on it goes.
 */
import type { Said } from '../truth.ts';
import { connectGraph, invitationFor, lookUpPath, type Guest } from './graph.ts';

export async function oneAfterAnother(ids: readonly string[]): Promise<Map<string, Said>> {
  const graph = connectGraph({ retries: true });
  const said = new Map<string, Said>();
  for (const id of ids) {
    try {
      const guest = (await graph.api(lookUpPath(id)).get()) as Guest;
      await graph.api('/invitations').post(invitationFor(guest));
      said.set(id, 'done');
    } catch {
      // All that such a script knows of an error is that there was one.
      said.set(id, 'notDone');
    }
  }
  return said;
}
