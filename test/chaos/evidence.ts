/** What a run leaves for the judge, and the names of what must hold. */
import type { DirectoryUser } from '../../local/graph/directory.ts';
import type { Mail } from '../../local/graph/state.ts';
import type { AskedOptions } from './asked-options.ts';
import type { ChaosJob, ChaosReset, PastReset, Resume } from './api-user.ts';

export const INVARIANTS = {
  everyoneEnds: 'every reset of a committed job reaches a terminal status, and its job ends',
  oneMail: 'no guest gets a second mail, unless a result says "unknown", or a later job asks for it',
  truth: 'what the results say happened is what the directory and the outbox show',
  externalOnly:
    'no invitation was ever sent for a user who is not external, or may be the founder and was not named by id',
  counters: 'the counters of a job are the sums of its rows',
  forwardOnly: 'progress never goes back, and what has ended stays as it is',
  oneJobPerKey: 'one key is one job',
  addressesKept: 'no guest loses an address',
  budgets: 'no budget of the tenant was exceeded in any window',
  answers: 'what was accepted is there, and every request is answered in the end',
  quietLogs: 'no address, token or redeem URL is in a log line',
  dryRun: 'a dry run sends nothing',
  canary: 'nobody behind the canary is mailed before it has ended and the job was resumed',
  times: 'nobody is mailed before notBefore, or from notAfter on',
  maxPerMinute: 'no minute has more mails of a job than its maxPerMinute',
  newDomain: 'with changeEmailDomain mails go to the new domain, and only guests of other domains are left out',
  retry: 'a retry is a job of those that did not succeed, of all of them, and of nobody else',
  deleted:
    'a deleted job is gone with its addresses, and the histories of guests tell what the jobs tell, or have told',
  checks: 'a check says of each guest what the directory says',
} as const;
export type Invariant = keyof typeof INVARIANTS;

export interface Violation {
  readonly invariant: Invariant;
  readonly text: string;
  /** Whose story explains it. */
  readonly guestId?: string;
}

/** What became of a request to retry. */
export interface Retry {
  readonly sourceId: string;
  /** As asked for; absent for the default. */
  readonly statuses?: readonly string[];
  /** The new job; absent where the answer was that there is nothing to retry. */
  readonly id?: string;
}

export interface JobRecord {
  readonly id: string;
  /** In the end; of a deleted job, right before. */
  readonly job: ChaosJob;
  readonly resets: readonly ChaosReset[];
  /** What its submitter has asked for. */
  readonly asked?: AskedOptions;
  readonly resumes?: readonly Resume[];
  /** Of a deleted job: statuses of the answers to whoever asks for it in the end. */
  readonly gone?: readonly number[];
  /** Of a deleted job: rows that still hold addresses in the end. */
  readonly addressesLeft?: readonly string[];
  /** It was checked when nothing happened any more. */
  readonly isChecked?: boolean;
}

export interface Evidence {
  readonly before: readonly DirectoryUser[];
  readonly after: readonly DirectoryUser[];
  readonly mails: readonly Mail[];
  readonly stats: { readonly internalConversions: number; readonly budgets: unknown };
  readonly jobs: readonly JobRecord[];
  readonly retries?: readonly Retry[];
  /** What some guests' histories say in the end, by object id. */
  readonly histories?: ReadonlyMap<string, readonly PastReset[]>;
  readonly hostLog: string;
}
