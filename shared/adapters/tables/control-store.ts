/** Control rows: the tenant's gate and pace, shared by all instances and changed by compare-and-set. */
import { odata, type TableClient } from '@azure/data-tables';
import { GATE_MAX_AGE_MS, OPEN_GATE, type Gate } from '../../domain/stop.ts';
import { NEW_PACE, type Pace } from '../../domain/pace.ts';
import type { Clock, ControlStore } from '../../usecases/ports.ts';
import { isConflict, isNotFound, orElse } from './errors.ts';
import { fromJsonProperties, toJsonProperties } from './json-properties.ts';

type Entity = Record<string, unknown> & { partitionKey: string; rowKey: string; etag?: string };

/** Compare-and-sets in a row before something must be wrong. */
const MAX_TRIES = 20;

export function controlStore(table: TableClient, tenantId: string, clock: Pick<Clock, 'monotonic'>): ControlStore {
  /** Changes of one process wait for each other instead of meeting at the row. */
  let lastChange: Promise<unknown> = Promise.resolve();
  let cached: { readonly gate: Gate; readonly pace: Pace; readonly readAt: number } | undefined;

  function change<T, R>(rowKey: string, initial: T, apply: (value: T) => { readonly value: T; readonly result: R }): Promise<R> {
    const turn = lastChange.then(() => changeNow(rowKey, initial, apply));
    lastChange = turn.catch(() => undefined); // Whoever asked for it hears of its failure.
    return turn;
  }

  async function changeNow<T, R>(rowKey: string, initial: T, apply: (value: T) => { readonly value: T; readonly result: R }): Promise<R> {
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const entity = await read(rowKey);
      const { value, result } = apply(entity === undefined ? initial : fromJsonProperties<T>('value', entity));
      const next = { partitionKey: tenantId, rowKey, ...toJsonProperties('value', value) };
      const write = entity === undefined ? table.createEntity(next) : table.updateEntity(next, 'Replace', { etag: entity.etag ?? '' });
      if (await orElse(write, isConflict, 'changed' as const) === 'changed') continue;
      cached = undefined;
      return result;
    }
    throw new Error(`the control row ${rowKey} was changed by others ${MAX_TRIES} times in a row`);
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
      cached = { gate: (values.get('gate') as Gate | undefined) ?? OPEN_GATE, pace: (values.get('pace') as Pace | undefined) ?? NEW_PACE, readAt };
      return cached;
    },
    changeGate: (apply) => change('gate', OPEN_GATE, (value) => { const next = apply(value); return { value: next, result: next }; }),
    changePace: (apply) => change('pace', NEW_PACE, (value: Pace) => { const { pace, result } = apply(value); return { value: pace, result }; }),
  };
}
