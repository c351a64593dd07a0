/** Continuation tokens, and links that carry them. Of a text that is none of its list, a position is undefined. */
import type { ResetPosition } from '../../../usecases/jobs/read-jobs.ts';

const textOf = (token: string): string => Buffer.from(token, 'base64url').toString('latin1');

export const resetToken = ({ chunk, row }: ResetPosition): string =>
  Buffer.from(`r1.${chunk}.${row}`).toString('base64url');

export function resetPosition(token: string): ResetPosition | undefined {
  const match = /^r1\.(\d{1,6})\.(\d{1,7})$/.exec(textOf(token));
  return match === null ? undefined : { chunk: Number(match[1]), row: Number(match[2]) };
}

/** @param position the id of a job that was shown, or its beginning, which is a time */
export const jobToken = (position: string): string => Buffer.from(`j1.${position}`).toString('base64url');

export const jobPosition = (token: string): string | undefined =>
  /^j1\.([0-9a-z]{10}(?:[0-9a-z]{16})?)$/.exec(textOf(token))?.[1];

export const historyToken = (key: string): string => Buffer.from(`h1.${key}`).toString('base64url');

export const historyPosition = (token: string): string | undefined =>
  /^h1\.(h-[0-9a-z]{10}(?:[0-9a-z]{16}-\d{6})?)$/.exec(textOf(token))?.[1];

export const auditToken = (key: string): string => Buffer.from(`a1.${key}`).toString('base64url');

export const auditPosition = (token: string): string | undefined =>
  /^a1\.([0-9a-z]{10}-(?:[0-9a-z]{26}|tenant|guest)-\d{6})$/.exec(textOf(token))?.[1];

/** The same request with another token, which says where to go on; so where it began is not said once more. */
export function nextLink(url: string, query: URLSearchParams, token: string): string {
  const next = new URLSearchParams(query);
  next.delete('from');
  next.set('continuationToken', token);
  return `${url}?${next.toString()}`;
}
