/** What the document says of each option and field that a request may have, beside its type. */
import { ADD_EMAIL_TO } from '../../../domain/reset/reset.ts';
import type { OptionName } from '../../../domain/submission/entry-schema.ts';
import {
  ADDRESS_MAX_CHARS,
  DISPLAY_NAME_MAX_CHARS,
  LANGUAGE_MAX_CHARS,
  MESSAGE_BODY_MAX_CHARS,
  REASON_MAX_CHARS,
  REFERENCE_MAX_CHARS,
  SKIP_WITHIN_MAX_HOURS,
  UPN_MAX_CHARS,
  URL_MAX_CHARS,
} from '../../../domain/submission/lengths.ts';
import type { Schema } from './schema.ts';

interface Words {
  readonly description: string;
  readonly examples: readonly [unknown, ...unknown[]];
  readonly [keyword: string]: unknown;
}

/** Of the invitation: for one reset, or for all of a job. */
const CHOICES = {
  sendInvitationMessage: {
    description: 'Whether Microsoft mails the guest. Has no built-in default.',
    examples: [true],
  },
  addEmailTo: {
    description: 'Where a new address goes; the default is mail.',
    enum: ADD_EMAIL_TO,
    examples: ['mail'],
  },
  messageLanguage: {
    description: "Language of Microsoft's mail, a tag of BCP 47.",
    maxLength: LANGUAGE_MAX_CHARS,
    examples: ['de-DE'],
  },
  customizedMessageBody: {
    description: "A message for the guest. Microsoft leaves it out of the service's mails.",
    maxLength: MESSAGE_BODY_MAX_CHARS,
    examples: ['Please accept this invitation to go on working with us.'],
  },
  inviteRedirectUrl: {
    description: 'Where the guest lands, an https address; the default is My Apps of the tenant.',
    format: 'uri',
    maxLength: URL_MAX_CHARS,
    examples: ['https://apps.contoso.example'],
  },
} as const satisfies Readonly<Record<string, Words>>;

export const OPTION_WORDS: Readonly<Record<OptionName, Words>> = {
  reason: {
    description: 'Why; shown with the job.',
    maxLength: REASON_MAX_CHARS,
    examples: ['fabrikam moved'],
  },
  notBefore: {
    description: 'Nothing is sent before this time.',
    format: 'date-time',
    examples: ['2030-01-31T08:00:00Z'],
  },
  notAfter: {
    description: 'Nothing is sent from this time on: what is pending then is canceled.',
    format: 'date-time',
    examples: ['2030-02-28T08:00:00Z'],
  },
  pauseAfter: { description: 'After so many resets the job stops by itself, until it is resumed.', examples: [20] },
  dryRun: { description: 'Looks everything up, decides, and sends nothing.', examples: [true] },
  verify: {
    description: 'False: successes are not looked at once more, a minute later. The default is true.',
    examples: [false],
  },
  maxPerMinute: { description: 'At most so many resets of this job in any minute.', examples: [60] },
  skipIfResetWithinHours: {
    description: 'A guest reset within so many hours before the submission, or since, is skipped. The default is 24.',
    minimum: 0,
    maximum: SKIP_WITHIN_MAX_HOURS,
    examples: [24],
  },
  onlyIf: {
    description: 'Whom to reset: guests in this state of invitation; others are skipped. The default is any.',
    examples: ['pending'],
  },
  changeEmailDomain: {
    description: "Each new address is derived from the guest's mail: a partner has a new domain.",
    examples: [{ from: 'fabrikam.example', to: 'fabrikam-new.example' }],
  },
  ...CHOICES,
};

const GUEST_ID = '6f3cba15-0d1e-4b4f-93a0-7d0d36e6f0a1';

/** Members of an entry, whatever object of it they stand in. */
const ENTRY_WORDS: Readonly<Record<string, Words>> = {
  ...CHOICES,
  user: {
    description: 'Object id, UPN (with #EXT#) or mail of the guest.',
    maxLength: UPN_MAX_CHARS,
    examples: ['anna.berg@fabrikam.example'],
  },
  invitedUser: { description: 'The guest by kind of name, instead of `user`.', examples: [{ id: GUEST_ID }] },
  id: { description: 'Object id of the guest.', examples: [GUEST_ID] },
  userPrincipalName: {
    description: 'UPN of the guest.',
    maxLength: UPN_MAX_CHARS,
    examples: ['anna.berg_fabrikam.example#EXT#@contoso.example'],
  },
  mail: {
    description: 'Mail of the guest.',
    maxLength: ADDRESS_MAX_CHARS,
    examples: ['anna.berg@fabrikam.example'],
  },
  reference: {
    description: 'Your own words for this reset; given back with its result.',
    maxLength: REFERENCE_MAX_CHARS,
    examples: ['HR-1001'],
  },
  invitedUserEmailAddress: {
    description: "Address to invite; the default is the guest's mail. A new one is added to the guest first.",
    maxLength: ADDRESS_MAX_CHARS,
    examples: ['anna.berg@adatum.example'],
  },
  invitedUserDisplayName: {
    description: 'As the Graph documentation shows it; a reset does not rename anybody.',
    maxLength: DISPLAY_NAME_MAX_CHARS,
    examples: ['Anna Berg'],
  },
  invitedUserType: { description: 'As the Graph documentation shows it: only Guest.', examples: ['Guest'] },
  resetRedemption: { description: 'As the Graph documentation shows it: only true.', examples: [true] },
  invitedUserMessageInfo: {
    description: "Of Microsoft's mail.",
    examples: [{ messageLanguage: 'de-DE' }],
  },
  ccRecipients: {
    description: 'Who gets the mail in copy, one at most.',
    examples: [[{ emailAddress: { address: 'carla.diaz@contoso.example' } }]],
  },
};

/** Words about a value: its limits go where the value itself is described, which may be beside `null`. */
function about(schema: Schema, { description, examples, ...limits }: Words): Schema {
  const { anyOf, type } = schema;
  const isNullable = Array.isArray(type) && type.includes('null');
  const words = isNullable && Array.isArray(limits['enum']) && { enum: [...(limits['enum'] as string[]), null] };
  if (!Array.isArray(anyOf)) return { ...schema, ...limits, ...words, description, examples };
  const [value, ...nothing] = anyOf as Schema[];
  return { ...schema, anyOf: [{ ...value, ...limits }, ...nothing], description, examples };
}

/** The schema with what is to be said of every member that has words, at any depth. */
export function withWords(
  schema: unknown,
  words: Readonly<Record<string, Words>> = { ...ENTRY_WORDS, ...OPTION_WORDS },
): unknown {
  if (Array.isArray(schema)) return schema.map((part) => withWords(part, words));
  if (typeof schema !== 'object' || schema === null) return schema;
  const parts = Object.entries(schema).map(([name, part]) => [
    name,
    name === 'properties' ? membersWithWords(part as Schema, words) : withWords(part, words),
  ]);
  return Object.fromEntries(parts);
}

const membersWithWords = (members: Schema, words: Readonly<Record<string, Words>>): Schema =>
  Object.fromEntries(
    Object.entries(members).map(([name, member]) => {
      const said = withWords(member, words) as Schema;
      return [name, words[name] === undefined ? said : about(said, words[name])];
    }),
  );

export const optionWithWords = (name: OptionName, schema: Schema): Schema => about(schema, OPTION_WORDS[name]);
