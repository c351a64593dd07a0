/** The rate of a job as a chart shows it. */
import type { JobRate } from '../../../../client/types.ts';

export interface RatePoint {
  /** Seconds since 1970, of the middle of its interval. */
  readonly at: number;
  readonly perSecond: number;
  readonly waiting: boolean;
}

export interface RateChart {
  /** The life of the job: seconds since 1970. */
  readonly from: number;
  readonly to: number;
  readonly points: readonly RatePoint[];
  /** In which Graph had asked to wait: seconds since 1970. */
  readonly waits: readonly { readonly from: number; readonly to: number }[];
}

/** Of a piece at the edge that is shorter than this part of an interval a rate would be chance. */
const LEAST_PART = 0.5;
/** What ended in less than a second is told as of one: a rate above the limit would not be true. */
const LEAST_SECONDS = 1;

interface Piece {
  readonly start: number;
  readonly stop: number;
  readonly ended: number;
  readonly waiting: boolean;
}

const secondsOf = (iso: string): number => Date.parse(iso) / 1000;

export function rateChartOf({ from, to, intervalSeconds, points }: Omit<JobRate, 'limitPerSecond'>): RateChart {
  const [begin, end] = [secondsOf(from), secondsOf(to)];
  const pieces = points
    .map(({ at, ended, waiting }): Piece => {
      const start = Math.max(begin, secondsOf(at));
      const stop = Math.min(end, secondsOf(at) + intervalSeconds);
      return { start, stop, ended, waiting: waiting === true };
    })
    .filter(({ start, stop }) => stop > start);
  return {
    from: begin,
    to: end,
    points: edgesJoined(pieces, intervalSeconds * LEAST_PART).map(({ start, stop, ended, waiting }) => ({
      at: (start + stop) / 2,
      perSecond: ended / Math.max(LEAST_SECONDS, stop - start),
      waiting,
    })),
    waits: waitsOf(pieces),
  };
}

/** A short piece at either edge becomes part of its neighbour. */
function edgesJoined(pieces: readonly Piece[], least: number): readonly Piece[] {
  const joined = [...pieces];
  const isShort = (piece: Piece | undefined): boolean => piece !== undefined && piece.stop - piece.start < least;
  if (isShort(joined[0])) joined.unshift(...join(joined.splice(0, 2)));
  if (isShort(joined.at(-1))) joined.push(...join(joined.splice(-2)));
  return joined;
}

function join(pieces: readonly Piece[]): readonly Piece[] {
  const [first, last] = [pieces[0], pieces.at(-1)];
  if (first === undefined || last === undefined) return [];
  const ended = pieces.reduce((sum, piece) => sum + piece.ended, 0);
  return [{ start: first.start, stop: last.stop, ended, waiting: pieces.some(({ waiting }) => waiting) }];
}

/** Neighbours become one. */
function waitsOf(pieces: readonly Piece[]): { from: number; to: number }[] {
  const waits: { from: number; to: number }[] = [];
  for (const { start, stop, waiting } of pieces) {
    if (!waiting) continue;
    const last = waits.at(-1);
    if (last !== undefined && last.to >= start) last.to = stop;
    else waits.push({ from: start, to: stop });
  }
  return waits;
}

/** `0.4`, `19`: three digits are more than anybody reads. */
export const rateText = (perSecond: number): string =>
  perSecond < 10 ? String(Math.round(perSecond * 10) / 10) : String(Math.round(perSecond));
