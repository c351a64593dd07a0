/** Reads the body of `POST /invitations` and refuses what the service refuses. */
import * as z from 'zod';
import type { Answer } from './answer.ts';
import { errors } from './errors.ts';
import { isDirectoryAddress, isInvitable } from './mail-address.ts';

const text = z.string().nullish();
const flag = z.boolean().nullish();
const recipient = z.strictObject({ emailAddress: z.strictObject({ name: text, address: text }).nullish() });

const invitationSchema = z.strictObject({
  invitedUserEmailAddress: text,
  invitedUserDisplayName: text,
  invitedUserType: text,
  inviteRedirectUrl: text,
  sendInvitationMessage: flag,
  resetRedemption: flag,
  invitedUserMessageInfo: z
    .strictObject({ messageLanguage: text, customizedMessageBody: text, ccRecipients: z.array(recipient).nullish() })
    .nullish(),
  invitedUser: z.object({ id: text }).nullish(),
});

/** An invitation as asked for, complete. */
export interface InvitationRequest {
  readonly address: string;
  readonly displayName: string | null;
  readonly redirectUrl: string;
  readonly sendsMail: boolean;
  readonly resetsRedemption: boolean;
  readonly messageLanguage: string | null;
  readonly customizedMessageBody: string | null;
  readonly ccRecipient: string | null;
  readonly userId: string | null;
}

export type InvitationReading = { readonly invitation: InvitationRequest } | { readonly refused: Answer };

export function readInvitation(body: unknown): InvitationReading {
  const parsed = invitationSchema.safeParse(body);
  if (!parsed.success) return { refused: shapeError(parsed.error) };
  const { data } = parsed;
  const info = data.invitedUserMessageInfo;
  // The documentation's own sample has a recipient without an address: that is nobody.
  const ccRecipients = (info?.ccRecipients ?? []).flatMap((each) => each.emailAddress?.address ?? []);
  const address = data.invitedUserEmailAddress ?? '';
  if (address === '') return { refused: errors.invalidValue('invitedUserEmailAddress', 'Invitation') };
  if (!isInvitable(address)) return { refused: errors.invalidAddress };
  if (!ccRecipients.every(isDirectoryAddress)) return { refused: errors.invalidAddress };
  if (!data.inviteRedirectUrl) return { refused: errors.invalidValue('inviteRedirectUrl', 'Invitation') };
  if (data.resetRedemption === true && !data.invitedUser?.id)
    return { refused: errors.invalidValue('invitedUser', 'Invitation') };
  if (ccRecipients.length > 1) return { refused: errors.ccRecipients };
  return {
    invitation: {
      address,
      displayName: data.invitedUserDisplayName ?? null,
      redirectUrl: data.inviteRedirectUrl,
      sendsMail: data.sendInvitationMessage ?? false,
      resetsRedemption: data.resetRedemption ?? false,
      messageLanguage: info?.messageLanguage ?? null,
      customizedMessageBody: info?.customizedMessageBody ?? null,
      ccRecipient: ccRecipients[0] ?? null,
      userId: data.invitedUser?.id ?? null,
    },
  };
}

function shapeError(error: z.ZodError): Answer {
  const [issue] = error.issues;
  if (issue?.code === 'unrecognized_keys') return errors.unknownProperty(issue.keys[0] ?? '', 'invitation');
  const path = issue?.path.join('/') ?? '';
  return path === '' ? errors.invalidBody('a JSON object is expected.') : errors.invalidValue(path, 'Invitation');
}
