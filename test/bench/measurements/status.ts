import { setTimeout as wait } from 'node:timers/promises';
import { generateTenant } from '../../../local/graph/tenant.ts';
import { csvOf, guestReset, readJob, startGuestReset, submit } from '../guest-reset.ts';
import type { Figures, Measurement } from '../measurement.ts';
import type { Scale } from '../scale.ts';
import { machineClock } from '../stage-clock.ts';
import { SEED, Stage } from '../stage.ts';
import { quantile } from '../summary.ts';
import { LATENCY } from '../watched-run.ts';

const SIZES = [1_000, 10_000, 100_000, 200_000].map((full) => ({ full, quick: 60, column: `${full.toLocaleString('en-US')} guests` }));
const LOOKS = { full: 60, quick: 5 };
const PAUSE_MS = 250;

export const status: Measurement = {
  name: 'status',
  title: 'Asking for a job\'s status while it runs',
  about: `${guestReset.title} only: the baselines have no status. Real time, the ordinary pace, ${LOOKS.full} requests of \`GET /api/jobs/{id}\` one after another. `
    + 'The tables are Azurite, which reads a whole table for each query: the larger the job, the more of the time is Azurite\'s.',
  columns: SIZES.map(({ column }) => column),
  rows: [{ name: 'guests' }, { name: 'median', unit: 'ms', digits: 1 }, { name: '95th percentile', unit: 'ms', digits: 1 }],
  async run(scale: Scale): Promise<Figures> {
    const figures: Record<string, Record<string, number>> = {};
    for (const { full, quick, column } of scale.some(SIZES)) {
      const guests = scale.size(full, quick);
      const times = await lookAt(guests, scale.isQuick ? LOOKS.quick : LOOKS.full);
      const row = { guests, median: quantile(times, 0.5), '95th percentile': quantile(times, 0.95) };
      for (const [name, value] of Object.entries(row)) (figures[name] ??= {})[column] = value;
    }
    return figures;
  },
};

/** @returns milliseconds of each look, ascending */
async function lookAt(guests: number, looks: number): Promise<number[]> {
  const stage = await Stage.start({ clock: machineClock(), guests, throttle: 'documented', latency: LATENCY, isCounted: false });
  try {
    const host = await startGuestReset(stage);
    const { id } = await submit(stage, host, csvOf(generateTenant({ guests, seed: SEED }).guests.map((guest) => guest.id)));
    while (((await readJob(stage, host, id)).counts['succeeded'] ?? 0) === 0) await wait(PAUSE_MS);
    const times: number[] = [];
    for (let look = 0; look < looks; look++) {
      const startedAt = performance.now();
      await readJob(stage, host, id);
      times.push(performance.now() - startedAt);
      await wait(PAUSE_MS);
    }
    return times.toSorted((one, other) => one - other);
  } finally {
    await stage.stop();
  }
}
