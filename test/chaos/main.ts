// Chaos runs: npm run chaos -- --seed 1 --runs 100
import { appendFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Violation } from './evidence.ts';
import { runOnce, type RunResult } from './run.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    runs: { type: 'string', default: '4' },
    'until-violation': { type: 'boolean', default: false },
    results: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
const first = Number(values.seed);
const runs = Number(values.runs);
if (values.help || !Number.isSafeInteger(first) || !Number.isSafeInteger(runs) || runs < 1) {
  console.error(
    'usage: npm run chaos -- [--seed 1] [--runs 4] [--until-violation] [--results FILE]; a run takes about a ' +
      'minute on two cores',
  );
  process.exit(values.help ? 0 : 2);
}

const results: RunResult[] = [];
for (let seed = first; seed < first + runs; seed++) {
  const result = await runOnce(seed);
  results.push(result);
  if (values.results !== undefined) appendFileSync(values.results, `${JSON.stringify(lineOf(result))}\n`);
  const statuses = Object.entries(result.byStatus)
    .map(([status, count]) => `${count} ${status}`)
    .join(', ');
  console.log(
    `seed ${seed}: ${result.violations.length === 0 ? 'ok' : 'VIOLATED'}, ${result.resets} resets (${statuses}), ` +
      `${sum(result.faults)} faults, jobs closed within ${result.closedWithin} s, ${result.seconds.toFixed(0)} s`,
  );
  for (const { invariant, text, guestId } of shown(result.violations))
    console.log(`  ${invariant}: ${text}${guestId === undefined ? '' : ` (guest ${guestId})`}`);
  for (const story of result.stories) console.log(story);
  if (result.violations.length > 0 && values['until-violation']) break;
  if (result.logs !== undefined) console.log(`  logs: ${result.logs}`);
}

const faultCounts = new Map<string, number>();
for (const result of results)
  for (const [what, count] of result.faults) faultCounts.set(what, (faultCounts.get(what) ?? 0) + count);
const bad = results.filter(({ violations }) => violations.length > 0);
console.log(
  `${counted(results.length, 'run')}, ${results.reduce((total, { resets }) => total + resets, 0)} resets, ` +
    `${sum(faultCounts)} faults; ${bad.length === 1 ? '1 run violates' : `${bad.length} runs violate`} an ` +
    'invariant.',
);
for (const [what, count] of [...faultCounts].toSorted(([, one], [, other]) => other - one))
  console.log(`  ${String(count).padStart(5)}  ${what}`);
process.exit(bad.length === 0 ? 0 : 1);

/** Ten at most, and one of each kind first: what one fault breaks may fill pages. */
function shown(violations: readonly Violation[]): readonly Violation[] {
  const firsts = violations.filter(
    ({ invariant }, index) => violations.findIndex((other) => other.invariant === invariant) === index,
  );
  return [...new Set([...firsts, ...violations])].slice(0, Math.max(10, firsts.length));
}

/** What `record.ts` reads. */
function lineOf({ seed, resets, byStatus, faults, looks, violations, lost, doubled }: RunResult): object {
  return {
    seed,
    date: new Date().toISOString().slice(0, 10),
    resets,
    byStatus,
    faults: Object.fromEntries(faults),
    looks,
    lost,
    doubled,
    violations: violations.map(({ invariant, text }) => ({ invariant, text })),
  };
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function sum(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((total, count) => total + count, 0);
}
