/** For each code of a submission, a body that is refused with it. */
import type { SubmissionCode } from '../../shared/domain/submission/codes.ts';

export interface RefusedBody {
  readonly body: string | Uint8Array<ArrayBuffer>;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const GUEST = 'anna.berg@fabrikam.example';
const long = (length: number): string => 'x'.repeat(length);
const ofCsv = (body: string, type = 'text/csv'): RefusedBody => ({
  body,
  query: 'sendInvitationMessage=false',
  headers: { 'Content-Type': type },
});
/** Bytes that are not UTF-8 in the middle. */
const broken = (text: string): Uint8Array<ArrayBuffer> => {
  const [before, after] = text.split('?').map((part) => Buffer.from(part));
  return Uint8Array.from([...(before ?? []), 0xff, ...(after ?? [])]);
};

/** What is wrong with one entry: its members beside the guest, as they stand in JSON. */
const ENTRIES: Readonly<Partial<Record<SubmissionCode, string>>> = {
  invalidSubmission: '"reference": 7',
  duplicateMember: '"reference": "a", "reference": "b"',
  ambiguousUser: '"invitedUser": { "id": "6f3cba15-0d1e-4b4f-93a0-7d0d36e6f0a1" }',
  invalidEmailAddress: '"invitedUserEmailAddress": "anna@"',
  forbiddenCharacter: '"invitedUserEmailAddress": "anna+1@fabrikam.example"',
  invalidCcRecipient: '"invitedUserMessageInfo": { "ccRecipients": [{ "emailAddress": { "address": "bo" } }] }',
  tooManyCcRecipients:
    '"invitedUserMessageInfo": { "ccRecipients": [{ "emailAddress": { "address": "bo@contoso.example" } }, { ' +
    '"emailAddress": { "address": "cy@contoso.example" } }] }',
  invalidLanguage: '"invitedUserMessageInfo": { "messageLanguage": "no language" }',
  invalidRedirectUrl: '"inviteRedirectUrl": "http://apps.contoso.example"',
  invalidAddEmailTo: '"addEmailTo": "nowhere"',
  resetRedemptionFalse: '"resetRedemption": false',
  userTypeNotAvailable: '"invitedUserType": "Member"',
  fieldTooLong: `"reference": "${long(300)}"`,
  rowTooLong: `"invitedUserMessageInfo": { "customizedMessageBody": "${'\\u0001'.repeat(4_000)}" }`,
  unknownField: '"nonsense": 1',
  wrongType: '"reference": 7',
};

/** What is wrong beside the entries. */
const OPTIONS: Readonly<Partial<Record<SubmissionCode, string>>> = {
  unknownOption: 'nonsense=1',
  invalidOption: 'dryRun=perhaps',
};

const LISTS: Readonly<Partial<Record<SubmissionCode, RefusedBody>>> = {
  unsupportedMediaType: ofCsv('user\n', 'text/plain'),
  unsupportedCharset: ofCsv('user\n', 'text/csv; charset=utf-7'),
  emptyBody: ofCsv(''),
  noResets: ofCsv('user\n'),
  tooManyResets: ofCsv(`user\n${Array.from({ length: 22 }, (_, at) => `g${at}@fabrikam.example\n`).join('')}`),
  missingUser: ofCsv('user,note\n,x\n'),
  duplicateUser: ofCsv(`user\n${GUEST}\n${GUEST}\n`),
  noUserColumn: ofCsv('note\nx\n'),
  tooManyColumns: ofCsv(`user,${Array.from({ length: 600 }, (_, at) => `c${at}`).join(',')}\n${GUEST}\n`),
  duplicateColumn: ofCsv(`user,USER\n${GUEST},b@fabrikam.example\n`),
  misspelledColumn: ofCsv(`user,sendInvitationMesage\n${GUEST},true\n`),
  raggedRow: ofCsv(`user,note\n${GUEST},x,y\n`),
  incompleteRow: ofCsv(`user,note\n${GUEST},x\nb@fabrikam.example`),
  unclosedQuote: ofCsv(`user,note\n${GUEST},"x`),
  strayQuote: ofCsv(`user,note\n${GUEST},"x"y\n`),
  invalidBoolean: ofCsv(`user,addEmailTo,sendInvitationMessage\n${GUEST},mail,ja\n`),
  invalidUser: ofCsv('user\nanna\n'),
  invalidUserId: ofCsv('id\nanna\n'),
  invalidUserPrincipalName: ofCsv('userPrincipalName\nanna\n'),
  invalidMail: ofCsv('mail\nanna\n'),
};

const JSON_TYPE = { 'Content-Type': 'application/json' };
const QUERY = 'sendInvitationMessage=false';

/** Of `POST /jobs`. */
export const REFUSED_SUBMISSIONS: Readonly<Partial<Record<SubmissionCode, RefusedBody>>> = {
  ...LISTS,
  ...mapped(ENTRIES, (members) => ({
    body: `{ "resets": [{ "user": "${GUEST}", ${members} }] }`,
    query: QUERY,
    headers: JSON_TYPE,
  })),
  ...mapped(OPTIONS, (query) => ({ ...ofCsv(`user\n${GUEST}\n`), query })),
  conflictingOption: { body: '{ "dryRun": false, "resets": [] }', query: 'dryRun=true', headers: JSON_TYPE },
  invalidJson: { body: '{ "resets": ', headers: JSON_TYPE },
  invalidEncoding: { body: broken('{ "reason": "?" }'), headers: JSON_TYPE },
  missingSendInvitationMessage: { ...ofCsv(`user\n${GUEST}\n`), query: '' },
  unsupportedContentEncoding: { body: 'x', headers: { 'Content-Encoding': 'gzip', ...JSON_TYPE } },
  // Blank lines, for a row of that length is refused as one.
  bodyTooLarge: { body: `${' '.repeat(9_999)}\n`.repeat(10_200), headers: { 'Content-Type': 'application/x-ndjson' } },
};

/** Of `POST /guests/{guest}/resets`; `guest` where the path says it. */
export const REFUSED_RESETS: Readonly<Partial<Record<SubmissionCode, RefusedBody & { readonly guest?: string }>>> = {
  ...mapped(ENTRIES, (members) => ({ body: `{ ${members} }`, query: QUERY })),
  ...mapped(OPTIONS, (query) => ({ body: '', query })),
  invalidUser: { body: '', guest: 'anna', query: QUERY },
  missingUser: { body: '', guest: ' ', query: QUERY },
  invalidJson: { body: '{', query: QUERY },
  invalidEncoding: { body: broken('{ "reference": "?" }'), query: QUERY },
  missingSendInvitationMessage: { body: '' },
  unsupportedContentEncoding: { body: 'x', headers: { 'Content-Encoding': 'gzip' } },
  bodyTooLarge: { body: ' '.repeat(70_000) },
};

/** Of `POST /jobs/{id}/retry`. */
export const REFUSED_RETRIES: Readonly<Partial<Record<SubmissionCode, RefusedBody>>> = {
  invalidSubmission: { body: '{ "dryRun": 7, "nonsense": 1 }' },
  unsupportedContentEncoding: { body: 'x', headers: { 'Content-Encoding': 'gzip' } },
  invalidJson: { body: '{' },
  invalidEncoding: { body: '{ "reason": "\\ud800" }' },
  duplicateMember: { body: '{ "reason": "a", "reason": "b" }' },
  unknownOption: { body: '{ "nonsense": 1 }' },
  invalidOption: { body: '{ "dryRun": "perhaps" }' },
  conflictingOption: { body: '{ "dryRun": false }', query: 'dryRun=true' },
  fieldTooLong: { body: `{ "reason": "${long(300)}" }` },
  bodyTooLarge: { body: ' '.repeat(70_000) },
};

function mapped(
  of: Readonly<Partial<Record<SubmissionCode, string>>>,
  to: (text: string) => RefusedBody,
): Partial<Record<SubmissionCode, RefusedBody>> {
  return Object.fromEntries(Object.entries(of).map(([code, text]) => [code, to(text)]));
}
