/** How a guest is named: in an address of the console, in a search, and as a heading. */
import type { Guest } from '../../../../client/types.ts';
import { count } from '../../parts/numbers.ts';
import { objectIdOf } from '../../parts/object-id.ts';

/** No UPN is longer, and no address. */
const MOST_CHARACTERS = 1_024;

/** One @; nothing blank or invisible, and none of the signs that stand between addresses or around them. */
const UPN_OR_ADDRESS = /^[^\s@\p{C}"“-‟«»(),:;<>[\]\\]+@[^\s@\p{C}"“-‟«»(),:;<>[\]\\]+$/u;

const QUOTED = /^(?:"(.*)"|'(.*)'|“(.*)”|‘(.*)’|<(.*)>)$/su;

const NONE_OF_THEM = 'That is no object id, no UPN and no mail address';
const ONE_AT_A_TIME = 'One guest is looked up at a time; many are a new reset.';

/** What somebody has written or pasted, without what copied text brings along. */
export function nameIn(text: string): string {
  const name = text.trim();
  return (
    QUOTED.exec(name)
      ?.slice(1)
      .find((inside) => inside !== undefined) ?? name
  ).trim();
}

/** Why nobody can be named so; undefined where the service can be asked. */
export function mistakeIn(text: string): string | undefined {
  const name = nameIn(text);
  if (name === '') return 'Write whom you look for.';
  if (name.length > MOST_CHARACTERS) return `That is too long: ${count(name.length)} characters. ${ONE_AT_A_TIME}`;
  if (objectIdOf(name) !== undefined || UPN_OR_ADDRESS.test(name)) return undefined;
  if (!name.includes('@')) return `${NONE_OF_THEM}: a UPN and an address have an @. Names are not searched for.`;
  return `${NONE_OF_THEM}: one @, and no blank, comma, quote or bracket. ${ONE_AT_A_TIME}`;
}

/**
 * Where a guest is found below the console. What is no object id stands behind the question mark: an address with a
 * dot in its path is one of a file.
 */
export function placeOf(name: string): string {
  const id = objectIdOf(nameIn(name));
  return id === undefined ? `/guests?${new URLSearchParams({ q: nameIn(name) })}` : `/guests/${id}`;
}

/** What people call a guest; by the end of the object id as long as nothing else is known. */
export const titleOf = (id: string, guest: Guest | undefined): string =>
  guest?.displayName ?? guest?.mail ?? guest?.userPrincipalName ?? `Guest …${id.slice(-6)}`;

/** Object ids that a text names, such as those of several who have one address. */
export const objectIdsIn = (text: string): readonly string[] => [
  ...new Set(text.match(/[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/gi) ?? []),
];
