/** Control rows: the tenant's gate and pace, shared by all instances and changed by compare-and-set. */
import { odata, type TableClient } from '@azure/data-tables';
import { GATE_MAX_AGE_MS, OPEN_GATE, type Gate } from '../../domain/stop.ts';
import { NEW_PACE, type Pace } from '../../domain/pace.ts';
import type { Changed, Clock, ControlStore } from '../../usecases/ports.ts';
import { isConflict, isNotFound, orElse } from './errors.ts';
import { fromJsonProperties, toJsonProperties } from './json-properties.ts';

/** A row as it was read or written. Without an ETag it was not there. */
interface Known {
  readonly json: unknown;
  readonly etag: string | undefined;
  readonly at: number;
}

type Entity = Record<string, unknown> & { partitionKey: string; rowKey: string; etag?: string };

/** Compare-and-sets in a row before something must be wrong. */
const MAX_TRIES = 20;

const GATE = 'gate';
const PACE = 'pace';

export function controlStore(table: TableClient, tenantId: string, clock: Pick<Clock, 'monotonic'>): ControlStore {
  /** Changes of one process wait for each other instead of meeting at the row. */
  let lastChange: Promise<unknown> = Promise.resolve();
  let cached: { readonly gate: Gate; readonly pace: Pace; readonly readAt: number } | undefined;
  /** The pace as this process wrote it last: mostly nobody else has since, and then a change costs no read. */
  let own: Known | undefined;

  function change<T, R>(rowKey: string, initial: T, apply: (value: T) => { readonly value: T; readonly result: R }): Promise<R> {
    const turn = lastChange.then(() => changeNow(rowKey, initial, apply));
    lastChange = turn.catch(() => undefined); // Whoever asked for it hears of its failure.
    return turn;
  }

  async function changeNow<T, R>(rowKey: string, initial: T, apply: (value: T) => { readonly value: T; readonly result: R }): Promise<R> {
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const mine = rowKey === PACE ? own : undefined;
      const known = mine ?? await readKnown(rowKey);
      const before = (known.json ?? initial) as T;
      const { value, result } = apply(before);
      const isFresh = mine === undefined || clock.monotonic() - known.at < GATE_MAX_AGE_MS;
      if (value === before && isFresh) return result;
      // That nothing is to be changed must not be concluded from an old row; a write would find out.
      if (value === before) {
        own = undefined;
        continue;
      }
      const written = await write(rowKey, value, known.etag);
      if (rowKey === PACE) own = written === 'changed' ? undefined : { json: value, etag: written.etag, at: clock.monotonic() };
      if (written === 'changed') continue;
      cached = rowKey === PACE && cached !== undefined ? { ...cached, pace: value as Pace } : undefined;
      return result;
    }
    throw new Error(`the control row ${rowKey} was changed by others ${MAX_TRIES} times in a row`);
  }

  async function readKnown(rowKey: string): Promise<Known> {
    const at = clock.monotonic();
    const entity = await read(rowKey);
    return { json: entity && fromJsonProperties('value', entity), etag: entity?.etag, at };
  }

  async function write(rowKey: string, value: unknown, etag: string | undefined): Promise<{ readonly etag: string | undefined } | Changed> {
    const next = { partitionKey: tenantId, rowKey, ...toJsonProperties('value', value) };
    const written = etag === undefined ? table.createEntity(next) : table.updateEntity(next, 'Replace', { etag });
    const answer = await orElse(written, isConflict, 'changed' as const);
    return answer === 'changed' ? answer : { etag: answer.etag };
  }

  const read = (rowKey: string): Promise<Entity | undefined> => orElse(table.getEntity<Entity>(tenantId, rowKey), isNotFound, undefined);

  return {
    async read() {
      if (cached !== undefined && clock.monotonic() - cached.readAt < GATE_MAX_AGE_MS) return cached;
      const readAt = clock.monotonic();
      const values = new Map<string, unknown>();
      for await (const entity of table.listEntities<Entity>({ queryOptions: { filter: odata`PartitionKey eq ${tenantId}` } })) {
        values.set(entity.rowKey, fromJsonProperties('value', entity));
      }
      cached = { gate: (values.get(GATE) as Gate | undefined) ?? OPEN_GATE, pace: (values.get(PACE) as Pace | undefined) ?? NEW_PACE, readAt };
      return cached;
    },
    changeGate: (apply) => change(GATE, OPEN_GATE, (value) => { const next = apply(value); return { value: next, result: next }; }),
    changePace: (apply) => change(PACE, NEW_PACE, (value: Pace) => { const { pace, result } = apply(value); return { value: pace, result }; }),
  };
}
