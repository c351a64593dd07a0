/** Page sizes and continuation tokens. */
import { problem } from '../../domain/problem.ts';
import type { ResetPosition } from '../../usecases/read-jobs.ts';
import { Refusal } from './handler.ts';

export function pageSize(query: URLSearchParams, fallback: number, max: number): number {
  const raw = query.get('pageSize');
  if (raw === null) return fallback;
  const size = Number(raw);
  if (Number.isInteger(size) && size >= 1 && size <= max) return size;
  throw new Refusal(problem('invalidPageSize', `pageSize must be a whole number from 1 to ${max}.`));
}

const WRONG_TOKEN = problem(
  'invalidContinuationToken',
  'Take the nextLink of the page before as it stands, or leave continuationToken out to begin again.',
);

export const resetToken = ({ chunk, row }: ResetPosition): string =>
  Buffer.from(`r1.${chunk}.${row}`).toString('base64url');

export function resetPosition(query: URLSearchParams): ResetPosition | undefined {
  const token = query.get('continuationToken');
  if (token === null) return undefined;
  const match = /^r1\.(\d{1,6})\.(\d{1,7})$/.exec(Buffer.from(token, 'base64url').toString('latin1'));
  if (match === null) throw new Refusal(WRONG_TOKEN);
  return { chunk: Number(match[1]), row: Number(match[2]) };
}

/** @param position the id of a job that was shown, or its beginning, which is a time */
export const jobToken = (position: string): string => Buffer.from(`j1.${position}`).toString('base64url');

export function jobPosition(query: URLSearchParams): string | undefined {
  const token = query.get('continuationToken');
  if (token === null) return undefined;
  const match = /^j1\.([0-9a-z]{10}(?:[0-9a-z]{16})?)$/.exec(Buffer.from(token, 'base64url').toString('latin1'));
  if (match?.[1] === undefined) throw new Refusal(WRONG_TOKEN);
  return match[1];
}

export const historyToken = (key: string): string => Buffer.from(`h1.${key}`).toString('base64url');

export function historyPosition(query: URLSearchParams): string | undefined {
  const token = query.get('continuationToken');
  if (token === null) return undefined;
  const match = /^h1\.(h-[0-9a-z]{10}(?:[0-9a-z]{16}-\d{6})?)$/.exec(
    Buffer.from(token, 'base64url').toString('latin1'),
  );
  if (match?.[1] === undefined) throw new Refusal(WRONG_TOKEN);
  return match[1];
}

/** The same request with another token. */
export function nextLink(url: string, query: URLSearchParams, token: string): string {
  const next = new URLSearchParams(query);
  next.set('continuationToken', token);
  return `${url}?${next.toString()}`;
}
