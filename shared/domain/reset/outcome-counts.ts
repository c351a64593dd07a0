/** What a job's resets did beside their status: sums that a job shows. In a dry run: what they would do. */
import type { ResetCode } from './codes.ts';
import { shownWarnings } from './notes.ts';
import { isTerminal, type ResetRecord } from './reset.ts';
import type { WarningCode } from './warnings.ts';

/**
 * How many there are of each; of which there are none is left out. The names are a closed list, so this stays small.
 */
type Sums<Name extends string> = { readonly [name in Name]?: number };

export interface OutcomeCounts {
  /** Resets for which Microsoft was asked to mail the guest. */
  readonly mails: number;
  /** Guests who got a new address. */
  readonly emailChanges: number;
  /** How the resets ended. */
  readonly byCode: Sums<ResetCode>;
  readonly byWarning: Sums<WarningCode>;
}

export const NO_OUTCOME_COUNTS: OutcomeCounts = { mails: 0, emailChanges: 0, byCode: {}, byWarning: {} };

/** Only ended resets count, so that a sum never goes back. */
export function outcomeCountsOf(resets: readonly ResetRecord[]): OutcomeCounts {
  const ended = resets.filter(({ status }) => isTerminal(status));
  const succeeded = ended.filter(({ status }) => status === 'succeeded');
  const others = ended.filter(({ status }) => status !== 'succeeded');
  return {
    mails: succeeded.filter(({ sent, would }) =>
      would === undefined ? sent?.asksMail === true : would.mailTo !== undefined,
    ).length,
    emailChanges:
      succeeded.filter(({ emailAddedAt, would }) => emailAddedAt !== undefined || would?.addEmail !== undefined)
        .length + others.filter(({ emailAdded }) => emailAdded === true).length,
    byCode: sumsOf(ended.flatMap(({ verdict }) => verdict?.code ?? [])),
    byWarning: sumsOf(ended.flatMap(shownWarnings)),
  };
}

export function addOutcomeCounts(one: OutcomeCounts, other: OutcomeCounts): OutcomeCounts {
  return {
    mails: one.mails + other.mails,
    emailChanges: one.emailChanges + other.emailChanges,
    byCode: addSums(one.byCode, other.byCode),
    byWarning: addSums(one.byWarning, other.byWarning),
  };
}

const sumsOf = <Name extends string>(names: readonly Name[]): Sums<Name> =>
  names.reduce<Sums<Name>>((sums, name) => ({ ...sums, [name]: (sums[name] ?? 0) + 1 }), {});

function addSums<Name extends string>(one: Sums<Name>, other: Sums<Name>): Sums<Name> {
  const sum: { [name in Name]?: number } = { ...one };
  for (const [name, count] of Object.entries(other) as [Name, number][]) sum[name] = (sum[name] ?? 0) + count;
  return sum;
}
