/** What a request came to, as a value: nothing that a server or a line can do is thrown. */
import type { Problem } from './types.ts';

export interface Refused {
  readonly kind: 'refused';
  readonly problem: Problem;
  /** Seconds after which asking again makes sense; absent where the answer said nothing of it. */
  readonly againAfterSeconds?: number;
}
/** Somebody else has answered: what stands in front of the API, or what is no API of ours at all. */
export interface Foreign {
  readonly kind: 'foreign';
  /** 0 of a redirect in a browser, which hides it. */
  readonly status: number;
  /** Where a redirect leads. It is not followed: only whoever gave the address of the API knows who may be there. */
  readonly to?: string;
  /** How the answer begins. */
  readonly text: string;
  readonly againAfterSeconds?: number;
}
/** No answer came, or not the whole of it: what was asked for may have happened. */
export interface Lost {
  readonly kind: 'lost';
  readonly cause: unknown;
}
export type Failure = Refused | Foreign | Lost;

export interface Answered<T> {
  readonly kind: 'answered';
  readonly value: T;
  readonly status: number;
  readonly headers: Headers;
}
export type Answer<T> = Answered<T> | Failure;

/** Whether what was asked for may have happened all the same. */
export function mayHaveHappened(failure: Failure): boolean {
  return failure.kind === 'lost' || (failure.kind === 'foreign' ? failure.status : failure.problem.status) >= 500;
}

/** What the fetcher tells of one exchange. */
export interface Exchange<T> {
  readonly data?: T;
  readonly error?: unknown;
  readonly response: Response;
}

export function answerOf<T>({ data, error, response }: Exchange<T>): Answer<T> {
  const { status, headers } = response;
  // An address that leads to a page of somebody else is no success either.
  if (response.ok && data !== undefined && !isPage(headers)) return { kind: 'answered', value: data, status, headers };
  const seconds = secondsAskedFor(headers);
  const again = seconds !== undefined && { againAfterSeconds: seconds };
  return isProblem(error)
    ? { kind: 'refused', problem: error, ...again }
    : { kind: 'foreign', status, text: textOf(error ?? data), ...again, ...destinationOf(response) };
}

function destinationOf({ status, headers, url }: Response): { to?: string } {
  const to = headers.get('location');
  if (to === null || status < 300 || status > 399) return {};
  return { to: URL.canParse(to, url) ? new URL(to, url).href : to };
}

/** Of `Retry-After`; undefined where it says none that make sense, or a date, which the API never says. */
export function secondsAskedFor(headers: Headers): number | undefined {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return seconds > 0 && seconds < Infinity ? seconds : undefined;
}

const isPage = (headers: Headers): boolean => headers.get('content-type')?.startsWith('text/html') ?? false;

const isProblem = (error: unknown): error is Problem =>
  typeof error === 'object' && error !== null && 'code' in error && 'detail' in error;

const textOf = (body: unknown): string =>
  (typeof body === 'string' ? body : (JSON.stringify(body) ?? '')).replaceAll(/\s+/g, ' ').trim().slice(0, 200);
