/** How the state of a reset is said, and what its code means. */
import type { Job, Redemption, Reset } from '../../../client/types.ts';
import { RESET_CODES, type ResetCode } from '../../../client/codes.ts';
import type { StateWords } from './job-words.ts';
import { counted } from './numbers.ts';
import { inPageWords } from './service-words.ts';

export type ResetStatus = Reset['status'];

export const RESET_STATES: Readonly<Record<ResetStatus, StateWords>> = {
  pending: { text: 'Waiting', color: 'informative' },
  sending: { text: 'On its way', color: 'brand' },
  succeeded: { text: 'Reset', color: 'success' },
  failed: { text: 'Failed', color: 'danger' },
  skipped: { text: 'Skipped', color: 'informative' },
  unknown: { text: 'Cannot be told', color: 'warning' },
  canceled: { text: 'Canceled', color: 'informative' },
};

export const REDEMPTIONS: Readonly<Record<Redemption, string>> = {
  pending: 'Not redeemed',
  accepted: 'Redeemed',
  unknown: 'Cannot be told',
};

/** One or two sentences; a code that this page does not know yet stands for itself. */
export function meaningOf(code: string): string {
  const words = RESET_CODES[code as ResetCode] as (typeof RESET_CODES)[ResetCode] | undefined;
  return words === undefined ? code : inPageWords(words.meaning);
}

/** As `meaningOf`, of one job: with the hours that it asked to leave between. */
export function causeIn({ options: { skipIfResetWithinHours: hours } }: Pick<Job, 'options'>, code: string): string {
  const when = hours === 0 ? 'since this was submitted' : `within ${counted(hours, 'hour')} before, or since`;
  if (code === 'resetRecently') return `Another job has reset the guest ${when}.`;
  if (code === 'pendingRecently') return `Somebody else has invited or reset the guest ${when}.`;
  return meaningOf(code);
}

/** Who is skipped for the time alone. */
export const skippedFor = ({ skipIfResetWithinHours: hours }: Job['options']): string =>
  hours === 0 ? 'Nobody for having been reset lately' : `Who was reset within ${counted(hours, 'hour')}`;

/** Of these the service says what a program asks for next. */
const STEPS: Readonly<Partial<Record<ResetCode, string>>> = {
  resetRecently: 'Open a guest to see what was done, or to reset that one all the same.',
  pendingRecently: 'Open a guest to see how it stands, or to reset that one all the same.',
};

type Told = Partial<Pick<Reset, 'code' | 'nextStep' | 'inviteRedeemUrl'>>;

/** What helps, in words for people. */
export const stepOf = (reset: Told): string | undefined =>
  (reset.code === undefined ? undefined : STEPS[reset.code]) ?? stepOfGuest(reset);

/** As `stepOf`, on the page of the guest. */
export function stepOfGuest({ code, nextStep, inviteRedeemUrl: link }: Told): string | undefined {
  if (nextStep === undefined) return undefined;
  // Of a success only whoever was not mailed has a next step.
  if (code === 'reset') return link === undefined ? NO_LINK_HERE : HAND_OUT;
  return inPageWords(nextStep);
}

const HAND_OUT = 'Give the guest the redeem link, or the link of an app.';
const NO_LINK_HERE =
  'The guest needs the redeem link, which only who submitted the job sees, for some days; or the link of an app.';
