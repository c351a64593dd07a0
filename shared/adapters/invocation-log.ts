/**
 * Log lines of one invocation: an event and its fields as JSON. Nothing but words and numbers gets through, and of what
 * was thrown only its codes: the texts of errors quote what was at hand, such as a row or Graph, which quotes the
 * request.
 */
import type { Log, LogFields } from '../usecases/ports.ts';

/** The part of an invocation's context that takes log lines. */
export interface InvocationLogger {
  info(...lines: unknown[]): void;
  warn(...lines: unknown[]): void;
  error(...lines: unknown[]): void;
}

export function invocationLog(context: InvocationLogger): Log {
  const line = (event: string, fields: LogFields = {}, ...thrown: readonly unknown[]): string =>
    JSON.stringify(words({ event, ...fields, ...(thrown.length > 0 && codesOf(thrown[0])) }));
  return {
    info: (event, fields) => context.info(line(event, fields)),
    warn: (...said) => context.warn(line(...said)),
    error: (...said) => context.error(line(...said)),
  };
}

/** For whoever must throw at its host, which logs the text: says what the log line says. */
export function withoutWords(thrown: unknown): Error {
  return new Error(JSON.stringify(words(codesOf(thrown))));
}

/** Ids, codes and times: no blank and no sign that addresses, URLs and sentences need, and shorter than a token. */
const WORD = /^[\w.:$-]{1,64}$/;

/** In place of what is no word. The log oracle of the chaos runs knows it. */
export const LEFT_OUT = '(left out)';

const words = (fields: LogFields): LogFields =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, isTelling(value) ? LEFT_OUT : value]));

/** What may be told of these elsewhere: the same. */
export const wordsOf = (fields: LogFields): Record<string, string | number | boolean> =>
  Object.fromEntries(
    Object.entries(words(fields)).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );

/** Whatever the types say: what was thrown may be anything. */
const isTelling = (value: unknown): boolean =>
  typeof value === 'string' ? !WORD.test(value) : typeof value === 'object' || typeof value === 'function';

/** Of several failures the first. */
function codesOf(thrown: unknown): LogFields {
  const error: unknown = thrown instanceof AggregateError ? (thrown.errors[0] ?? thrown) : thrown;
  if (!(error instanceof Error)) return { error: typeof error };
  const { name, code, statusCode, cause } = error as Error & { code?: unknown; statusCode?: unknown };
  const where = functionsIn(error);
  return {
    error: name,
    ...((typeof code === 'string' || typeof code === 'number') && { code }),
    ...(typeof statusCode === 'number' && { status: statusCode }),
    ...(cause instanceof Error && { cause: cause.name }),
    ...(where !== '' && { where }),
  };
}

/** Names of the functions it came through, innermost first. */
function functionsIn({ stack = '', message }: Error): string {
  const frames = stack.slice(stack.indexOf(message) + message.length);
  return [...frames.matchAll(/^ +at (?:async )?([\w.$]+) \(/gm)]
    .slice(0, 3)
    .map(([, name = '']) => name.slice(0, 20))
    .join(':');
}
