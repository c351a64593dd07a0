/**
 * What the columns of a list are taken for, to show it. The service decides, by the same names
 * (docs/submitting.md, CSV).
 */
import { SELECTOR_FIELDS, type SelectorField } from '../../../shared/domain/submission/selector.ts';

/** What each column that may name the guest takes, in the order in which the first that is filled does. */
const TAKES: Readonly<Record<SelectorField, string>> = {
  id: 'An object id.',
  user: 'An object id, a UPN with #EXT#, or an address.',
  memberObjectIdOrUpn: 'An object id, or a UPN with #EXT#; no address.',
  userPrincipalName: 'A UPN with #EXT#; no address.',
  mail: 'An address.',
  invitedUserEmailAddress: 'An address.',
};

const MEANINGS: Readonly<Record<string, string>> = {
  id: 'object id',
  user: 'the guest',
  memberobjectidorupn: 'object id or UPN',
  userprincipalname: 'UPN',
  mail: 'mail address',
  inviteduseremailaddress: 'address to invite',
  reference: 'your reference',
  inviteduserdisplayname: 'display name',
  inviteredirecturl: 'where the guest lands',
  sendinvitationmessage: 'mail or not',
  messagelanguage: 'language of the mail',
  customizedmessagebody: 'message',
  ccrecipient: 'copy to',
  ccrecipientname: 'copy to, name',
  addemailto: 'where a new address goes',
  resetredemption: 'reset or not',
  invitedusertype: 'type of user',
};

const OTHER_NAMES: Readonly<Record<string, string>> = {
  objectid: 'id',
  userid: 'user',
  upn: 'userprincipalname',
  email: 'mail',
  emailaddress: 'mail',
  inviteeemail: 'inviteduseremailaddress',
  emailaddresstoinvite: 'inviteduseremailaddress',
  sendemail: 'sendinvitationmessage',
};

/** Columns of an earlier answer, which the service passes over. */
const PASSED_OVER = /^(result\..*|problem)$/i;

const plainOf = (name: string): string =>
  (/^[^[]*\[([^\]]+)\]/.exec(name)?.[1] ?? name)
    .replace(/^'/, '')
    .toLowerCase()
    .replaceAll(/[\s_\-\uFEFF]/g, '');

/** The field a column is, as a key of `MEANINGS`; undefined where it is only kept. */
export function fieldOf(name: string): string | undefined {
  const plain = plainOf(name);
  const field = OTHER_NAMES[plain] ?? plain;
  return field in MEANINGS ? field : undefined;
}

export const meaningOf = (name: string): string | undefined => MEANINGS[fieldOf(name) ?? ''];

export const isPassedOver = (name: string): boolean => PASSED_OVER.test(name.trim());

/** What an export of users from the Entra admin center is told by: none of these is a column of ours. */
const ENTRA = ['creationtype', 'invitationstate', 'identityissuer', 'usertype', 'directorysynced', 'accountenabled'];

/** Whether the header is that of a list of users that Entra's admin center writes. */
export function isEntraExport(header: readonly string[]): boolean {
  const names = new Set(header.map((name) => name.toLowerCase().replaceAll(/[\s_\-\uFEFF]/g, '')));
  return names.has('userprincipalname') && ENTRA.filter((name) => names.has(name)).length >= 3;
}

/** Which of the fields that may name the guest a column is; undefined where it is none of them. */
export function namingField(name: string): SelectorField | undefined {
  const field = fieldOf(name);
  return SELECTOR_FIELDS.find((each) => each.toLowerCase() === field);
}

/** Indexes of the columns that may name the guest, the first that decides in front. */
export function namingColumns(header: readonly string[]): number[] {
  return SELECTOR_FIELDS.flatMap((field) =>
    header.flatMap((name, index) => (namingField(name) === field ? [index] : [])),
  );
}

/** What is to be written in a column that may name the guest, in a sentence; undefined of all others. */
export function takenBy(name: string): string | undefined {
  const field = namingField(name);
  return field && TAKES[field];
}

/** Columns that say to people who a guest is. Only shown: the service does not read the name. */
const CALLING = ['displayname', 'inviteduserdisplayname', 'mail', 'inviteduseremailaddress'];

/** Indexes of the columns by which people know a guest, the best in front. */
export function callingColumns(header: readonly string[]): number[] {
  const names = header.map((name) => fieldOf(name) ?? plainOf(name));
  return CALLING.flatMap((wanted) => names.flatMap((name, index) => (name === wanted ? [index] : [])));
}
