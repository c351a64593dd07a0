/** Function executions and their time, from a host's log (`LOCAL_LOG=verbose`). */

export interface Executions {
  readonly count: number;
  /** Seconds in which at least one execution ran: an instance on demand is paid for those. */
  readonly activeSeconds: number;
}

const LINE = /^\[(\S+)\] debug (\S+): Executed in (\d+) ms$/gm;

/** @param isLeftOut functions that belong to whoever watches */
export function executionsOf(log: string, isLeftOut: (name: string) => boolean): Executions {
  const spans = [...log.matchAll(LINE)]
    .filter(([, , name = '']) => !isLeftOut(name))
    .map(([, at = '', , ms]) => ({ from: Date.parse(at) - Number(ms), to: Date.parse(at) }));
  let active = 0;
  let until = -Infinity;
  for (const { from, to } of spans.toSorted((one, other) => one.from - other.from)) {
    active += Math.max(0, to - Math.max(from, until));
    until = Math.max(until, to);
  }
  return { count: spans.length, activeSeconds: active / 1000 };
}
