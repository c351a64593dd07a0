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
  /** The address that was asked. */
  readonly at?: string;
  readonly againAfterSeconds?: number;
}
/** No answer came, or not the whole of it: what was asked for may have happened. */
export interface Lost {
  readonly kind: 'lost';
  readonly cause: unknown;
  /** The address that was asked. */
  readonly at?: string;
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

/**
 * @param has members that each answer of this kind has: what lacks one of them is not of the API
 */
export function answerOf<T>({ data, error, response }: Exchange<T>, has: readonly string[]): Answer<T> {
  const { status, headers } = response;
  // An address that leads to a page of somebody else is no success either.
  if (response.ok && data !== undefined && isLegible(headers) && hasAll(data, has))
    return { kind: 'answered', value: data, status, headers };
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

/** Where nothing but the status is answered, nothing is said of its kind either. */
const isLegible = (headers: Headers): boolean =>
  /^(?:application\/(?:[\w.+-]*json|x-ndjson)|text\/csv)\b/.test(headers.get('content-type') ?? 'text/csv');

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
const hasAll = (data: unknown, has: readonly string[]): boolean =>
  has.length === 0 || (isObject(data) && has.every((name) => data[name] !== undefined));

const isProblem = (error: unknown): error is Problem =>
  isObject(error) &&
  typeof error['code'] === 'string' &&
  typeof error['detail'] === 'string' &&
  typeof error['status'] === 'number' &&
  (error['errors'] === undefined || Array.isArray(error['errors']));

/**
 * The same answer, in a form that can be read as JSON: what somebody else says in another one becomes a text. Else it
 * would pass for an answer that broke off.
 */
export async function legible(response: Response): Promise<Response> {
  if (!response.ok || (response.headers.has('content-type') && isLegible(response.headers))) return response;
  const text = await response.text();
  const { status, headers } = response;
  return new Response(text === '' ? null : JSON.stringify(text), { status, headers });
}

const textOf = (body: unknown): string =>
  (typeof body === 'string' ? body : (JSON.stringify(body) ?? '')).replaceAll(/\s+/g, ' ').trim().slice(0, 200);
