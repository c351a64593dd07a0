/** The control row: the tenant's gate and pace, shared by all instances and changed by compare-and-set. */
import type { TableClient } from '@azure/data-tables';
import { OPEN_GATE, type Gate } from '../../domain/stops/stop.ts';
import { GATE_MAX_AGE_MS } from '../../domain/policy.ts';
import { NEW_PACE, type Pace } from '../../domain/pace/pace.ts';
import { whileChanged } from '../../usecases/change-row.ts';
import type { Changed, Clock, ControlStore } from '../../usecases/ports.ts';
import { isNotFound, orElse } from './errors.ts';
import { fromJsonProperties, toJsonProperties } from './json-properties.ts';
import { writeRow } from './own-write.ts';

interface Control {
  readonly gate: Gate;
  readonly pace: Pace;
}

/** The row as it was read or written at `at`. Without an ETag it was not there. */
interface Known {
  readonly control: Control;
  readonly etag: string | undefined;
  readonly at: number;
}

type Entity = Record<string, unknown> & { partitionKey: string; rowKey: string; etag?: string };

type Apply<R> = (control: Control) => { readonly control: Control; readonly result: R };

/**
 * Gate and pace are one row, so that whoever pays sees the gate as well: a compare-and-set that succeeds says that
 * nobody else has changed either.
 */
export function controlStore(table: TableClient, tenantId: string, clock: Pick<Clock, 'monotonic'>): ControlStore {
  const row = controlRow(table, tenantId, clock);
  /** Changes of one process wait for each other instead of meeting at the row. */
  let lastChange: Promise<unknown> = Promise.resolve();

  async function changeNow<R>(apply: Apply<R>): Promise<R> {
    let remembered = row.remembered();
    const { result } = await whileChanged('the control row', async () => {
      const base = remembered ?? (await row.read());
      const applied = apply(base.control);
      // That nothing is to be changed is concluded only from a row that was read in here: what another instance has
      // just written would be missed. A write finds out by itself.
      const isNothing = applied.control.gate === base.control.gate && applied.control.pace === base.control.pace;
      const mustBeRead = isNothing && base === remembered;
      remembered = undefined;
      if (mustBeRead) return 'changed';
      return isNothing || (await row.write(applied.control, base.etag)) !== 'changed' ? applied : 'changed';
    });
    return result;
  }

  function change<R>(apply: Apply<R>): Promise<R> {
    const turn = lastChange.then(() => changeNow(apply));
    lastChange = turn.catch(() => undefined); // Whoever asked for it hears of its failure.
    return turn;
  }

  return {
    read: async () => (row.fresh() ?? (await row.read())).control,
    changeGate: (apply) =>
      change((control) => {
        const gate = apply(control.gate);
        return { control: { ...control, gate }, result: gate };
      }),
    changePace: (apply) =>
      change((control) => {
        const { pace, result } = apply(control.pace);
        return { control: { ...control, pace }, result };
      }),
  };
}

/** The row, and what this process knows of it. */
function controlRow(table: TableClient, tenantId: string, clock: Pick<Clock, 'monotonic'>) {
  const key = { partitionKey: tenantId, rowKey: 'control' };
  let known: Known | undefined;
  /** Whether this process seems to be the only one that writes. */
  let isAlone = true;

  function learn(newer: Known): Known {
    if (known === undefined || newer.at >= known.at) known = newer;
    return newer;
  }

  return {
    async read(): Promise<Known> {
      const at = clock.monotonic();
      const entity = await orElse(table.getEntity<Entity>(key.partitionKey, key.rowKey), isNotFound, undefined);
      if (entity?.etag === known?.etag) isAlone = true;
      const control =
        entity === undefined ? { gate: OPEN_GATE, pace: NEW_PACE } : fromJsonProperties<Control>('control', entity);
      return learn({ control, etag: entity?.etag, at });
    },
    async write(control: Control, etag: string | undefined): Promise<Known | Changed> {
      const at = clock.monotonic();
      const written = await writeRow(table, { ...key, ...toJsonProperties('control', control) }, etag);
      if (written !== 'changed') return learn({ control, etag: written.version, at });
      isAlone = false;
      return written;
    },
    /** What needs no reading before it is changed. */
    remembered: (): Known | undefined => (isAlone ? known : undefined),
    /** What needs no reading before it is shown. */
    fresh: (): Known | undefined =>
      known !== undefined && clock.monotonic() - known.at < GATE_MAX_AGE_MS ? known : undefined,
  };
}
