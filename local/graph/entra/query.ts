/** Keys, filters, selections and pages of the lists that administrators read. */
import type { Answer } from '../answer.ts';
import { errors } from '../errors.ts';
import type { SimulatorState } from '../state.ts';

const PAGE = 100;

/** `applications(appId='…')` as its parts; a segment without a key in it has only a name. */
export function readSegment(segment: string): { name: string; key?: { property: string; value: string } } {
  const [, name, property, value] = /^(\w+)\((\w+)='((?:[^']|'')*)'\)$/.exec(segment) ?? [];
  return name === undefined || property === undefined || value === undefined
    ? { name: segment }
    : { name, key: { property, value: value.replaceAll("''", "'") } };
}

/** A filter that compares one property with one text. */
export function readFilter(filter: string): { property: string; value: string } | undefined {
  const [, property, value] = /^(\w+) eq (?:'((?:[^']|'')*)')$/.exec(filter) ?? [];
  return property === undefined || value === undefined ? undefined : { property, value: value.replaceAll("''", "'") };
}

/** The object as Graph tells it; what has been selected of it. */
export function one(object: Told, query: URLSearchParams): Answer {
  return refuseSelect(object, query) ?? { status: 200, body: select(object, query) };
}

/** A page of the list, and where the next one is. */
export function page(
  { origin }: SimulatorState,
  path: readonly string[],
  objects: readonly Told[],
  query: URLSearchParams,
): Answer {
  const filter = query.get('$filter');
  const wanted = filter === null ? undefined : readFilter(filter);
  if (filter !== null && wanted === undefined) return errors.notSimulated(`$filter=${filter}`);
  const found = objects.filter((each) => wanted === undefined || isSame(each[wanted.property], wanted.value));
  const refused = found[0] && refuseSelect(found[0], query);
  if (refused !== undefined) return refused;
  const skip = Number(query.get('$skiptoken') ?? 0);
  const next = new URLSearchParams(query);
  next.set('$skiptoken', String(skip + PAGE));
  const link = `${origin}/v1.0/${path.map(encodeURIComponent).join('/')}?${next.toString()}`;
  const value = found.slice(skip, skip + PAGE).map((each) => select(each, query));
  return { status: 200, body: { value, ...(skip + PAGE < found.length && { '@odata.nextLink': link }) } };
}

type Told = Readonly<Record<string, unknown>>;

const isSame = (value: unknown, wanted: string): boolean =>
  typeof value === 'string' && value.toLowerCase() === wanted.toLowerCase();

const selectedNames = (query: URLSearchParams): string[] | undefined => query.get('$select')?.split(',');

function refuseSelect(object: Told, query: URLSearchParams): Answer | undefined {
  const unknown = selectedNames(query)?.find((name) => !Object.hasOwn(object, name));
  return unknown === undefined ? undefined : errors.unknownSelect(unknown, 'directoryObject');
}

/** Of which type an object is stands with it, whatever is selected. Source: OData JSON format, "odata.type". */
const select = (object: Told, query: URLSearchParams): Told => {
  const names = selectedNames(query);
  if (names === undefined) return object;
  return Object.fromEntries(Object.entries(object).filter(([name]) => name.startsWith('@') || names.includes(name)));
};
