/** Looks at guests a while after their reset, to annotate whether it shows. */
import type { Chunk } from '../domain/chunk.ts';
import { lookUpOf, readLookUp } from '../domain/look-up.ts';
import { annotate } from '../domain/reset-changes.ts';
import type { ResetRecord } from '../domain/reset.ts';
import { decideVerification } from '../domain/verification.ts';
import type { Deps } from './deps.ts';

/** @returns the annotated resets, by row */
export async function verifyGuests(deps: Pick<Deps, 'directory' | 'policy' | 'clock'>, chunk: Chunk): Promise<Map<number, ResetRecord>> {
  const now = deps.clock.now();
  const due = chunk.resets.filter(({ verifyAt }) => verifyAt !== undefined && verifyAt <= now);
  const changes = new Map<number, ResetRecord>();
  if (due.length === 0) return changes;
  const lookUps = due.map(lookUpOf);
  const batch = await deps.directory.lookUp(lookUps);
  for (const [position, record] of due.entries()) {
    const lookUp = lookUps[position];
    if (lookUp === undefined) continue;
    const step = decideVerification(record, readLookUp(lookUp, batch, String(position)), deps.policy, deps.clock.now());
    changes.set(record.request.row, annotate(record, step));
  }
  return changes;
}
