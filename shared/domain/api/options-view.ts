/** The options of a job as they took effect: what was said, else what holds without a word. */
import type { JobOptions } from '../job/job.ts';
import { defined } from './reset-view.ts';

export interface DeploymentDefaults {
  readonly defaultRedirectUrl: string;
  /** How long after its success a reset is looked at once more, in seconds; 0 for never. */
  readonly verifyAfterSeconds: number;
}

/**
 * JSON of the options. `reason`, `notBefore`, `notAfter`, `pauseAfter` and `dryRun` stand beside it in the job. A
 * message may be long, and a recipient in copy is a person: of both it says only that they are there. A single reset
 * may have said something else.
 */
export function optionsView(
  options: JobOptions,
  { defaultRedirectUrl, verifyAfterSeconds }: DeploymentDefaults,
): Record<string, unknown> {
  const { maxPerMinute, skipIfResetWithinHours, changeEmailDomain, verify, onlyIf, defaults } = options;
  return defined({
    skipIfResetWithinHours,
    maxPerMinute,
    onlyIf: onlyIf ?? 'any',
    verify: verify !== false && verifyAfterSeconds > 0,
    changeEmailDomain,
    sendInvitationMessage: defaults.sendInvitationMessage,
    addEmailTo: defaults.addEmailTo ?? 'mail',
    inviteRedirectUrl: defaults.inviteRedirectUrl ?? defaultRedirectUrl,
    messageLanguage: defaults.messageLanguage,
    hasCustomizedMessageBody: defaults.customizedMessageBody !== undefined,
    hasCcRecipient: defaults.ccRecipient !== undefined,
  });
}
