import { expect, test } from 'vitest';
import { withoutCappedWait } from '../../../../shared/domain/pace/capped-wait.ts';
import { NEW_PACE, type Pace } from '../../../../shared/domain/pace/pace.ts';
import { throttle } from '../../../../shared/domain/pace/throttling.ts';
import { MOST_SECONDS } from '../../../../shared/domain/graph/retry-after.ts';
import { jobId, NOW, SECOND } from '../records.ts';

const cutUntil = NOW + MOST_SECONDS * SECOND;
const cut = (pace: Pace): Pace => throttle(pace, cutUntil, NOW, 1e9);
/** Each timeline of a pace, with the same time. */
const timelines = (at: number): Partial<Pace> => ({
  nextFreeAt: at,
  nextReadAt: at,
  nextPriorityAt: at,
  jobs: { [jobId()]: { nextFreeAt: at, spent: NOW, nextTurnAt: at } },
});

test('a capped wait that is lifted brings every timeline behind it earlier by as much, and none before it', () => {
  const behind = { ...cut(NEW_PACE), ...timelines(cutUntil + SECOND) };
  expect(withoutCappedWait(behind, NOW)).toMatchObject({ throttledUntil: 0, ...timelines(NOW + SECOND) });
  const before = { ...cut(NEW_PACE), ...timelines(cutUntil - SECOND) };
  expect(withoutCappedWait(before, NOW)).toMatchObject(timelines(cutUntil - SECOND));
});

test('a capped wait that is lifted was a wait until then, and a real one is it to its end', () => {
  const [lifted, real] = [cut(NEW_PACE), throttle(cut(NEW_PACE), NOW + 60 * SECOND, NOW)].map((pace) =>
    withoutCappedWait(pace, NOW + 5 * SECOND),
  );
  expect([lifted?.waits, real?.waits]).toEqual([[[NOW, NOW + 5 * SECOND]], [[NOW, NOW + 60 * SECOND]]]);
});

test('a real wait from before stays, however often Graph asks for decades after it', () => {
  const real = throttle(NEW_PACE, NOW + 60 * SECOND, NOW);
  expect(withoutCappedWait(cut(cut(real)), NOW).throttledUntil).toBe(NOW + 60 * SECOND);
});
