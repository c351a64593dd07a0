/** The schemas of requests against what reads them: whatever is accepted is what the document allows. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readSubmission } from '../../../shared/entry/http/submission/read-submission.ts';
import { OPTION_NAMES } from '../../../shared/domain/submission/options.ts';
import { faultsOfRequestBody, faultsOfQuery } from '../../parts/openapi-judge.ts';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const SETTINGS = { maxResets: 10, maxBodyBytes: 1_000_000, keepBadRows: false, now: NOW };

/** Whether the whole submission is accepted. */
async function isAccepted(body: unknown, query = new URLSearchParams()): Promise<boolean> {
  async function* bytes(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(JSON.stringify(body));
  }
  const reading = readSubmission(bytes(), 'application/json', query, SETTINGS);
  for (;;) {
    const next = await reading.next();
    if (next.done === true) return next.value.kind !== 'rejected';
  }
}

/** Values that something takes, values at its limits, and values of other types. */
const VALUES = [
  true, false, null, 0, 1, 1.5, -1, 24, 8_760, 8_761, 100_000, 100_001, '', ' ', 'true', '7', 'any', 'pending',
  'Accepted', 'accepted ', 'mail', 'otherMails', 'MAIL', 'none', 'de-DE', 'DE_de', 'x'.repeat(256), 'x'.repeat(257),
  'https://a.example/', 'HTTPS://a.example', 'http://a.example', '2030-01-31T08:00:00Z', '2030-01-31T08:00:00+01:00',
  '2030-01-31t08:00:00z', '2030-01-31 08:00:00Z', '2030-01-31T08:00Z', '2030-01-31', 'a.example:b.example',
  'anna.berg@fabrikam.example', 'Guest', 'guest', 'Member', [], {}, { from: 'a.example', to: 'b.example' },
  { from: 'a.example' }, { messageLanguage: 'de-DE', ccRecipients: null },
  { ccRecipients: [{ emailAddress: { address: null, name: 'Bo' } }] },
  { customizedMessageBody: 'x'.repeat(5_001) }, { id: null }, { mail: 'anna.berg@fabrikam.example' },
]; // prettier-ignore
const value = fc.constantFrom<unknown>(...VALUES);

const ENTRY_NAMES = [
  'user', 'invitedUser', 'reference', 'invitedUserEmailAddress', 'invitedUserDisplayName', 'invitedUserType',
  'resetRedemption', 'sendInvitationMessage', 'inviteRedirectUrl', 'invitedUserMessageInfo', 'addEmailTo',
]; // prettier-ignore
const some = (names: readonly string[]) => fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 2 });

const entry = fc
  .tuple(some(ENTRY_NAMES), fc.constantFrom({}, { sendInvitationMessage: false }))
  .map(([said, more]) => ({
    user: 'anna.berg@fabrikam.example',
    ...more,
    ...said,
  }));
const submission = fc
  .tuple(some([...OPTION_NAMES, 'defaults']), entry, fc.option(some(ENTRY_NAMES.slice(7)), { nil: undefined }))
  .map(([options, reset, defaults]) => ({
    sendInvitationMessage: false,
    ...options,
    ...(defaults !== undefined && { defaults }),
    resets: [reset],
  }));

test('a JSON body that is accepted is one that the schema of submissions allows', async () => {
  let accepted = 0;
  await fc.assert(
    fc.asyncProperty(submission, async (body) => {
      if (!(await isAccepted(body))) return;
      accepted++;
      expect(faultsOfRequestBody('Submission', body)).toEqual([]);
    }),
    { numRuns: 5_000 },
  );
  expect(accepted).toBeGreaterThan(200);
});

test.each([{}, { reference: 'HR-1001' }, { user: null, invitedUser: null }])(
  'an entry that names nobody is refused, and the schema refuses it: %j',
  async (nobody) => {
    const body = { sendInvitationMessage: false, resets: [nobody] };
    expect(await isAccepted(body)).toBe(false);
    expect(faultsOfRequestBody('Submission', body)).not.toEqual([]);
  },
);

test.each([
  { user: 'anna.berg@fabrikam.example' },
  { invitedUser: { mail: 'anna.berg@fabrikam.example' } },
  { invitedUserEmailAddress: 'anna.berg@fabrikam.example' },
])('an entry that names a guest is accepted, and allowed: %j', async (somebody) => {
  const body = { sendInvitationMessage: false, resets: [somebody] };
  expect(await isAccepted(body)).toBe(true);
  expect(faultsOfRequestBody('Submission', body)).toEqual([]);
});

test.each(OPTION_NAMES)('a query that says %s, and is accepted, is one that the document allows', async (name) => {
  const body = { resets: [{ user: 'anna.berg@fabrikam.example', sendInvitationMessage: false }] };
  const wrong: string[] = [];
  // Blank text says nothing.
  for (const each of VALUES.filter((one) => typeof one !== 'object' && String(one).trim() !== '').map(String)) {
    const query = new URLSearchParams({ [name]: each });
    if (await isAccepted(body, query)) wrong.push(...faultsOfQuery('POST', '/api/jobs', query));
  }
  expect(wrong).toEqual([]);
});
