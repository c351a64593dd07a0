/** Log lines of one invocation: an event and its fields as JSON. */
import type { Log } from '../usecases/ports.ts';

/** The part of an invocation's context that takes log lines. */
export interface InvocationLogger {
  info(...lines: unknown[]): void;
  warn(...lines: unknown[]): void;
  error(...lines: unknown[]): void;
}

export function invocationLog(context: InvocationLogger): Log {
  return {
    info: (event, fields) => context.info(JSON.stringify({ event, ...fields })),
    warn: (event, fields) => context.warn(JSON.stringify({ event, ...fields })),
    error: (event, fields) => context.error(JSON.stringify({ event, ...fields })),
  };
}
