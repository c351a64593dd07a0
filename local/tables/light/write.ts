/**
 * One write of one entity: first whether it may be, then its effect. So a transaction can ask for all before it does
 * any.
 */
import { checkEntity, type Entity, type Keys, type Sent } from './entity.ts';
import type { Stamp } from './stamps.ts';
import { conditionNotSatisfied, entityAlreadyExists, invalidInput, resourceNotFound } from './table-error.ts';
import type { Table } from './table.ts';

export type Write = Keys &
  (
    | { readonly kind: 'insert'; readonly properties: Sent['properties'] }
    /** Without `ifMatch` an entity that is not there is inserted. */
    | {
        readonly kind: 'replace' | 'merge';
        readonly properties: Sent['properties'];
        readonly ifMatch: string | undefined;
      }
    | { readonly kind: 'delete'; readonly ifMatch: string }
  );

export interface Prepared {
  /** Of the entity as it will be; none of a deleted one. */
  readonly etag?: string;
  apply(): void;
}

const ETAG = /^W\/"[^"]*"$/;

/** Throws what refuses the write. */
export function prepareWrite(table: Table, write: Write, stamp: Stamp): Prepared {
  const { partitionKey, rowKey } = write;
  const present = table.get(partitionKey, rowKey);
  if (write.kind === 'insert' && present !== undefined) throw entityAlreadyExists();
  if (write.kind !== 'insert') checkCondition(present, write.ifMatch);
  if (write.kind === 'delete') return { apply: () => table.remove(partitionKey, rowKey) };
  const properties =
    write.kind === 'merge' && present !== undefined
      ? new Map([...present.properties, ...write.properties])
      : write.properties;
  const entity: Entity = { partitionKey, rowKey, ...stamp, properties };
  checkEntity(entity);
  return { etag: stamp.etag, apply: () => table.put(entity) };
}

function checkCondition(present: Entity | undefined, ifMatch: string | undefined): void {
  if (ifMatch === undefined) return;
  if (ifMatch !== '*' && !ETAG.test(ifMatch)) throw invalidInput(`If-Match is no ETag: ${ifMatch}`);
  if (present === undefined) throw resourceNotFound();
  if (ifMatch !== '*' && ifMatch !== present.etag) throw conditionNotSatisfied();
}
