/** A guest as the directory has them now, for people. Pure. */
import type { GraphUser } from '../guest/guest.ts';
import { iso } from '../instant.ts';
import type { ResetRecord } from '../reset/reset.ts';
import { defined, warningsOf } from './reset-view.ts';

/**
 * JSON of it. Of somebody who is no guest it tells only that: whoever may see guests may not see everybody.
 * @param rehearsed what a dry run says of the guest
 */
export function guestView(user: GraphUser, rehearsed: ResetRecord, readAt: number): Record<string, unknown> {
  const { id, userType, userPrincipalName, mail, otherMails, displayName, accountEnabled, externalUserState } = user;
  const resettable = rehearsed.status === 'succeeded';
  const { code, message, nextStep } = rehearsed.verdict ?? {};
  const warnings = warningsOf(rehearsed);
  const decided = {
    readAt: iso(readAt),
    resettable,
    ...(!resettable && { code, message, nextStep }),
    ...(warnings.length > 0 && { warnings }),
  };
  if (code === 'notExternal') return known({ id, userType, ...decided });
  return known({
    id,
    userPrincipalName,
    mail,
    otherMails,
    displayName,
    userType,
    externalUserState,
    externalUserStateChangeDateTime: timeOf(user.externalUserStateChangeDateTime),
    accountEnabled,
    createdDateTime: timeOf(user.createdDateTime),
    ...decided,
  });
}

/** Without what is empty, which Graph says as `null`. */
const known = (members: Record<string, unknown>): Record<string, unknown> =>
  defined(Object.fromEntries(Object.entries(members).map(([name, value]) => [name, value ?? undefined])));

const timeOf = (text: string | null | undefined): string | undefined => iso(Date.parse(text ?? ''));
