/** What waits for the exporters, and what becomes of it when these fail. */
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { lateTelemetry, type Exporting } from '../../../shared/adapters/telemetry/late-telemetry.ts';
import { inSpan, type Span } from '../../../shared/adapters/telemetry/span.ts';

/** Takes all, and notes what it got. */
function taker(more: Partial<Exporting> = {}): { readonly exporting: Exporting; readonly got: string[] } {
  const got: string[] = [];
  return {
    got,
    exporting: {
      span: ({ name }) => void got.push(name),
      measure: (metric, value) => void got.push(`${metric} ${value}`),
      shutdown: async () => void got.push('shutdown'),
      ...more,
    },
  };
}
const oneSpan = (hand: (span: Span) => void, name = 'work'): Promise<void> =>
  inSpan({ name, kind: 'internal', attributes: {} }, hand, () => undefined);

describe('telemetry', () => {
  test('that nobody wants keeps nothing and loads nothing', async () => {
    const telemetry = lateTelemetry({ isWanted: () => false, load: () => Promise.reject(new Error('loaded')) });
    await oneSpan(telemetry.span);
    telemetry.invocationEnded();
    await telemetry.end();
    expect(telemetry.isOn()).toBe(false);
  });
  test('loads its exporters after the first invocation has ended and not before, and loses nothing', async () => {
    const { exporting, got } = taker();
    let loads = 0;
    const telemetry = lateTelemetry({
      isWanted: () => true,
      load: async () => (loads++, exporting),
      loadAfterMs: 1,
    });
    await oneSpan(telemetry.span);
    telemetry.measure('attempts', 3);
    await wait(20);
    expect(loads).toBe(0);
    telemetry.invocationEnded();
    telemetry.invocationEnded();
    await expect.poll(() => got).toEqual(['work', 'attempts 3']);
    await oneSpan(telemetry.span, 'more');
    expect([loads, got.at(-1)]).toEqual([1, 'more']);
  });
  test('is sent at the end, although the exporters were not loaded before', async () => {
    const { exporting, got } = taker();
    const telemetry = lateTelemetry({ isWanted: () => true, load: async () => exporting });
    await oneSpan(telemetry.span);
    await telemetry.end();
    expect(got).toEqual(['work', 'shutdown']);
  });
  test('that cannot be sent does not keep the app from ending', async () => {
    const { exporting } = taker({ shutdown: () => new Promise(() => undefined) });
    const telemetry = lateTelemetry({ isWanted: () => true, load: async () => exporting, endWithinMs: 50 });
    const began = performance.now();
    await telemetry.end();
    expect(performance.now() - began).toBeLessThan(1_000);
  });
  test.each([
    ['cannot be loaded', () => Promise.reject(new Error('bad connection string'))],
    [
      'throw',
      async () =>
        taker({
          span: () => {
            throw new Error('full');
          },
          shutdown: () => Promise.reject(new Error('late')),
        }).exporting,
    ],
  ])('whose exporters %s fails nobody', async (_how, load: () => Promise<Exporting>) => {
    const telemetry = lateTelemetry({ isWanted: () => true, load, loadAfterMs: 0 });
    await oneSpan(telemetry.span);
    telemetry.invocationEnded();
    await wait(20);
    await oneSpan(telemetry.span);
    await expect(telemetry.end()).resolves.toBeUndefined();
  });
  test('keeps no more than a start can have made', async () => {
    const { exporting, got } = taker();
    const telemetry = lateTelemetry({ isWanted: () => true, load: async () => exporting });
    for (let count = 0; count < 10_000; count++) telemetry.measure('attempts', 1);
    await telemetry.end();
    expect(got.length).toBe(5_000 + 1);
  });
});

describe('a span', () => {
  test('tells its parent, and that it has failed, and has no words of an error', async () => {
    const spans: Span[] = [];
    const hand = (span: Span): void => void spans.push(span);
    const outer = inSpan({ name: 'outer', kind: 'internal', attributes: {} }, hand, () =>
      inSpan({ name: 'inner', kind: 'client', attributes: { kind: 'x' } }, hand, () =>
        Promise.reject(new Error('anna@fabrikam.example')),
      ),
    );
    await expect(outer).rejects.toThrow('anna');
    const [inner, around] = spans;
    expect(inner).toMatchObject({ name: 'inner', parent: around?.context, failed: true });
    expect(inner?.attributes).toEqual({ 'guest_reset.kind': 'x' });
    expect(JSON.stringify(spans)).not.toContain('@');
  });
});
