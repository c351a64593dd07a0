import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isOwnChange, recentChange } from '../../../../shared/domain/reset/recent-state.ts';
import { jobId, NOW, SECOND, WINDOW } from '../records.ts';

const HOUR = 3_600 * SECOND;
const changed = (at: number) => ({
  externalUserState: 'PendingAcceptance',
  externalUserStateChangeDateTime: new Date(at).toISOString(),
});

test.each([
  ['within the hours', -HOUR, {}, true],
  ['before them', -25 * HOUR, {}, false],
  ['since', SECOND, { skipIfResetWithinHours: 0 }, true],
  ['a few seconds before, which clocks may be apart', -14 * SECOND, { skipIfResetWithinHours: 0 }, true],
  ['longer before', -15 * SECOND, { skipIfResetWithinHours: 0 }, false],
  ['just before a rehearsal', -SECOND, { skipIfResetWithinHours: 0, isDryRun: true }, false],
])('a change %s', (_when, offset, more, isRecent) => {
  const at = recentChange(changed(NOW + offset), { ...WINDOW, ...more });
  expect(at).toBe(isRecent ? NOW + offset : undefined);
});

test('a state without a time of its change tells nothing', () => {
  for (const externalUserStateChangeDateTime of [null, 'soon'])
    expect(recentChange({ externalUserState: 'Accepted', externalUserStateChangeDateTime }, WINDOW)).toBeUndefined();
});

test('the clock of Graph may be anywhere: only the time between change and look counts', () => {
  fc.assert(
    fc.property(fc.integer({ min: -(2 ** 40), max: 2 ** 40 }), fc.integer({ min: 0, max: 48 * HOUR }), (apart, ago) => {
      const by = (graph: number) => recentChange(changed(graph - ago), { ...WINDOW, lookedAt: { graph, own: NOW } });
      expect(by(NOW + apart)).toBe(by(NOW));
    }),
  );
});

test('what a success of our own has made is told from what came later', () => {
  const success = { jobId: jobId(), at: NOW };
  expect([isOwnChange(NOW - SECOND, success), isOwnChange(NOW + 15 * SECOND, success)]).toEqual([true, false]);
  expect(isOwnChange(NOW, undefined)).toBe(false);
});
