import { randomUUID } from 'node:crypto';
import type { TableStore } from '../../../local/tables/store.ts';
import { plainFunctions, startPlainFunctions, submitPlain } from '../baselines/tools.ts';
import { csvOf, guestReset, startGuestReset, submit } from '../guest-reset.ts';
import type { Figures, Measurement } from '../measurement.ts';
import { forgetPeak, memoryMb } from '../process-usage.ts';
import type { Scale } from '../scale.ts';
import { machineClock } from '../stage-clock.ts';
import { Stage, type StageHost } from '../stage.ts';

const ours = guestReset.title;
const lightly = `${ours}, light tables`;
const theirs = plainFunctions.title;
const batched = '(c), sending in batches';
const SIZES = [1_000, 10_000, 100_000].map((full) => ({
  full,
  quick: 100,
  column: `${full.toLocaleString('en-US')} rows`,
}));
const WARM_UP_ROWS = 20;
const LATER_MS = 24 * 3_600_000;
const LARGEST = '100,000 rows';

export const submission: Measurement = {
  name: 'submit',
  title: 'Submitting a CSV',
  about:
    'Real time, from the request to its 202, and the most memory that the receiving process had meanwhile ' +
    '(`VmHWM`), for a process that has taken one small submission before. ' +
    'The jobs start a day later, so that receiving is all the host does; (c) sends to a queue nobody listens to. ' +
    '(c) sends each message by itself, as an output binding does for each item of an array; beside it the same ' +
    'with filled batches. ' +
    `"${lightly}" is the same with the light table store in place of Azurite, so the difference is Azurite's share. ` +
    'What (c) leaves out: it checks nothing, remembers nothing, and a request that fails half-way has sent half ' +
    'of its messages.',
  columns: SIZES.map(({ column }) => column),
  rows: [
    { name: 'rows' },
    { name: ours, unit: 's', digits: 2, target: { column: LARGEST, atMost: 10 } },
    { name: `${ours}, peak memory`, unit: 'MB', target: { column: LARGEST, atMost: 250 } },
    { name: lightly, unit: 's', digits: 2 },
    { name: `${lightly}, peak memory`, unit: 'MB' },
    { name: theirs, unit: 's', digits: 2 },
    { name: `${theirs}, peak memory`, unit: 'MB' },
    { name: batched, unit: 's', digits: 2 },
    { name: 'times faster than (c)', unit: '×', digits: 1, target: { column: LARGEST, atLeast: 10 } },
  ],
  run: runSubmissions,
};

async function runSubmissions(scale: Scale): Promise<Figures> {
  const figures: Record<string, Record<string, number>> = {};
  for (const { full, quick, column } of scale.some(SIZES)) {
    const rows = scale.size(full, quick);
    const own = await measure(startGuestReset, submitForLater, rows);
    const light = await measure(startGuestReset, submitForLater, rows, 'light');
    const each = await measure(startPlain, submitPlain, rows);
    const inBatches = await measure(
      startPlain,
      (stage, host, ids) => submitPlain(stage, host, ids, '?send=batched'),
      rows,
    );
    const row = {
      rows,
      [ours]: own.seconds,
      [`${ours}, peak memory`]: own.peakMb,
      [lightly]: light.seconds,
      [`${lightly}, peak memory`]: light.peakMb,
      [theirs]: each.seconds,
      [`${theirs}, peak memory`]: each.peakMb,
      [batched]: inBatches.seconds,
      'times faster than (c)': each.seconds / own.seconds,
    };
    for (const [name, value] of Object.entries(row)) (figures[name] ??= {})[column] = value;
  }
  return figures;
}

const startPlain = (stage: Stage): Promise<StageHost> => startPlainFunctions(stage, { SUBMIT_QUEUE: 'dispatch' });

type Submit = (stage: Stage, host: StageHost, ids: readonly string[]) => Promise<void>;

const submitForLater: Submit = async (stage, host, ids) => {
  await submit(
    stage,
    host,
    csvOf(ids),
    `?sendInvitationMessage=true&notBefore=${new Date(Date.now() + LATER_MS).toISOString()}`,
  );
};

async function measure(
  start: (stage: Stage) => Promise<StageHost>,
  send: Submit,
  rows: number,
  store: TableStore = 'azurite',
): Promise<{ readonly seconds: number; readonly peakMb: number }> {
  const stage = await Stage.start({ clock: machineClock(), guests: 0, throttle: 'none', isCounted: false, store });
  try {
    const host = await start(stage);
    await send(stage, host, someIds(WARM_UP_ROWS));
    const ids = someIds(rows);
    forgetPeak(host.pid);
    const startedAt = performance.now();
    await send(stage, host, ids);
    return { seconds: (performance.now() - startedAt) / 1000, peakMb: memoryMb(host.pid).peak };
  } finally {
    await stage.stop();
  }
}

const someIds = (count: number): string[] => Array.from({ length: count }, () => randomUUID());
