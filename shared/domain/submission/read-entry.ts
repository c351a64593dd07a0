/** One JSON entry (of `resets`, or one line of NDJSON) to one reset. */
import type { Repeated } from './body-item.ts';
import { entrySchema, type DefaultsInput, type SaidEntry } from './entry-schema.ts';
import { Findings, type Place } from './findings.ts';
import { checkReset, type FieldName, isSaid, type ReadReset, type ChoicesInput } from './reset-input.ts';
import { noteIssues, noteRepeated } from './shape-problems.ts';

/** Reads an entry and reports every problem of it, each with the path inside the entry. */
export function readEntry(value: unknown, place: Place & { readonly row: number }, repeated: Repeated = []): ReadReset {
  if (repeated.length > 0) {
    // Which of the two is meant nobody knows, so nothing else of the entry can be judged.
    const findings = new Findings(place);
    noteRepeated(repeated, findings, '');
    return { ok: false, problems: findings.problems };
  }
  const parsed = entrySchema.safeParse(value);
  if (!parsed.success) {
    const findings = new Findings(place);
    noteIssues(parsed.error.issues, findings, '', Object.keys(entrySchema.shape));
    return { ok: false, problems: findings.problems };
  }
  const entry = parsed.data;
  if (
    isSaid(entry.user ?? undefined) &&
    [entry.invitedUser?.id, entry.invitedUser?.userPrincipalName, entry.invitedUser?.mail].some((name) =>
      isSaid(name ?? undefined),
    )
  ) {
    const findings = new Findings(place);
    findings.add('ambiguousUser', 'Both user and invitedUser name a guest. Keep one.', 'user');
    return { ok: false, problems: findings.problems };
  }
  return checkReset(saidByEntry(entry), place, entryPath);
}

/** The choices in `defaults` or in an entry, flattened. */
export function choicesInput(said: DefaultsInput): ChoicesInput {
  const info = said.invitedUserMessageInfo;
  return {
    sendInvitationMessage: said.sendInvitationMessage ?? undefined,
    inviteRedirectUrl: said.inviteRedirectUrl ?? undefined,
    messageLanguage: info?.messageLanguage ?? undefined,
    customizedMessageBody: info?.customizedMessageBody ?? undefined,
    ccRecipients: info?.ccRecipients?.map(({ emailAddress }) => ({
      address: emailAddress?.address ?? undefined,
      name: emailAddress?.name ?? undefined,
    })),
    addEmailTo: said.addEmailTo ?? undefined,
  };
}

/** Where a flattened field stands in an entry. */
export const entryPath: FieldName = (field) => {
  switch (field) {
    case 'id':
    case 'userPrincipalName':
    case 'mail':
      return `invitedUser.${field}`;
    case 'messageLanguage':
    case 'customizedMessageBody':
    case 'ccRecipients':
      return `invitedUserMessageInfo.${field}`;
    default:
      return field;
  }
};

function saidByEntry(entry: SaidEntry) {
  return {
    ...choicesInput(entry),
    user: entry.user ?? undefined,
    id: entry.invitedUser?.id ?? undefined,
    userPrincipalName: entry.invitedUser?.userPrincipalName ?? undefined,
    mail: entry.invitedUser?.mail ?? undefined,
    reference: entry.reference ?? undefined,
    invitedUserEmailAddress: entry.invitedUserEmailAddress ?? undefined,
    invitedUserDisplayName: entry.invitedUserDisplayName ?? undefined,
    invitedUserType: entry.invitedUserType ?? undefined,
    resetRedemption: entry.resetRedemption ?? undefined,
  };
}
