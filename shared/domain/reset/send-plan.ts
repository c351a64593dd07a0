/** What is to be sent for one guest. Pure. */
import { withMore, type EmailChange } from '../graph/invitation.ts';
import type { GuestState } from '../guest/guest.ts';
import type { ResetRecord } from './reset.ts';
import type { WarningCode } from './warnings.ts';

/** One guest's requests, ready to send. */
export interface SendPlan {
  readonly row: number;
  readonly guestId: string;
  readonly state: GuestState;
  readonly address: string;
  readonly asksMail: boolean;
  /** The language that Microsoft is asked to mail in; absent where that is its choice, or it is not to mail. */
  readonly messageLanguage?: string;
  /** True where nobody has said that language: the guest prefers it. */
  readonly isGuestLanguage?: boolean;
  /** Body of `PATCH /users/{id}`, when the address is new to the guest. */
  readonly emailChange?: EmailChange;
  /** True where an earlier attempt made that change, and the directory only lags behind: it is not made again. */
  readonly isEmailAdded?: boolean;
  /** Body of `POST /invitations`. */
  readonly invitation: Record<string, unknown>;
  /**
   * Since when the guest's invitation is open, where that is recent and no request of this reset can be why: somebody
   * else may have reset the guest.
   */
  readonly pendingSince?: number;
  readonly warnings: readonly WarningCode[];
}

/** Directory writes that a plan needs. */
export function costOf(plan: SendPlan): number {
  return addsEmail(plan) ? 2 : 1;
}

/** Whether sending the plan changes the guest's emails first. */
export const addsEmail = ({ emailChange: change, isEmailAdded }: SendPlan): boolean =>
  change !== undefined && isEmailAdded !== true;

/** A guest's requests, and the reset they belong to as the look-up left it. */
export interface PlannedReset {
  readonly plan: SendPlan;
  readonly record: ResetRecord;
}

/** The plan with further addresses of the guest kept, if it changes emails at all. */
export function keepAddresses(plan: SendPlan, addresses: readonly string[]): SendPlan {
  const { emailChange: change } = plan;
  return change === undefined ? plan : { ...plan, emailChange: withMore(change, addresses) };
}
