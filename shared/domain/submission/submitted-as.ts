/**
 * What a submission says of a guest beside the name that it gives: people know nobody by an object id. It is what
 * somebody wrote, and nothing is decided by it. Pure.
 */
import type { ResetRequest } from '../reset/reset.ts';
import { fieldOf, isNameColumn } from './columns.ts';

export interface SubmittedAs {
  readonly userPrincipalName?: string;
  readonly mail?: string;
  readonly displayName?: string;
}

/**
 * @param columns of the CSV; none of another format
 * @returns what finds it in a request of that submission; undefined where it says no more
 */
export function submittedAsIn(columns: readonly string[] = []): (request: ResetRequest) => SubmittedAs | undefined {
  const indexes = (isWanted: (name: string) => boolean): readonly number[] =>
    columns.flatMap((name, index) => (isWanted(name) ? [index] : []));
  const upns = indexes((name) => fieldOf(name) === 'userPrincipalName');
  const names = indexes((name) => isNameColumn(name) || fieldOf(name) === 'invitedUserDisplayName');
  return ({ selector, alsoSaid, invitedUserDisplayName, input = [] }) => {
    const cell = (at: readonly number[]): string | undefined =>
      at.map((index) => input[index]?.trim()).find((text) => text !== undefined && text !== '');
    const userPrincipalName = cell(upns);
    const mail = alsoSaid?.[0];
    const displayName = invitedUserDisplayName ?? cell(names);
    const said = {
      ...(userPrincipalName !== undefined && userPrincipalName !== selector.value && { userPrincipalName }),
      ...(mail !== undefined && { mail }),
      ...(displayName !== undefined && { displayName }),
    };
    return Object.keys(said).length === 0 ? undefined : said;
  };
}
