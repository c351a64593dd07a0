/** From what a row or an entry said to a reset that can be queued. The same rules for every format. */
import { jsonLength } from '../reset/json-length.ts';
import { INVITATION_MAX_CC_RECIPIENTS } from '../limits.ts';
import { ADD_EMAIL_TO, type AddEmailTo, type InvitationChoices, type ResetRequest } from '../reset/reset.ts';
import { checkCcAddress, checkInvitedAddress, unwrapped } from './address.ts';
import { bad, type Checked, Findings, good, type Place, shown } from './findings.ts';
import { checkLanguage } from './language.ts';
import {
  DISPLAY_NAME_MAX_CHARS,
  MESSAGE_BODY_MAX_CHARS,
  REFERENCE_MAX_CHARS,
  ROW_MAX_CHARS,
  URL_MAX_CHARS,
} from './lengths.ts';
import { alsoSaid, checkSelector, chooseSelector, rivalId, type SelectorInput } from './selector.ts';

/** Choices for the invitation as said, by a reset or as defaults. Blank text counts as not said. */
export interface ChoicesInput {
  readonly sendInvitationMessage?: boolean | undefined;
  readonly inviteRedirectUrl?: string | undefined;
  readonly messageLanguage?: string | undefined;
  readonly customizedMessageBody?: string | undefined;
  readonly ccRecipients?: readonly RecipientInput[] | undefined;
  readonly addEmailTo?: string | undefined;
}

export interface RecipientInput {
  readonly address?: string | undefined;
  readonly name?: string | undefined;
}

/** One reset as said, of the right types but not yet checked. */
export interface ResetInput extends ChoicesInput, SelectorInput {
  readonly reference?: string | undefined;
  readonly invitedUserDisplayName?: string | undefined;
  readonly resetRedemption?: boolean | undefined;
  readonly invitedUserType?: string | undefined;
  readonly input?: readonly string[] | undefined;
}

/** How a field is called where it was said: a JSON path, or a column name. */
export type FieldName = (field: keyof ResetInput) => string;

export type ReadReset =
  /** `guestField` is where the guest was named. */
  | { readonly ok: true; readonly request: ResetRequest; readonly guestField: string }
  | { readonly ok: false; readonly problems: Findings['problems'] };

type Draft = { -readonly [K in keyof ResetRequest]: ResetRequest[K] };

/**
 * Checks every field, so that all problems of a row come back at once.
 * @param findings what was found before; the problems come after those
 */
export function checkReset(
  said: ResetInput,
  place: Place & { readonly row: number },
  nameOf: FieldName,
  findings = new Findings(place),
): ReadReset {
  const chosen = chooseSelector(said);
  if (chosen === undefined)
    findings.add(
      'missingUser',
      `The row names no guest. Fill in ${nameOf('user')}, or delete the row.`,
      nameOf('user'),
    );
  const selector =
    chosen === undefined ? undefined : findings.keep(nameOf(chosen.field), checkSelector(chosen.field, chosen.text));

  const request: Draft = {
    row: place.row,
    selector: selector ?? { by: 'id', value: '' },
    ...checkChoices(said, findings, nameOf),
  };
  const rival = chosen && rivalId(said, chosen.text);
  if (rival !== undefined)
    findings.add('ambiguousUser', `The row also has the object id ${rival}. Keep one of the two.`, nameOf('id'));
  const also = chosen === undefined ? [] : alsoSaid(said, chosen);
  if (also.length > 0) request.alsoSaid = also;
  const { reference, invitedUserEmailAddress: address, invitedUserDisplayName: displayName } = said;
  if (isSaid(reference)) keepText(request, 'reference', reference, REFERENCE_MAX_CHARS, findings, nameOf);
  if (isSaid(displayName))
    keepText(request, 'invitedUserDisplayName', displayName, DISPLAY_NAME_MAX_CHARS, findings, nameOf);
  if (chosen?.field === 'invitedUserEmailAddress') request.invitedUserEmailAddress = chosen.text;
  else if (isSaid(address)) {
    const checked = findings.keep(nameOf('invitedUserEmailAddress'), checkInvitedAddress(address));
    // As written: that its domain is invited in another form is told of each reset.
    if (checked !== undefined) request.invitedUserEmailAddress = unwrapped(address);
  }
  if (said.input !== undefined) request.input = said.input;

  if (said.resetRedemption === false) {
    findings.add(
      'resetRedemptionFalse',
      'This service only resets. Delete the row, or leave resetRedemption out.',
      nameOf('resetRedemption'),
    );
  }
  if (isSaid(said.invitedUserType) && said.invitedUserType.trim().toLowerCase() !== 'guest') {
    findings.add(
      'userTypeNotAvailable',
      `A reset does not change the type of a user to ${shown(said.invitedUserType)}. Leave it out.`,
      nameOf('invitedUserType'),
    );
  }
  if (findings.problems.length === 0) checkRowLength(request, findings);
  return findings.problems.length === 0
    ? { ok: true, request, guestField: nameOf(chosen?.field ?? 'user') }
    : { ok: false, problems: findings.problems };
}

/** Checks the choices for the invitation; bad ones are noted and left out. */
export function checkChoices(said: ChoicesInput, findings: Findings, nameOf: FieldName): InvitationChoices {
  const choices: { -readonly [K in keyof InvitationChoices]: InvitationChoices[K] } = {};
  if (said.sendInvitationMessage !== undefined) choices.sendInvitationMessage = said.sendInvitationMessage;
  const url = isSaid(said.inviteRedirectUrl)
    ? findings.keep(nameOf('inviteRedirectUrl'), checkRedirectUrl(said.inviteRedirectUrl))
    : undefined;
  if (url !== undefined) choices.inviteRedirectUrl = url;
  const language = isSaid(said.messageLanguage)
    ? findings.keep(nameOf('messageLanguage'), checkLanguage(said.messageLanguage))
    : undefined;
  if (language !== undefined) choices.messageLanguage = language;
  const body = isSaid(said.customizedMessageBody)
    ? findings.keep(nameOf('customizedMessageBody'), checkMessageBody(said.customizedMessageBody))
    : undefined;
  if (body !== undefined) choices.customizedMessageBody = body;
  const addEmailTo = isSaid(said.addEmailTo)
    ? findings.keep(nameOf('addEmailTo'), checkAddEmailTo(said.addEmailTo))
    : undefined;
  if (addEmailTo !== undefined) choices.addEmailTo = addEmailTo;
  const recipient =
    said.ccRecipients === undefined
      ? undefined
      : findings.keep(nameOf('ccRecipients'), checkRecipients(said.ccRecipients));
  if (recipient !== undefined) choices.ccRecipient = recipient;
  return choices;
}

/** An absolute https URL, as written. */
export function checkRedirectUrl(text: string): Checked<string> {
  const url = text.trim();
  const sound = checkText(url, URL_MAX_CHARS);
  if (!sound.ok) return sound;
  if (!/^https:\/\/[^\s\\]+$/i.test(url) || !URL.canParse(url)) {
    return bad(
      'invalidRedirectUrl',
      `${shown(url)} is not an absolute https address. Write one such as https://myapps.microsoft.com.`,
    );
  }
  return good(url);
}

export function checkMessageBody(text: string): Checked<string> {
  return checkText(text, MESSAGE_BODY_MAX_CHARS);
}

export function checkAddEmailTo(text: string): Checked<AddEmailTo> {
  const known = ADD_EMAIL_TO.find((value) => value.toLowerCase() === text.trim().toLowerCase());
  return known === undefined
    ? bad('invalidAddEmailTo', `${shown(text)} is not known. Write ${ADD_EMAIL_TO.join(', ')}, or leave it out.`)
    : good(known);
}

/** Halves of surrogate pairs, NUL and U+FFFD: JSON can write with escapes what no body of bytes may hold. */
const UNSOUND = /[\p{Cs}\0\uFFFD]/u;

/** Free text, as written. */
export function checkText(text: string, maxChars: number): Checked<string> {
  if (text.length > maxChars)
    return bad('fieldTooLong', `The text has ${text.length} characters; at most ${maxChars} are allowed.`);
  return UNSOUND.test(text)
    ? bad(
        'invalidEncoding',
        'The text has a NUL, half of a surrogate pair, or a letter already lost by an earlier conversion. Write ' +
          'the letters that are meant.',
      )
    : good(text);
}

/** Whether a text field says anything. */
export function isSaid(text: string | undefined): text is string {
  return text !== undefined && text.trim() !== '';
}

/** Entries without an address mean none: Graph's own sample has `"address": null`. */
function checkRecipients(said: readonly RecipientInput[]): Checked<InvitationChoices['ccRecipient']> {
  const [recipient, ...more] = said.filter(({ address }) => isSaid(address));
  if (recipient?.address === undefined) return good(undefined);
  if (more.length >= INVITATION_MAX_CC_RECIPIENTS) {
    return bad(
      'tooManyCcRecipients',
      `There are ${more.length + 1} recipients in copy; the invitation service takes ${INVITATION_MAX_CC_RECIPIENTS}.`,
    );
  }
  const address = checkCcAddress(recipient.address);
  if (!address.ok) return address;
  if (!isSaid(recipient.name)) return good({ address: address.value });
  const name = checkText(recipient.name, DISPLAY_NAME_MAX_CHARS);
  return name.ok ? good({ address: address.value, name: name.value }) : name;
}

function keepText(
  request: Draft,
  field: 'reference' | 'invitedUserDisplayName',
  text: string,
  maxChars: number,
  findings: Findings,
  nameOf: FieldName,
): void {
  const checked = findings.keep(nameOf(field), checkText(text, maxChars));
  if (checked !== undefined) request[field] = checked;
}

/** Measured as stored: what counts is the room that the reset takes in its chunk's row. */
function checkRowLength(request: ResetRequest, findings: Findings): void {
  const length = jsonLength(request);
  if (length > ROW_MAX_CHARS) {
    findings.add(
      'rowTooLong',
      `The row takes ${length} characters in all; at most ${ROW_MAX_CHARS} are allowed. Remove columns or ` +
        'members you do not need.',
    );
  }
}
