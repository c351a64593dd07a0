import { expect, test } from 'vitest';
import { liftCutHold } from '../../../../shared/domain/pace/cut-hold.ts';
import { hold, NEW_PACE, type Pace } from '../../../../shared/domain/pace/pace.ts';
import { MOST_SECONDS } from '../../../../shared/domain/graph/retry-after.ts';
import { jobId, NOW, SECOND } from '../records.ts';

const cutUntil = NOW + MOST_SECONDS * SECOND;
const cut = (pace: Pace): Pace => hold(pace, cutUntil, NOW, 1e9);
/** Each timeline of a pace, with the same time. */
const timelines = (at: number): Partial<Pace> => ({
  nextFreeAt: at,
  nextReadAt: at,
  nextPriorityAt: at,
  jobs: { [jobId()]: { nextFreeAt: at, spent: NOW, nextTurnAt: at } },
});

test('a cut hold that is lifted brings every timeline behind it earlier by as much, and none before it', () => {
  const behind = { ...cut(NEW_PACE), ...timelines(cutUntil + SECOND) };
  expect(liftCutHold(behind, NOW)).toMatchObject({ heldUntil: 0, ...timelines(NOW + SECOND) });
  const before = { ...cut(NEW_PACE), ...timelines(cutUntil - SECOND) };
  expect(liftCutHold(before, NOW)).toMatchObject(timelines(cutUntil - SECOND));
});

test('a real wait from before stays, however often Graph asks for decades after it', () => {
  const real = hold(NEW_PACE, NOW + 60 * SECOND, NOW);
  expect(liftCutHold(cut(cut(real)), NOW).heldUntil).toBe(NOW + 60 * SECOND);
});
