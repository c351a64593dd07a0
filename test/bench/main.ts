// Benchmarks: npm run bench -- [--only NAME] [--runs N] [--quick]
import { fileURLToPath } from 'node:url';
import { Command, InvalidArgumentError } from 'commander';
import { machine, otherWork, today } from './machine.ts';
import type { Figures } from './measurement.ts';
import { MEASUREMENTS } from './measurements.ts';
import { writeSection } from './page.ts';
import { missed, tableOf } from './report.ts';
import { scaleOf } from './scale.ts';

const PAGE = fileURLToPath(new URL('../../docs/benchmarks.md', import.meta.url));

const command = new Command('npm run bench --')
  .description('Measures guest-reset beside three plain ways to do the same, and writes docs/benchmarks.md.')
  .option('--only <name...>', `measure only these: ${MEASUREMENTS.map(({ name }) => name).join(', ')}`)
  .option('--runs <n>', 'how often each is measured', wholeNumber, 1)
  .option('--at-most <n>', 'no run has more guests or rows than this; nothing is written', wholeNumber)
  .option('--quick', 'tiny runs that show that everything works; their figures mean nothing and are not written')
  .option('--no-write', 'leave docs/benchmarks.md as it is')
  .showHelpAfterError()
  .parse();

const {
  only,
  runs,
  atMost = Infinity,
  quick = false,
  write,
} = command.opts<{ only?: string[]; runs: number; atMost?: number; quick?: boolean; write: boolean }>();
const unknown = only?.find((name) => MEASUREMENTS.every((measurement) => measurement.name !== name));
if (unknown !== undefined) command.error(`There is no measurement "${unknown}".`);

const misses: string[] = [];
for (const measurement of MEASUREMENTS.filter(({ name }) => only?.includes(name) ?? true)) {
  const startedAt = performance.now();
  const load = otherWork();
  const figures: Figures[] = [];
  for (let run = 0; run < runs; run++) figures.push(await measurement.run(scaleOf({ isQuick: quick, atMost })));
  const table = tableOf(measurement, figures, !quick);
  const minutes = ((performance.now() - startedAt) / 60_000).toFixed(1);
  console.log(`\n${measurement.title} (${minutes} min)\n\n${table}`);
  if (!quick) misses.push(...missed(measurement, figures).map((row) => `${measurement.name}: ${row}`));
  if (write && !quick && atMost === Infinity)
    writeSection(
      PAGE,
      measurement,
      table,
      `${today()}, ${runs === 1 ? 'one run' : `${runs} runs`}, ${machine()}, ${load}.`,
      MEASUREMENTS.map((each) => each.name),
    );
}
if (!quick)
  console.log(misses.length === 0 ? '\nEvery target was reached.' : `\nTargets missed: ${misses.join('; ')}.`);

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1) throw new InvalidArgumentError('It must be a whole number from 1 up.');
  return value;
}
