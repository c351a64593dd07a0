/** Looks at guests a while after their reset, to annotate whether it shows. */
import type { Chunk } from '../domain/chunk.ts';
import { lookUpOf, readLookUp, type Found } from '../domain/look-up.ts';
import { annotate } from '../domain/reset-changes.ts';
import type { ResetRecord } from '../domain/reset.ts';
import { decideVerification } from '../domain/verification.ts';
import type { Deps } from './deps.ts';
import { isSilent, keepSilence } from './keep-silence.ts';

/** @returns the annotated resets, by row; none while Graph wants silence: the next visit comes when it is over */
export async function verifyGuests(deps: Pick<Deps, 'directory' | 'control' | 'policy' | 'clock' | 'log'>, chunk: Chunk): Promise<Map<number, ResetRecord>> {
  const now = deps.clock.now();
  const due = chunk.resets.filter(({ verifyAt }) => verifyAt !== undefined && verifyAt <= now);
  const changes = new Map<number, ResetRecord>();
  if (due.length === 0 || await isSilent(deps)) return changes;
  const lookUps = due.map(lookUpOf);
  const batch = await deps.directory.lookUp(lookUps);
  const found = lookUps.map((lookUp, position): Found => readLookUp(lookUp, batch, String(position)));
  await keepSilence(deps, found);
  for (const [position, record] of due.entries()) {
    const each = found[position];
    if (each !== undefined) changes.set(record.request.row, annotate(record, decideVerification(record, each, deps.policy, deps.clock.now())));
  }
  return changes;
}
