/** What is left of a reset whose guest was erased: how it ended, for the counts of its job. Pure. */
import type { Eraser } from '../guest/erasure-words.ts';
import { isTerminal, type InvitationChoices, type ResetRecord, type SentRecord } from './reset.ts';

/** As stored where a name stood that has to be there. */
const NOBODY = '';

/** @param record one that has ended */
export function erasedReset(record: ResetRecord): ResetRecord {
  const { request, status, dueAt, attempts, startedAt, endedAt, verdict, sent, would } = record;
  const { warnings, emailAdded, emailAddedAt, redemption, verification } = record;
  return {
    request: { row: request.row, selector: { by: 'id', value: NOBODY } },
    status,
    dueAt,
    attempts,
    erased: true,
    ...(startedAt !== undefined && { startedAt }),
    ...(endedAt !== undefined && { endedAt }),
    ...(verdict !== undefined && { verdict: { code: verdict.code, message: '' } }),
    ...(sent !== undefined && { sent: erasedSent(sent) }),
    ...(would !== undefined && {
      would: {
        ...(would.mailTo !== undefined && { mailTo: NOBODY }),
        ...(would.addEmail !== undefined && { addEmail: NOBODY }),
      },
    }),
    ...(warnings !== undefined && { warnings }),
    ...(emailAdded !== undefined && { emailAdded }),
    ...(emailAddedAt !== undefined && { emailAddedAt }),
    ...(redemption !== undefined && { redemption }),
    ...(verification !== undefined && { verification }),
  };
}

/** That Microsoft was asked to mail is counted. */
const erasedSent = ({ attemptId, at, graphDate, asksMail, addsEmail }: SentRecord): SentRecord => ({
  attemptId,
  at,
  graphDate,
  asksMail,
  addsEmail,
  address: NOBODY,
  externalUserState: null,
  externalUserStateChangeDateTime: null,
});

/** The reset of somebody else without the words, such that a retry of it finds its guest. */
export function withoutWords(record: ResetRecord, eraser: Eraser): ResetRecord {
  const { request, guestId } = record;
  const isNamedSo = guestId !== undefined && eraser.names(request.selector);
  return eraser.redacted({
    ...record,
    request: {
      ...withoutCopies(request, eraser),
      ...(isNamedSo && { selector: { by: 'id' as const, value: guestId } }),
    },
  });
}

/** Nobody can be sent a copy at what is left of an address; and a name is beside it. */
export function withoutCopies<T extends InvitationChoices>(choices: T, eraser: Eraser): T {
  const { ccRecipient: _copies, ...rest } = choices;
  // The member may be absent in every one of these types.
  return eraser.names(choices.ccRecipient) ? (rest as T) : choices;
}

/**
 * Whether the reset is of that guest, and can be erased; of others the words are taken out of their texts. An address
 * may have gone from one guest to another: it names the guest only where no reset was begun for somebody.
 */
export function isResetOf({ guestId, request, status }: ResetRecord, id: string, words: readonly string[]): boolean {
  const named = guestId ?? request.selector.value;
  return (
    isTerminal(status) && (named.toLowerCase() === id || (guestId === undefined && words.includes(named.toLowerCase())))
  );
}
