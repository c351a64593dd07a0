import { expect, test } from 'vitest';
import { RowChoices } from '../../../../shared/domain/job/rows-say.ts';
import type { ResetRequest } from '../../../../shared/domain/reset/reset.ts';

function said(...rows: readonly Partial<ResetRequest>[]) {
  const choices = new RowChoices();
  for (const [index, row] of rows.entries())
    choices.note({ row: index + 1, selector: { by: 'mail', value: 'anna@fabrikam.example' }, ...row });
  return choices.said;
}

test('rows that leave everything to the job say nothing, nor does an address that only names the guest', () => {
  expect(said({}, { reference: 'HR-1', invitedUserEmailAddress: 'Anna@fabrikam.example' })).toBeUndefined();
});

test('each choice of a row is counted, what it says of mail either way', () => {
  const all: Partial<ResetRequest> = {
    invitedUserEmailAddress: 'anna@adatum.example',
    addEmailTo: 'otherMails',
    messageLanguage: 'de-DE',
    inviteRedirectUrl: 'https://apps.contoso.example',
    customizedMessageBody: 'Hello',
    ccRecipient: { address: 'boss@contoso.example' },
  };
  expect(said({ ...all, sendInvitationMessage: true }, { ...all, sendInvitationMessage: false }, all)).toEqual({
    mailed: 1,
    notMailed: 1,
    invitedUserEmailAddress: 3,
    addEmailTo: 3,
    messageLanguage: 3,
    inviteRedirectUrl: 3,
    customizedMessageBody: 3,
    ccRecipient: 3,
  });
});
