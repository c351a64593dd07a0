/** Where the library meets the worker: the module below is there in a worker only, so tests do not load this file. */
import { getProgrammingModel, log } from '@azure/functions-core';
import { takeTrueRequests } from './true-requests.ts';

/** To be called before any function is, and after the library was loaded. */
export const takeRequests = (): void =>
  takeTrueRequests(getProgrammingModel(), (message) => log('warning', 'user', message));
