/** The parts of the benchmark that compute: a wrong figure would be worse than none. */
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { executionsOf } from '../bench/executions.ts';
import { floorSeconds } from '../bench/floor.ts';
import type { Measurement } from '../bench/measurement.ts';
import { writeSection } from '../bench/page.ts';
import { missed, tableOf } from '../bench/report.ts';
import { quantile } from '../bench/summary.ts';
import { compare, type Said } from '../bench/truth.ts';

const told = (word: Said | undefined, resets: number, mails: number): object =>
  compare(['g'], new Map(word === undefined ? [] : [['g', word]]), () => ({ resets, mails }));

test.for<[Said | undefined, number, number, 'told' | 'unknown' | 'wrong']>([
  ['done', 1, 1, 'told'],
  ['done', 2, 1, 'told'],
  ['done', 0, 0, 'wrong'],
  ['done', 1, 0, 'wrong'],
  ['done', 2, 2, 'wrong'],
  ['notDone', 0, 0, 'told'],
  ['notDone', 1, 1, 'wrong'],
  ['notDone', 1, 0, 'wrong'],
  ['unknown', 1, 1, 'unknown'],
  ['unknown', 0, 0, 'unknown'],
  [undefined, 0, 0, 'wrong'],
  [undefined, 1, 1, 'wrong'],
])('a guest of whom a tool says %s, with %d resets and %d mails, counts as %s', ([word, resets, mails, verdict]) => {
  const nobody = { told: 0, unknown: 0, wrong: 0 };
  expect(told(word, resets, mails)).toEqual({
    ...nobody,
    [verdict]: 1,
    reset: resets > 0 ? 1 : 0,
    mailedTwice: mails > 1 ? 1 : 0,
  });
});

test('the floor is bound by invitations up to 3,000 resets, and by whole windows of writes beyond', () => {
  expect(floorSeconds(150)).toBe(5);
  expect(floorSeconds(3_000)).toBe(100);
  expect(floorSeconds(3_030)).toBe(151);
  expect(floorSeconds(30_000)).toBe(1_450);
});

test('executions that overlap are one time of an instance, and those of watchers are left out', () => {
  const log = [
    '[2026-01-01T00:00:10.000Z] debug work: Executed in 4000 ms',
    '[2026-01-01T00:00:11.000Z] debug work: Executed in 2000 ms',
    '[2026-01-01T00:00:30.000Z] debug work: Executed in 500 ms',
    '[2026-01-01T00:00:40.000Z] debug getJob: Executed in 900 ms',
    '[2026-01-01T00:00:41.000Z] information work: {"event":"wake"}',
  ].join('\n');
  expect(executionsOf(log, (name) => name === 'getJob')).toEqual({ count: 3, activeSeconds: 5.5 });
});

const MEASUREMENT: Measurement = {
  name: 'one',
  title: 'One',
  about: 'How.',
  columns: ['us', 'them'],
  rows: [
    { name: 'speed', unit: 's', digits: 1, target: { column: 'us', atMost: 2 } },
    { name: 'share', target: { column: 'us', atLeast: 97 } },
    { name: 'other' },
  ],
  run: () => Promise.resolve({}),
};

test('a table shows medians, the spread where there is one, and a target as reached only if every run reaches it', () => {
  const runs = [
    { speed: { us: 1, them: 1234.56 }, share: { us: 98 } },
    { speed: { us: 2.5 }, share: { us: 97 } },
    { speed: { us: 1.5 }, share: { us: 99 } },
  ];
  expect(tableOf(MEASUREMENT, runs).split('\n').slice(2)).toEqual([
    '| speed (s) | 1.5 (1.0–2.5) | 1,234.6 | ≤ 2: MISSED |',
    '| share | 98 (97–99) | – | ≥ 97: reached |',
    '| other | – | – |  |',
  ]);
  expect(missed(MEASUREMENT, runs)).toEqual(['speed']);
});

test('a target without a figure is missed', () => {
  expect(missed(MEASUREMENT, [{}])).toEqual(['speed', 'share']);
});

test('a quantile lies between its neighbors, and there is none of nothing', () => {
  expect(quantile([10, 20, 30, 40], 0.5)).toBe(25);
  expect(quantile([10, 20, 30, 40], 1)).toBe(40);
  expect(() => quantile([], 0.5)).toThrow('quantile of nothing');
});

test('the page keeps the sections that were not measured again, in the order of the measurements', () => {
  const directory = mkdtempSync(join(tmpdir(), 'page-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const file = join(directory, 'page.md');
  const write = (name: string, table: string): void =>
    writeSection(file, { ...MEASUREMENT, name, title: `Title of ${name}` }, table, 'today', ['one', 'two']);
  write('two', 'old two');
  write('one', 'old one');
  appendFileSync(file, '\nby hand\n');
  write('two', 'new two');
  const page = readFileSync(file, 'utf8');
  expect(page.match(/(old|new) (one|two)/g)).toEqual(['old one', 'new two']);
  expect(page.match(/^# /gm)).toHaveLength(1);
  expect(page).toMatch(/end of bench two -->\n\nby hand\n$/);
});
