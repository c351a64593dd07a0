/** How far a job is, as a picture for a screen, or in one line. */
import type { Colour } from '../terminal.ts';
import type { Job } from '../../client/types.ts';
import { causesText, countsText } from './described.ts';
import { duration } from './plain.ts';
import { inOurWords } from './words.ts';

/** A look at the job. `at` in milliseconds of one clock. */
export interface Look {
  readonly at: number;
  readonly job: Job;
}

/** The rate is that of the last minute or so: what was before does not tell what is now. */
const RATE_WINDOW_MS = 60_000;
const BAR_MAX = 40;
const BAR_MIN = 8;
const CTRL_C = 'Ctrl-C leaves, and the job goes on';

/** Resets that ended per second; undefined while nothing is known of it. */
export function rateOf(looks: readonly Look[]): number | undefined {
  const last = looks.at(-1);
  if (last === undefined) return undefined;
  const first = looks.find(({ at }) => at >= last.at - RATE_WINDOW_MS && at < last.at) ?? looks.at(-2);
  if (first === undefined || last.job.done <= first.job.done) return undefined;
  return ((last.job.done - first.job.done) * 1000) / (last.at - first.at);
}

/** @param now on the clock of the service: seconds are told until the end that it estimates */
function leftText({ estimatedCompletion }: Job, now: Date): string | undefined {
  if (estimatedCompletion === undefined) return undefined;
  return `about ${duration((Date.parse(estimatedCompletion) - now.getTime()) / 1000)} left`;
}

function stateText({ status, throttledUntil, pausedReason }: Job): string | undefined {
  if (pausedReason !== undefined) return `paused: ${inOurWords(pausedReason.message)}`;
  if (throttledUntil !== undefined) return `Graph asked to wait until ${throttledUntil}`;
  return status === 'inProgress' ? undefined : status;
}

/** In one line, for whatever is no screen. */
export function progressLine(looks: readonly Look[], now: Date): string {
  const job = looks.at(-1)?.job;
  if (job === undefined) return '';
  const rate = rateOf(looks);
  return [
    `${job.done} of ${job.total} done`,
    countsText(job),
    rate && `${rate.toFixed(1)} a second`,
    leftText(job, now),
    causesText(job) && `because: ${causesText(job)}`,
    stateText(job),
  ]
    .filter(Boolean)
    .join('; ');
}

/**
 * Lines that each fit the screen: a bar in segments, what has ended how, rate and estimate, causes, and when the next
 * look is.
 */
export function progressPicture(
  looks: readonly Look[],
  screen: { readonly columns: number; readonly paint: (colour: Colour, text: string) => string },
  now: { readonly date: Date; readonly nextLookInSeconds: number; readonly ctrlC?: string | undefined },
): string[] {
  const job = looks.at(-1)?.job;
  if (job === undefined) return [];
  const { columns, paint } = screen;
  const percent = `${Math.floor((100 * job.done) / Math.max(1, job.total))} %`.padStart(5);
  const sum = `${percent}  ${job.done} of ${job.total}`;
  const rate = rateOf(looks);
  const pace = [rate && `${rate.toFixed(1)} a second`, leftText(job, now.date)].filter(Boolean).join(', ');
  const width = Math.min(BAR_MAX, columns - sum.length - 1);
  const isWide = width >= BAR_MIN && width + sum.length + pace.length + 3 < columns;
  const causes = causesText(job);
  const facts = [isWide ? '' : pace, countsText(job), causes && `because: ${causes}`, stateText(job) ?? ''];
  return [
    // What is painted is longer than it looks; it fits by how it was made.
    width < BAR_MIN
      ? cut(sum.trim(), columns)
      : `${bar(job, width, paint)}${sum}${isWide && pace !== '' ? `  ${pace}` : ''}`,
    ...facts.filter((fact) => fact !== '').map((fact) => cut(`  ${fact}`, columns)),
    paint('dim', cut(`  next look in ${duration(now.nextLookInSeconds)}; ${now.ctrlC ?? CTRL_C}`, columns)),
  ];
}

const cut = (text: string, columns: number): string =>
  text.length <= columns ? text : `${text.slice(0, Math.max(0, columns - 1))}…`;

function bar({ counts, total }: Job, width: number, paint: (colour: Colour, text: string) => string): string {
  const bad = counts.failed + counts.unknown + counts.canceled;
  // Sums are rounded, not parts: so the segments never exceed the whole.
  const cell = (count: number): number => Math.round((width * count) / Math.max(1, total));
  const ends = [counts.succeeded, counts.succeeded + counts.skipped, counts.succeeded + counts.skipped + bad].map(cell);
  const [succeeded = 0, skipped = 0, ended = 0] = ends;
  const segment = (colour: Colour, mark: string, cells: number): string =>
    cells === 0 ? '' : paint(colour, mark.repeat(cells));
  return [
    segment('green', '█', succeeded),
    segment('yellow', '▓', skipped - succeeded),
    segment('red', '▒', ended - skipped),
    segment('dim', '░', width - ended),
  ].join('');
}
