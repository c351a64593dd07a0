import { randomUUID } from 'node:crypto';
import type { TableError } from './table-error.ts';

/**
 * What the real service says, in its form. @param prefix before the message: in a transaction the place of the failed
 * operation
 */
export function errorBody({ code, message }: TableError, prefix = ''): string {
  const value = `${prefix}${message}\nRequestId:${randomUUID()}\nTime:${new Date().toISOString()}`;
  return JSON.stringify({ 'odata.error': { code, message: { lang: 'en-US', value } } });
}
