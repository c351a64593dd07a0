/** The rate of a job as a chart shows it: invitations, for only these are what the tenant allows so many of. */
import type { JobRate } from '../../../../client/types.ts';

export interface RatePoint {
  /** Seconds since 1970, of the middle of its interval. */
  readonly at: number;
  /** Invitations a second, as the pace counts them. */
  readonly perSecond: number;
  /** Guests who were done by then, and were not before. */
  readonly ended: number;
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
/** What was sent in less than a second is told as of one. */
const LEAST_SECONDS = 1;
/** So many may go at once: the pace leaves room for them beside its rate (docs/architecture.md, "Pace"). */
const AT_ONCE = 48;

interface Piece {
  readonly start: number;
  readonly stop: number;
  readonly sent: number;
  readonly ended: number;
  readonly waiting: boolean;
}

const secondsOf = (iso: string): number => Date.parse(iso) / 1000;

/** Undefined where an older version of the service ran the job: it kept no time of what it sent. */
export function rateChartOf({ from, to, intervalSeconds, limitPerSecond, points }: JobRate): RateChart | undefined {
  if (points.some(({ sent }) => sent === undefined)) return undefined;
  const [begin, end] = [secondsOf(from), secondsOf(to)];
  const pieces = points
    .map(({ at, ended, sent = 0, waiting }): Piece => {
      const start = Math.max(begin, secondsOf(at));
      const stop = Math.min(end, secondsOf(at) + intervalSeconds);
      return { start, stop, sent, ended, waiting: waiting === true };
    })
    .filter(({ start, stop }) => stop > start);
  return {
    from: begin,
    to: end,
    points: pointsOf(edgesJoined(pieces, intervalSeconds * LEAST_PART), limitPerSecond),
    waits: waitsOf(pieces),
  };
}

/**
 * A chunk goes at once, and the pace gives it the time that follows. So what is over the limit counts for the piece
 * behind it, as far as so many may go at once; what is over that stands above the limit.
 */
function pointsOf(pieces: readonly Piece[], limit: number): RatePoint[] {
  let ahead = 0;
  return pieces.map(({ start, stop, sent, ended, waiting }) => {
    const seconds = Math.max(LEAST_SECONDS, stop - start);
    const counted = sent + ahead;
    ahead = Math.min(AT_ONCE, Math.max(0, counted - limit * seconds));
    return { at: (start + stop) / 2, perSecond: (counted - ahead) / seconds, ended, waiting };
  });
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
  return [
    {
      start: first.start,
      stop: last.stop,
      sent: pieces.reduce((sum, { sent }) => sum + sent, 0),
      ended: pieces.reduce((sum, { ended }) => sum + ended, 0),
      waiting: pieces.some(({ waiting }) => waiting),
    },
  ];
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

/** `0.4`, `19.5`, `140`: cut, not rounded, for what is allowed stands beside it. */
export function rateText(perSecond: number): string {
  const digits = perSecond < 100 ? 10 : 1;
  // Of 0.1 + 0.7 nothing is to be cut.
  return String(Math.floor(perSecond * digits + 1e-6) / digits);
}
