/** Looks at guests a while after their reset, to annotate whether it shows. */
import type { Chunk } from '../../domain/chunk/chunk.ts';
import { lookUpOf } from '../../domain/guest/look-up.ts';
import { annotate } from '../../domain/reset/notes.ts';
import type { ResetRecord } from '../../domain/reset/reset.ts';
import { decideVerification } from '../../domain/reset/verification.ts';
import type { Deps } from '../deps.ts';
import { silentUntil, lookUp } from './keep-silence.ts';

/** @returns the annotated resets, by row; none while Graph wants silence: the next visit comes when it is over */
export async function verifyGuests(
  deps: Pick<Deps, 'directory' | 'control' | 'policy' | 'clock' | 'log'>,
  chunk: Chunk,
): Promise<Map<number, ResetRecord>> {
  const now = deps.clock.now();
  const due = chunk.resets.filter(({ verifyAt }) => verifyAt !== undefined && verifyAt <= now);
  const changes = new Map<number, ResetRecord>();
  if (due.length === 0 || (await silentUntil(deps)) !== undefined) return changes;
  const { found } = await lookUp(deps, due.map(lookUpOf));
  for (const [position, record] of due.entries()) {
    const each = found[position];
    // Who was asked to wait has said nothing about the guest, who stays due.
    if (each !== undefined && !(each.kind === 'failed' && each.class === 'throttled'))
      changes.set(
        record.request.row,
        annotate(record, decideVerification(record, each, deps.policy, deps.clock.now()), each),
      );
  }
  return changes;
}
