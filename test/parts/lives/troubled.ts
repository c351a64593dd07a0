/**
 * Ports that fail now and then, before their effect or after it: a process that dies there, or an answer that got lost.
 */
import type { Deps } from '../../../shared/usecases/deps.ts';

/** The death of a process: nothing after it runs. */
export class Killed extends Error {
  override readonly name = 'Killed';
}

/** Whether that and nothing else is what happened; reconcile tells it for each job. */
export const isKilled = (error: unknown): boolean =>
  error instanceof Killed || (error instanceof AggregateError && error.errors.every(isKilled));

type Port = Record<string, unknown>;

/**
 * The same ports, each call of which may die.
 * @param dies asked before and after each call; the name tells which
 */
export function troubled(deps: Deps, dies: Dies): Deps {
  const wrap = <T extends object>(port: T, name: string): T => wrapPort(port, name, dies);
  return {
    ...deps,
    jobs: wrap(deps.jobs, 'jobs'),
    chunks: wrap(deps.chunks, 'chunks'),
    guests: wrap(deps.guests, 'guests'),
    control: wrap(deps.control, 'control'),
    audit: wrap(deps.audit, 'audit'),
    queue: wrap(deps.queue, 'queue'),
    invitations: wrap(deps.invitations, 'invitations'),
  };
}

type Dies = (call: string, when: 'before' | 'after') => boolean;
type Call = (...args: readonly unknown[]) => unknown;

function wrapPort<T extends object>(port: T, name: string, dies: Dies): T {
  return Object.fromEntries(
    Object.entries(port as Port).map(([method, call]) => [
      method,
      typeof call !== 'function' ? call : troubleCall(call as Call, `${name}.${method}`, dies),
    ]),
  ) as T;
}

const STREAMS = ['jobs.open', 'jobs.unaudited', 'jobs.verifying', 'jobs.createdBefore', 'chunks.from'];
/** What they give back has calls of its own, which may die. */
const MAKERS = ['chunks.inserts'];

/** Streams (async iterables) are handed through. */
function troubleCall(call: Call, name: string, dies: Dies): Call {
  return (...args) => {
    if (STREAMS.includes(name)) return call(...args);
    if (MAKERS.includes(name)) return wrapPort(call(...args) as object, name, dies);
    if (dies(name, 'before')) return Promise.reject(new Killed(`before ${name}`));
    const result = call(...args) as Promise<unknown>;
    return result.then((value: unknown) => {
      if (dies(name, 'after')) throw new Killed(`after ${name}`);
      return value;
    });
  };
}
