import { describe, expect, test } from 'vitest';
import { paceView } from '../../../../shared/domain/api/pace-view.ts';
import { countOfDay } from '../../../../shared/domain/pace/day-count.ts';
import { NEW_PACE, type Pace } from '../../../../shared/domain/pace/pace.ts';
import { throttle } from '../../../../shared/domain/pace/throttling.ts';
import { OPEN_GATE, type Gate } from '../../../../shared/domain/stops/stop.ts';
import { NOW } from '../records.ts';

const RULES = { resetsPerSecond: 19.549_668 };
const SECOND = 1000;
const at = (seconds: number): string => new Date(NOW + seconds * SECOND).toISOString();
const view = (pace: Pace, afterSeconds = 0, rules: Parameters<typeof paceView>[2] = RULES, gate: Gate = OPEN_GATE) =>
  paceView(gate, pace, rules, NOW + afterSeconds * SECOND);
const throttledFor = (seconds: number, asked?: number): Pace => throttle(NEW_PACE, NOW + seconds * SECOND, NOW, asked);

test('a pace that nothing holds back goes as fast as it may, and says no more', () => {
  expect(view(NEW_PACE)).toEqual({ perSecond: 19.55, limitPerSecond: 19.55 });
});

describe('where Graph asked to wait', () => {
  test('nothing is sent until then, and then more slowly until the full rate is back', () => {
    const pace = throttledFor(30);
    expect(view(pace, 10)).toEqual({
      perSecond: 0,
      limitPerSecond: 19.55,
      throttledUntil: at(30),
      fullRateAt: at(630),
      lastWait: { from: at(0), until: at(30) },
      note: expect.stringContaining(at(30)),
    });
    expect(view(pace, 30)).toMatchObject({ perSecond: 13.68, fullRateAt: at(630) });
    expect(view(pace, 330)).toMatchObject({ perSecond: 16.62, note: expect.stringContaining('85 %') });
    expect(view(pace, 30)).not.toHaveProperty('throttledUntil');
  });
  test('the last wait is told also when all goes as fast as before', () => {
    const again = throttle(throttledFor(30), NOW + 200 * SECOND, NOW + 100 * SECOND);
    expect(view(again, 86_400)).toEqual({
      perSecond: 19.55,
      limitPerSecond: 19.55,
      lastWait: { from: at(100), until: at(200) },
    });
  });
  test('a wait longer than counts is told with the time that was asked for, and what lifts it', () => {
    expect(view(throttledFor(3_600, 86_400), 10)).toMatchObject({
      throttledUntil: at(3_600),
      askedToWaitUntil: at(86_400),
      note: expect.stringContaining('POST /api/resume'),
    });
  });
  test.each([1e15, Number.MAX_VALUE])('a time that no date has (%d s) is left out, and nothing is sent', (seconds) => {
    const said = view({ ...NEW_PACE, throttledUntil: seconds * SECOND });
    expect([said['perSecond'], said['throttledUntil']]).toEqual([0, undefined]);
    expect(said['note']).toContain('Graph throttles');
  });
});

test('while the tenant is stopped nothing is sent', () => {
  const gate: Gate = { ...OPEN_GATE, stop: { code: 'pausedByHand', message: 'Paused.', since: NOW } };
  expect(view(NEW_PACE, 0, RULES, gate)).toEqual({ perSecond: 0, limitPerSecond: 19.55 });
});

describe('a daily cap', () => {
  const rules = { ...RULES, maxInvitationsPerDay: 100 };
  const of = (count: number): Pace => ({ ...NEW_PACE, day: countOfDay({}, count, NOW) });
  test('is told with what counts against it', () => {
    expect(view(NEW_PACE, 0, rules)['lastDay']).toEqual({ invitations: 0, limit: 100 });
    expect(view(of(40), 0, rules)).toMatchObject({ perSecond: 19.55, lastDay: { invitations: 40, limit: 100 } });
  });
  test('that is used up lets nothing go until the first of it is a day old', () => {
    for (const used of [100, 140]) {
      const { perSecond, lastDay } = view(of(used), 0, rules) as { perSecond: number; lastDay: { moreAt: string } };
      expect([perSecond, lastDay]).toEqual([0, { invitations: used, limit: 100, moreAt: lastDay.moreAt }]);
      expect(Date.parse(lastDay.moreAt) - NOW).toBeGreaterThan(24 * 3_600_000);
      expect(view(of(used), (Date.parse(lastDay.moreAt) - NOW) / SECOND, rules)).toMatchObject({
        perSecond: 19.55,
        lastDay: { invitations: 0 },
      });
    }
  });
  test('that is none is not told of, whatever was counted before', () => {
    expect(view(of(40))).not.toHaveProperty('lastDay');
  });
});
