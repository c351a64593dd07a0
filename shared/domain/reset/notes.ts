/** What is noted of a reset without a change of its status. Pure. */
import { keptResult } from './kept-result.ts';
import type { Found } from '../guest/look-up.ts';
import type { SendPlan } from './send-plan.ts';
import { isTerminal, type ResetRecord } from './reset.ts';
import type { VerificationStep } from './verification.ts';
import type { WarningCode } from './warnings.ts';

/** What a look found at a reset that has succeeded. A guest who shows the reset shows the names after it, too. */
export function annotate(record: ResetRecord, step: VerificationStep, found: Found): ResetRecord {
  const { verifyAt: _over, ...rest } = record;
  if (step.kind === 'lookAgain') return { ...rest, verifyAt: step.at };
  const { verification } = step;
  const isSeen = verification === 'verified' && found.kind === 'user';
  return isSeen ? keptResult({ ...rest, verification, after: names(found.user) }) : { ...rest, verification };
}

/** Graph has added the new address, whatever became of the invitation behind it. */
export const noteEmailAdded = (record: ResetRecord, { state, emailChange }: SendPlan): ResetRecord => ({
  ...record,
  emailAdded: true,
  after: record.after ?? names({ ...state, mail: emailChange?.mail ?? state.mail }),
});

/** A guest who was not reset has the new address all the same, where Graph has added it. */
export function shownWarnings({ warnings = [], emailAdded, status }: ResetRecord): readonly WarningCode[] {
  const isLeft = emailAdded === true && isTerminal(status) && status !== 'succeeded';
  return isLeft ? [...warnings, 'addressAdded'] : warnings;
}

/** UPN and mail, as the results show them before and after. */
export function names(user: { readonly userPrincipalName?: string | null; readonly mail?: string | null }): {
  userPrincipalName?: string;
  mail?: string;
} {
  return {
    ...(typeof user.userPrincipalName === 'string' && { userPrincipalName: user.userPrincipalName }),
    ...(typeof user.mail === 'string' && { mail: user.mail }),
  };
}
