/**
 * What the service stores, as files: rows of all tables, and the messages that wait. The files of `rows-1` were
 * recorded once, and are what a later build must go on with.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseTask, taskBody } from '../../shared/domain/job/task.ts';
import { parseWake } from '../../shared/domain/chunk/wake.ts';
import type { Service } from './service-fixture.ts';

type Cell = string | number | boolean | { readonly date: string };
type Row = Readonly<Record<string, Cell>>;

export interface Stored {
  /** When it was recorded, in ms: the service's clock is set to that. */
  readonly now: number;
  readonly rows: Readonly<Record<string, readonly Row[]>>;
  readonly wakes: readonly { readonly body: unknown; readonly lane: string; readonly at: number }[];
  readonly tasks: readonly unknown[];
}

const fileOf = (name: string): string => `test/fixtures/rows-1/${name}.json`;
export const readStored = (name: string): Stored => JSON.parse(readFileSync(fileOf(name), 'utf8')) as Stored;

const cellOf = (value: unknown): Cell => (value instanceof Date ? { date: value.toISOString() } : (value as Cell));
const valueOf = (cell: Cell): unknown => (typeof cell === 'object' ? new Date(cell.date) : cell);

export async function storedNow(service: Service): Promise<Stored> {
  const rows: Record<string, Row[]> = {};
  for (const [name, table] of Object.entries(service.tables)) {
    const found: Row[] = [];
    for await (const { etag: _etag, timestamp: _time, ...row } of table.listEntities())
      found.push(Object.fromEntries(Object.entries(row).map(([column, value]) => [column, cellOf(value)])));
    rows[name] = found;
  }
  return {
    now: service.now(),
    rows,
    wakes: service.messages.map(({ wake, lane, at }) => ({ body: wake, lane, at })),
    tasks: service.tasks.map(taskBody),
  };
}

export async function record(name: string, service: Service): Promise<void> {
  writeFileSync(fileOf(name), `${JSON.stringify(await storedNow(service), undefined, 1)}\n`);
}

/** Into empty tables. What this build does not understand of a message it refuses, as its queues would. */
export async function restore(service: Service, { now, rows, wakes, tasks }: Stored): Promise<void> {
  service.advance((now - service.now()) / 1000);
  for (const [name, table] of Object.entries(service.tables))
    for (const row of rows[name] ?? []) {
      const entity = Object.fromEntries(Object.entries(row).map(([column, cell]) => [column, valueOf(cell)]));
      await table.createEntity(entity as { partitionKey: string; rowKey: string });
    }
  for (const { body, lane, at } of wakes) {
    const wake = parseWake(body);
    if (wake === undefined) throw new Error(`no wake: ${JSON.stringify(body)}`);
    service.messages.push({ wake, at, lane: lane === 'bulk' ? 'bulk' : 'priority' });
  }
  for (const body of tasks) {
    const task = parseTask(body);
    if (task === undefined) throw new Error(`no task: ${JSON.stringify(body)}`);
    service.tasks.push(task);
  }
}

/** The same with a member and a column that this build does not know, wherever one may be. */
export function fromTheFuture({ rows, wakes, tasks, ...rest }: Stored): Stored {
  const FUTURE = { future: { kept: 'as it was' } };
  const inJson = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(inJson);
    if (typeof value !== 'object' || value === null) return value;
    const members = Object.entries(value).map(([name, member]) => [
      name,
      name === 'pace' ? { ...(member as object), ...FUTURE } : COUNTED.test(name) ? member : inJson(member),
    ]);
    return { ...Object.fromEntries(members), ...FUTURE };
  };
  return {
    ...rest,
    wakes: wakes.map(({ body, ...wake }) => ({ ...wake, body: { ...(body as object), traceparent: TRACE } })),
    tasks: tasks.map((body) => ({ ...(body as object), traceparent: TRACE })),
    rows: Object.fromEntries(
      Object.entries(rows).map(([table, all]) => [
        table,
        all.map((row) => ({
          ...Object.fromEntries(
            Object.entries(row).map(([column, cell]) => [
              column,
              typeof cell === 'string' && /^(?:job|resets|control|erasure)0$/.test(column)
                ? JSON.stringify(inJson(JSON.parse(cell)))
                : cell,
            ]),
          ),
          futureColumn: 'unknown',
        })),
      ]),
    ),
  };
}

const TRACE = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
/** Sums by name, which are added and not kept. */
const COUNTED = /^(?:counts|outcomeCounts|snapshot|streaks)$/;
