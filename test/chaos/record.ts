// Writes the results of long runs into docs/reliability.md: node test/chaos/record.ts results.jsonl [more.jsonl]
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { INVARIANTS } from './evidence.ts';

const PAGE = fileURLToPath(new URL('../../docs/reliability.md', import.meta.url));
const [BEGIN, END] = ['<!-- chaos: written by `node test/chaos/record.ts` -->', '<!-- /chaos -->'];

const schema = z.object({
  seed: z.int(),
  date: z.string(),
  resets: z.int(),
  byStatus: z.record(z.string(), z.int()),
  faults: z.record(z.string(), z.int()),
  looks: z.int(),
  lost: z.int(),
  doubled: z.int(),
  violations: z.array(z.object({ invariant: z.string(), text: z.string() })),
});

const runs = process.argv.slice(2).flatMap((file) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => schema.parse(JSON.parse(line))),
);
const sum = (pick: (run: z.infer<typeof schema>) => number): number =>
  runs.reduce((total, run) => total + pick(run), 0);
const sums = (pick: (run: z.infer<typeof schema>) => Record<string, number>): [string, number][] => {
  const all = new Map<string, number>();
  for (const run of runs)
    for (const [name, count] of Object.entries(pick(run))) all.set(name, (all.get(name) ?? 0) + count);
  return [...all].toSorted(([, one], [, other]) => other - one);
};

const seeds = runs.map(({ seed }) => seed).toSorted((one, other) => one - other);
/** 1 to 19, 51 to 71 */
const ranges = seeds
  .filter((seed) => !seeds.includes(seed - 1))
  .map((start) => {
    let end = start;
    while (seeds.includes(end + 1)) end++;
    return start === end ? String(start) : `${start} to ${end}`;
  })
  .join(', ');
const lastDate = runs
  .map(({ date }) => date)
  .toSorted()
  .at(-1);
const bad = runs.filter(({ violations }) => violations.length > 0);
const described = ({ invariant, text: what }: (typeof runs)[number]['violations'][number]): string =>
  `${INVARIANTS[invariant as keyof typeof INVARIANTS]}: ${what}`;
const text = [
  `${runs.length} runs, seeds ${ranges}, ${lastDate}: **${sum(({ lost }) => lost)} resets lost, ` +
    `${sum(({ doubled }) => doubled)} guests mailed twice without being told, ` +
    `${bad.length} runs that violate an invariant.**`,
  '',
  `${sum(({ resets }) => resets)} resets ended as ${sums(({ byStatus }) => byStatus)
    .map(([status, count]) => `${count} ${status}`)
    .join(', ')}; ${sum(({ looks }) => looks)} times a job's progress was compared with the look before.`,
  ...bad.flatMap(({ seed, violations }) => ['', `Seed ${seed}: ${violations.map(described).join('; ')}`]),
  '',
  '| what was made to happen | times |',
  '|---|---|',
  ...sums(({ faults }) => faults).map(([name, count]) => `| ${name} | ${count} |`),
  `| **all** | **${sum(({ faults }) => Object.values(faults).reduce((total, count) => total + count, 0))}** |`,
].join('\n');

const page = readFileSync(PAGE, 'utf8');
const [before, rest] = page.split(BEGIN);
const after = rest?.split(END)[1];
if (before === undefined || after === undefined) throw new Error(`docs/reliability.md has no ${BEGIN} … ${END}`);
writeFileSync(PAGE, `${before}${BEGIN}\n${text}\n${END}${after}`);
