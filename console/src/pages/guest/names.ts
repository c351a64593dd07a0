/** How a guest is named: in an address of the console, in a search, and as a heading. */
import type { Guest } from '../../../../client/types.ts';
import { objectIdOf } from '../../parts/object-id.ts';

/** Why nobody can be named so; undefined where the service can be asked. */
export function mistakeIn(text: string): string | undefined {
  if (text.trim() === '') return 'Write whom you look for.';
  if (objectIdOf(text) !== undefined || text.includes('@')) return undefined;
  return 'That is no object id, no UPN and no mail address: a UPN and an address have an @. Names are not searched for.';
}

/**
 * Where a guest is found below the console. What is no object id stands behind the question mark: an address with a
 * dot in its path is one of a file.
 */
export function placeOf(name: string): string {
  const id = objectIdOf(name);
  return id === undefined ? `/guests?${new URLSearchParams({ q: name.trim() })}` : `/guests/${id}`;
}

/** What people call a guest; by the end of the object id as long as nothing else is known. */
export const titleOf = (id: string, guest: Guest | undefined): string =>
  guest?.displayName ?? guest?.mail ?? guest?.userPrincipalName ?? `Guest …${id.slice(-6)}`;

/** Object ids that a text names, such as those of several who have one address. */
export const objectIdsIn = (text: string): readonly string[] => [
  ...new Set(text.match(/[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/gi) ?? []),
];
