/** Looks at guests a while after their reset, to annotate whether it shows. */
import type { Change, Changes, Chunk } from '../../domain/chunk/chunk.ts';
import { lookUpOf } from '../../domain/guest/look-up.ts';
import { annotate } from '../../domain/reset/notes.ts';
import { decideVerification } from '../../domain/reset/verification.ts';
import type { Deps } from '../deps.ts';
import { readThrottledUntil, lookUp } from '../throttling.ts';

/** @returns the annotations; none while Graph asks to wait: the next visit comes when it is over */
export async function verifyGuests(
  deps: Pick<Deps, 'directory' | 'control' | 'policy' | 'clock' | 'log' | 'measure'>,
  chunk: Chunk,
): Promise<Changes> {
  const now = deps.clock.now();
  const due = chunk.resets.filter(({ verifyAt }) => verifyAt !== undefined && verifyAt <= now);
  const changes = new Map<number, Change>();
  if (due.length === 0 || (await readThrottledUntil(deps)) !== undefined) return changes;
  const { found } = await lookUp(deps, due.map(lookUpOf));
  for (const [position, { request }] of due.entries()) {
    const each = found[position];
    // Who was asked to wait has said nothing about the guest, who stays due.
    if (each === undefined || (each.kind === 'failed' && each.class === 'throttled')) continue;
    changes.set(request.row, (record) =>
      annotate(record, decideVerification(record, each, deps.policy, deps.clock.now()), each),
    );
  }
  return changes;
}
