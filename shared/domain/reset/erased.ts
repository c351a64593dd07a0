/** What is left of a reset whose guest was erased: how it ended, for the counts of its job. Pure. */
import { isTerminal, type ResetRecord, type SentRecord } from './reset.ts';

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

/** Whether the reset is of that guest, and can be erased; of others the words are taken out of their texts. */
export function isResetOf({ guestId, request, status }: ResetRecord, id: string, words: readonly string[]): boolean {
  return isTerminal(status) && (guestId?.toLowerCase() === id || words.includes(request.selector.value.toLowerCase()));
}
