import { setTimeout as wait } from 'node:timers/promises';
import { generateTenant } from '../../../local/graph/tenant.ts';
import { TABLE_STORES, type TableStore } from '../../../local/tables/store.ts';
import { csvOf, guestReset, readJob, startGuestReset, submit } from '../guest-reset.ts';
import type { Figures, Measurement } from '../measurement.ts';
import type { Scale } from '../scale.ts';
import { machineClock } from '../stage-clock.ts';
import { SEED, Stage } from '../stage.ts';
import { quantile } from '../summary.ts';
import { LATENCY } from '../watched-run.ts';

const SIZES = [1_000, 10_000, 100_000, 200_000].map((full) => ({
  full,
  quick: 60,
  column: `${full.toLocaleString('en-US')} guests`,
}));
const LOOKS = { full: 60, quick: 5 };
const PAUSE_MS = 250;
const ROWS: Readonly<Record<TableStore, { readonly median: string; readonly high: string }>> = {
  azurite: { median: `${guestReset.title}, median`, high: `${guestReset.title}, 95th percentile` },
  light: {
    median: `${guestReset.title}, light tables, median`,
    high: `${guestReset.title}, light tables, 95th percentile`,
  },
};

export const status: Measurement = {
  name: 'status',
  title: "Asking for a job's status while it runs",
  about:
    `${guestReset.title} only: the baselines have no status. Real time, the ordinary pace, ${LOOKS.full} ` +
    `requests of \`GET /api/jobs/{id}\` one after another. ` +
    "Azurite reads a whole table for each query: the larger the job, the more of the time is Azurite's. The rows " +
    'with light tables have ' +
    'the light table store in its place.',
  columns: SIZES.map(({ column }) => column),
  rows: [
    { name: 'guests' },
    ...Object.values(ROWS).flatMap(({ median, high }) =>
      [median, high].map((name) => ({ name, unit: 'ms', digits: 1 })),
    ),
  ],
  async run(scale: Scale): Promise<Figures> {
    const figures: Record<string, Record<string, number>> = {};
    for (const { full, quick, column } of scale.some(SIZES)) {
      const guests = scale.size(full, quick);
      const set = (name: string, value: number): void => {
        (figures[name] ??= {})[column] = value;
      };
      set('guests', guests);
      for (const store of TABLE_STORES) {
        const times = await lookAt(guests, scale.isQuick ? LOOKS.quick : LOOKS.full, store);
        set(ROWS[store].median, quantile(times, 0.5));
        set(ROWS[store].high, quantile(times, 0.95));
      }
    }
    return figures;
  },
};

/** @returns milliseconds of each look, ascending */
async function lookAt(guests: number, looks: number, store: TableStore): Promise<number[]> {
  const stage = await Stage.start({
    clock: machineClock(),
    guests,
    throttle: 'documented',
    store,
    latency: LATENCY,
    isCounted: false,
  });
  try {
    const host = await startGuestReset(stage);
    const { id } = await submit(
      stage,
      host,
      csvOf(generateTenant({ guests, seed: SEED }).guests.map((guest) => guest.id)),
    );
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
