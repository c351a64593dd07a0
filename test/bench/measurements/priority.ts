import { setTimeout as wait } from 'node:timers/promises';
import { generateTenant } from '../../../local/graph/tenant.ts';
import { csvOf, startGuestReset, submit, type JobAnswer } from '../guest-reset.ts';
import type { Figures, Measurement } from '../measurement.ts';
import type { Scale } from '../scale.ts';
import { machineClock } from '../stage-clock.ts';
import { SEED, Stage, type StageHost } from '../stage.ts';
import { quantile } from '../summary.ts';

const LATENCY = { minMs: 300, maxMs: 800 };
const SINGLES = { full: 40, quick: 3 };
const BULK = { full: 20_000, quick: 100 };
const ALONE = 'nothing else runs';
const WITH_BULK = 'a job of 20,000 runs';
/** The large job is under way by then. */
const HEAD_START_MS = 10_000;

export const priority: Measurement = {
  name: 'priority',
  title: 'One guest, while a large job runs',
  about:
    `Real time, each call to Graph takes ${LATENCY.minMs} to ${LATENCY.maxMs} ms, budgets refuse as documented. ` +
    `Single resets one after another, each from \`POST /api/guests/{id}/resets\` with \`Prefer: wait=30\` to its ` +
    'answer. ' +
    `Two calls to Graph are needed, so ${LATENCY.minMs + LATENCY.maxMs} ms on average are Graph's own. Where ` +
    'guests wait in one queue, as in (c), a single reset waits for all before it: for 20,000, at 20 a second, ' +
    'over a quarter of an hour.',
  columns: [ALONE, WITH_BULK],
  rows: [
    { name: 'resets' },
    { name: 'median', unit: 'ms', target: { column: WITH_BULK, atMost: 2_000 } },
    { name: '95th percentile', unit: 'ms', target: { column: WITH_BULK, atMost: 5_000 } },
    { name: 'longest', unit: 'ms' },
  ],
  async run(scale: Scale): Promise<Figures> {
    const bulk = scale.size(BULK.full, BULK.quick);
    const count = scale.isQuick ? SINGLES.quick : SINGLES.full;
    const figures: Record<string, Record<string, number>> = {};
    for (const [column, guests] of scale.some([
      [WITH_BULK, bulk],
      [ALONE, 0],
    ] as const)) {
      const times = await singles(guests, count, scale.isQuick ? 0 : HEAD_START_MS);
      const row = {
        resets: times.length,
        median: quantile(times, 0.5),
        '95th percentile': quantile(times, 0.95),
        longest: quantile(times, 1),
      };
      for (const [name, value] of Object.entries(row)) (figures[name] ??= {})[column] = value;
    }
    return figures;
  },
};

/** @returns milliseconds of each, ascending */
async function singles(bulk: number, count: number, headStartMs: number): Promise<number[]> {
  // The first one meets an instance that has done nothing yet.
  const warmUp = 1;
  const guests = bulk + warmUp + count;
  const stage = await Stage.start({
    clock: machineClock(),
    guests,
    throttle: 'documented',
    latency: LATENCY,
    isCounted: false,
  });
  try {
    const ids = generateTenant({ guests, seed: SEED }).guests.map(({ id }) => id);
    const host = await startGuestReset(stage);
    if (bulk > 0) {
      await submit(stage, host, csvOf(ids.slice(0, bulk)));
      await wait(headStartMs);
    }
    const times: number[] = [];
    for (const id of ids.slice(bulk)) times.push(await resetOne(stage, host, id));
    return times.slice(warmUp).toSorted((one, other) => one - other);
  } finally {
    await stage.stop();
  }
}

async function resetOne(stage: Stage, host: StageHost, id: string): Promise<number> {
  const startedAt = performance.now();
  const { status, text } = await stage.call(`${host.api}/guests/${id}/resets?sendInvitationMessage=true`, {
    method: 'POST',
    headers: { prefer: 'wait=30' },
  });
  if (status !== 200 || (JSON.parse(text) as JobAnswer).counts['succeeded'] !== 1)
    throw new Error(`a single reset was answered ${status}: ${text.slice(0, 500)}`);
  return performance.now() - startedAt;
}
