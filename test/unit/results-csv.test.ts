/** The results CSV of a job that came as JSON, submitted again: the same resets. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvLine } from '../../shared/adapters/http/csv/csv-line.ts';
import { newReset } from '../../shared/domain/chunk.ts';
import type { ResetRequest } from '../../shared/domain/reset.ts';
import { resultCells, resultColumns } from '../../shared/domain/reset-view.ts';
import { readCsv, readJson } from './submission-reading.ts';

const table = { isDryRun: false };
const settings = { showsRedeemUrl: true, redeemUrlsSince: 0 };

const exported = (resets: readonly ResetRequest[]): string =>
  [resultColumns(table), ...resets.map((request) => resultCells(newReset(request, 0), table, settings))]
    .map(csvLine)
    .join('');

/** As JSON had said them; a CSV keeps its cells beside. */
const withoutCells = ({ input: _input, ...request }: ResetRequest): ResetRequest => request;

const words = fc.string({
  unit: fc.constantFrom('a', 'é', '😀', ' ', '"', ',', ';', '\t', '\r', '\n', "'", '=', '＝', '@', '-'),
  maxLength: 8,
});
const local = fc.string({
  unit: fc.constantFrom('a', 'B', '.', "'", '=', '+', '-', '_', '"'),
  minLength: 1,
  maxLength: 8,
});
const address = local.map((name) => `${name}@partner.example`);
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined });
const guest = fc.oneof(
  fc.uuid().map((id) => ({ user: id.toUpperCase() })),
  fc.uuid().map((id) => ({ invitedUser: { id } })),
  address.map((user) => ({ user })),
  address.map((mail) => ({ invitedUser: { mail } })),
  local.map((name) => ({ invitedUser: { mail: `${name}#EXT#@partner.example` } })),
  local.map((name) => ({ user: `${name}_x.example#EXT#@tenant.example` })),
  local.map((name) => ({ invitedUser: { userPrincipalName: `${name}@tenant.example` } })),
);
const entries = fc.array(
  fc
    .record({
      guest,
      reference: words,
      invitedUserEmailAddress: maybe(fc.constantFrom('new@adatum.example', "o'neil@adatum.example")),
      invitedUserDisplayName: words,
      inviteRedirectUrl: maybe(fc.constantFrom('https://app.example/?a=b,c;d', 'https://app.example/"x"')),
      sendInvitationMessage: maybe(fc.boolean()),
      addEmailTo: maybe(fc.constantFrom('mail', 'otherMails', 'none')),
      messageLanguage: maybe(fc.constantFrom('en-US', 'de')),
      customizedMessageBody: words,
      ccRecipients: maybe(address.map((each) => [{ emailAddress: { address: each } }])),
    })
    .map(({ guest: named, messageLanguage, customizedMessageBody, ccRecipients, ...entry }) => ({
      ...entry,
      ...named,
      invitedUserMessageInfo: { messageLanguage, customizedMessageBody, ccRecipients },
    })),
  { minLength: 1, maxLength: 4 },
);

test('every reset of a job that came as JSON is read from its results CSV as the same reset', async () => {
  await fc.assert(
    fc.asyncProperty(entries, async (resets) => {
      const job = await readJson({ resets });
      fc.pre(job.end.kind === 'accepted');
      const again = await readCsv(exported(job.resets));
      expect(again.end).toMatchObject({ kind: 'accepted' });
      expect(again.resets.map(withoutCells)).toEqual(job.resets);
    }),
  );
});

test('what a CSV would take for two addresses is no address in copy in JSON either', async () => {
  const invitedUserMessageInfo = { ccRecipients: [{ emailAddress: { address: 'a;b@partner.example' } }] };
  const { end } = await readJson({ resets: [{ user: 'anna@partner.example', invitedUserMessageInfo }] });
  expect(end).toMatchObject({ kind: 'rejected', problem: { errors: [{ code: 'invalidCcRecipient' }] } });
});
