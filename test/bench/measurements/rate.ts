import { batches, oneAfterAnother, plainFunctions } from '../baselines/tools.ts';
import { usageOf } from '../cost.ts';
import { floorSeconds, WRITES_PER_SECOND } from '../floor.ts';
import { guestReset } from '../guest-reset.ts';
import type { Figures, Measurement } from '../measurement.ts';
import { columnsOf } from '../columns.ts';
import { INSTANCE_GB, PRICES_AS_OF } from '../prices.ts';
import type { Scale } from '../scale.ts';
import { LATENCY, watchRun, type Watched } from '../watched-run.ts';

const ours = guestReset.title;

/**
 * Guests of each tool's run. One after another is slow, and its rate the same from the first guest to the last. Plain
 * Functions run into the budgets within a minute, and then spend hours on refusals.
 */
const RUNS = [
  { tool: guestReset, full: 30_000, quick: 60 },
  { tool: oneAfterAnother, full: 1_000, quick: 10 },
  { tool: batches, full: 30_000, quick: 60 },
  { tool: plainFunctions, full: 600, quick: 60 },
] as const;

/** What the table transactions are for. Of (c): all are its results. */
const TABLE_WORK = {
  control: 'of these for pace and gate',
  readChunk: 'of these reading chunks',
  writeChunk: 'of these writing chunks',
  insertChunks: 'of these submitting chunks',
  job: 'of these for the job',
  readGuest: 'of these reading guests',
} as const;

export const rate: Measurement = {
  name: 'rate',
  title: 'A large job: time, budgets, and what it costs',
  about:
    'Each tool resets guests with mail, budgets refuse as documented, and a call to Graph takes ' +
    `${LATENCY.medianMs} ms (median; 95th percentile ${LATENCY.p95Ms} ms). ` +
    'The clock of all processes is moved to the next timer wherever nobody works, so work takes its real time ' +
    'and only waiting is skipped. ' +
    'The floor is the least time in which the documented budgets allow so many resets; the documented rate is 20 ' +
    'writes a second. ' +
    'Calls, windows and mails are counted by the simulator, Service Bus operations by the broker (each message ' +
    'sent, delivered and settled is one), table transactions between host and Azurite, executions from the ' +
    "host's log. " +
    `GB-seconds are the time in which an execution runs, times ${INSTANCE_GB} GB. Prices are those of ` +
    `\`test/bench/prices.ts\` (${PRICES_AS_OF}). ` +
    'Verification is off, no email changes. Guest transactions are one for each reset: the claim on the guest, ' +
    'which no other job can pass. ' +
    "A refused call costs budget too, as the documentation of Graph says; how much, is the simulator's reading " +
    'of it, and decides how badly (c) fares.',
  columns: columnsOf(RUNS),
  rows: [
    { name: 'guests' },
    { name: 'reset' },
    { name: 'correctly reported' },
    { name: 'mailed twice', target: { column: ours, atMost: 0 } },
    { name: 'time', unit: 's' },
    { name: 'time over the floor', unit: '×', digits: 2 },
    { name: 'share of the documented rate', unit: '%', digits: 1, target: { column: ours, atLeast: 97 } },
    { name: 'calls throttled', unit: '%', digits: 2, target: { column: ours, atMost: 0.1 } },
    { name: 'arrivals that found a window over its budget', target: { column: ours, atMost: 0 } },
    { name: 'fullest window of writes', unit: '%', digits: 1 },
    { name: 'fullest window of invitations', unit: '%', digits: 1 },
    { name: 'Graph round trips per 1,000', digits: 1, target: { column: ours, atMost: 110 } },
    { name: 'Service Bus operations per 1,000', digits: 1, target: { column: ours, atMost: 170 } },
    { name: 'table transactions per 1,000', digits: 1, target: { column: ours, atMost: 300 } },
    ...Object.values(TABLE_WORK).map((name) => ({ name, digits: 1 })),
    { name: 'guest transactions per 1,000', digits: 1 },
    { name: 'executions per 1,000', digits: 1, target: { column: ours, atMost: 65 } },
    { name: 'GB-seconds per 1,000', digits: 1 },
    { name: 'list price per 1,000', unit: '$', digits: 5 },
  ],
  run: runRate,
};

async function runRate(scale: Scale): Promise<Figures> {
  const figures: Record<string, Record<string, number>> = {};
  for (const { tool, full, quick } of RUNS) {
    const watched = await watchRun(tool, { guests: scale.size(full, quick), hasFaults: false });
    for (const [name, value] of Object.entries(figuresOf(watched))) (figures[name] ??= {})[tool.title] = value;
  }
  return figures;
}

function figuresOf(watched: Watched): Record<string, number> {
  const { guests, seconds, graph, verdicts } = watched;
  const { appWrites, invitations } = graph.budgets;
  const fill = (budget: typeof appWrites): number =>
    budget === undefined ? NaN : (100 * budget.peakArrived) / budget.limit;
  const usage = usageOf(watched);
  return {
    guests,
    time: seconds,
    reset: verdicts.reset,
    'correctly reported': verdicts.told,
    'mailed twice': verdicts.mailedTwice,
    'time over the floor': seconds / floorSeconds(guests),
    'share of the documented rate': (100 * verdicts.reset) / seconds / WRITES_PER_SECOND,
    'calls throttled': (100 * graph.throttled) / graph.requests.total,
    'arrivals that found a window over its budget': Object.values(graph.budgets).reduce(
      (sum, { windowsOver }) => sum + windowsOver,
      0,
    ),
    'fullest window of writes': fill(appWrites),
    'fullest window of invitations': fill(invitations),
    'Graph round trips per 1,000': usage.roundTrips,
    ...(watched.tableCalls['control'] !== undefined && tableWork(watched)),
    ...(watched.executions.count > 0 && {
      'Service Bus operations per 1,000': usage.busOperations,
      'table transactions per 1,000': usage.tableTransactions,
      'guest transactions per 1,000': usage.guestTransactions,
      'executions per 1,000': usage.executions,
      'GB-seconds per 1,000': usage.gbSeconds,
      'list price per 1,000': usage.dollars,
    }),
  };
}

function tableWork({ guests, tableCalls }: Watched): Record<string, number> {
  return Object.fromEntries(
    Object.entries(TABLE_WORK).map(([kind, name]) => [name, ((tableCalls[kind] ?? 0) * 1000) / guests]),
  );
}
