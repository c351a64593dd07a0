/** The JSON shapes a caller writes. Types only; what the values must look like is checked after, with our own words. */
// Not `{ z }`, which brings every part of the package along.
import * as z from 'zod';
import { WANTED_STATES } from '../guest/guest.ts';
import { PER_MINUTE_MAX } from './lengths.ts';

// `null` counts as not said throughout: serialisers write it for an empty field.
const text = z.string().nullish();
const flag = z.boolean().nullish();

const recipient = z.strictObject({
  emailAddress: z.strictObject({ address: text, name: text }).nullish(),
});

const RECIPIENTS_READ_MAX = 200;

/** One is allowed, which is told later. Of tens of thousands each would be judged, and nobody else have a turn. */
function refuseMany(value: unknown, { issues }: z.RefinementCtx): unknown {
  if (!Array.isArray(value) || value.length <= RECIPIENTS_READ_MAX) return value;
  issues.push({ code: 'custom', input: undefined, message: `there are ${value.length}; a reset takes one.` });
  return z.NEVER;
}

export const messageInfoSchema = z.strictObject({
  messageLanguage: text,
  customizedMessageBody: text,
  ccRecipients: z.preprocess(refuseMany, z.array(recipient).nullish()),
});

const choices = {
  sendInvitationMessage: flag,
  inviteRedirectUrl: text,
  invitedUserMessageInfo: messageInfoSchema.nullish(),
  addEmailTo: text,
};

export const invitedUserSchema = z.strictObject({ id: text, userPrincipalName: text, mail: text });

/** `defaults` of a JSON body. */
export const defaultsSchema = z.strictObject(choices);

/** One entry: the invitation body of the Graph documentation, or the short `user`. */
export const entrySchema = z.strictObject({
  user: text,
  invitedUser: invitedUserSchema.nullish(),
  reference: text,
  invitedUserEmailAddress: text,
  invitedUserDisplayName: text,
  invitedUserType: text,
  resetRedemption: flag,
  ...choices,
});

/** Types of the options. In the query they are text and are converted first. */
export const OPTION_SCHEMAS = {
  reason: z.string(),
  notBefore: z.string(),
  notAfter: z.string(),
  pauseAfter: z.int().min(1),
  dryRun: z.boolean(),
  verify: z.boolean(),
  maxPerMinute: z.int().min(1).max(PER_MINUTE_MAX),
  skipIfResetWithinHours: z.number(),
  onlyIf: z.enum(['any', ...WANTED_STATES]),
  sendInvitationMessage: z.boolean(),
  addEmailTo: z.string(),
  messageLanguage: z.string(),
  customizedMessageBody: z.string(),
  inviteRedirectUrl: z.string(),
  changeEmailDomain: z.strictObject({ from: z.string(), to: z.string() }),
} as const;

export type OptionName = keyof typeof OPTION_SCHEMAS;

/** The options as members of a JSON body. */
export const optionMembers = z.strictObject(
  // Every name keeps its own schema.
  Object.fromEntries(Object.entries(OPTION_SCHEMAS).map(([name, schema]) => [name, schema.nullish()])) as {
    readonly [name in OptionName]: z.ZodOptional<z.ZodNullable<(typeof OPTION_SCHEMAS)[name]>>;
  },
).shape;

/** The whole JSON body. Never parsed at once, its entries arrive one by one; here for the OpenAPI document. */
export const submissionSchema = z.strictObject({
  resets: z.array(entrySchema),
  defaults: defaultsSchema.nullish(),
  ...optionMembers,
});

export type SaidEntry = z.infer<typeof entrySchema>;
export type DefaultsInput = z.infer<typeof defaultsSchema>;
