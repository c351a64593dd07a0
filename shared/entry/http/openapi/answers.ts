/** Schemas of what the API answers: the members of `job-view.ts`, `reset-view.ts` and `gate-requests.ts`. */
import { CANCEL_CODES, JOB_STATUSES } from '../../../domain/job/job.ts';
import { ACTION_KINDS } from '../../../domain/actions.ts';
import { LANES } from '../../../domain/job/lane.ts';
import { API_CODES } from '../../../domain/api/codes.ts';
import { MAX_LISTED_ERRORS } from '../../../domain/api/problem.ts';
import { ADD_EMAIL_TO, REDEMPTIONS, RESET_STATUSES, VERIFICATIONS } from '../../../domain/reset/reset.ts';
import { RESET_CODES } from '../../../domain/reset/codes.ts';
import { STOP_CODES } from '../../../domain/stops/codes.ts';
import { SUBMISSION_CODES } from '../../../domain/submission/codes.ts';
import { OPTION_SCHEMAS } from '../../../domain/submission/entry-schema.ts';
import { JOB_WARNING_CODES, WARNINGS } from '../../../domain/reset/warnings.ts';
import { STANDINGS } from '../../../domain/pace/standing.ts';
import { HEALTH_CHECKS, HEALTH_STATUSES } from '../../../usecases/check-health.ts';
import {
  counted,
  described,
  flag,
  link,
  listOf,
  object,
  among,
  path,
  ref,
  text,
  time,
  whole,
  type Schema,
} from './schema.ts';

/** Why nothing is sent, and what to do about it. */
const STOP = {
  scope: among(['tenant', 'job']),
  code: among(Object.keys(STOP_CODES)),
  message: text,
  nextStep: text,
  since: time,
  resuming: flag,
};

const OPTIONS = described(
  'Options and defaults as they took effect; a single reset may have said something else.',
  object(
    {
      skipIfResetWithinHours: { type: 'number' },
      onlyIf: among(OPTION_SCHEMAS.onlyIf.options),
      verify: flag,
      addEmailTo: among(ADD_EMAIL_TO),
      inviteRedirectUrl: link,
      hasCustomizedMessageBody: flag,
      hasCcRecipient: flag,
    },
    {
      maxPerMinute: { type: 'integer', minimum: 1 },
      changeEmailDomain: object({ from: text, to: text }),
      sendInvitationMessage: flag,
      messageLanguage: text,
    },
  ),
);

const warnings = (codes: readonly string[]): Schema => listOf(object({ code: among(codes), message: text }));

const REFUSAL_CODE = among([...Object.keys(API_CODES), ...Object.keys(SUBMISSION_CODES)]);

const SUBMITTER = object({ id: text }, { name: text });

/** Who did what. `service` is the id of the service itself; `code` says why it did. */
const ACTION_ALWAYS = { at: time, action: among(ACTION_KINDS), by: SUBMITTER };
const ACTION_SOMETIMES = {
  code: described(
    'Of a stop that came or was lifted, of a cancel by `notAfter`, or `retention`: the job was as old as jobs are ' +
      'kept.',
    text,
  ),
  reason: text,
  newJobId: described('Of a retry, for callers who may see it.', text),
};
const ACTIONS = listOf(object(ACTION_ALWAYS, ACTION_SOMETIMES));

const MAIL = among(['microsoft', 'none']);

/** What is known of a reset once it is looked at; absent members were never known. */
const RESET_SOMETIMES = {
  reference: text,
  guestId: text,
  code: among(Object.keys(RESET_CODES)),
  message: text,
  nextStep: text,
  retryable: flag,
  warnings: warnings(Object.keys(WARNINGS)),
  erased: described('The guest was erased: nothing is left of who that was.', flag),
  startedAt: time,
  endedAt: time,
  nextTryAt: time,
  graphRequestId: text,
  invitationId: text,
  mail: MAIL,
  mailTo: text,
  messageLanguage: text,
  verification: among(VERIFICATIONS),
  redemption: among(REDEMPTIONS),
  checkedAt: time,
  would: described(
    'Only in a dry run.',
    object({ mail: MAIL }, { mailTo: text, addEmail: text, messageLanguage: text }),
  ),
  otherJob: described(
    'The job that has reset the guest at `resetAt`, or is doing so; its id, and whether it is deleted, only for ' +
      'callers who may see it.',
    object({}, { id: text, deleted: flag, resetAt: time }),
  ),
  userPrincipalNameBefore: text,
  userPrincipalNameAfter: text,
  mailBefore: text,
  mailAfter: text,
  inviteRedeemUrl: described(
    'A secret: whoever holds it can start the redemption. Only where no mail was sent, and only for whoever has ' +
      'submitted the job.',
    link,
  ),
};
const RESET_ALWAYS = { row: { ...whole, minimum: 1 }, user: text, status: among(RESET_STATUSES), attempts: whole };

const pageOf = (name: string): Schema =>
  object({ value: listOf(ref(name)) }, { nextLink: described('The next page; absent on the last one.', link) });

export const ANSWER_SCHEMAS: Readonly<Record<string, Schema>> = {
  Job: object(
    {
      id: text,
      status: among(JOB_STATUSES),
      lane: among(LANES),
      options: OPTIONS,
      total: whole,
      done: whole,
      counts: object(counted(RESET_STATUSES)),
      summary: {
        oneOf: [
          object({ mailed: whole, emailsAdded: whole }),
          described('Of a dry run.', object({ wouldMail: whole, wouldAddEmail: whole })),
        ],
      },
      byCode: described(
        'How many resets have ended with each code. In a dry run: how many would end so.',
        object({}, counted(Object.keys(RESET_CODES))),
      ),
      byWarning: described(
        'How many resets that have ended bear each warning.',
        object({}, counted(Object.keys(WARNINGS))),
      ),
      createdAt: time,
      submittedBy: SUBMITTER,
      links: object({ self: link, completion: link, resets: link, csv: link }),
    },
    {
      pausedReason: object(STOP),
      dryRun: flag,
      retryOf: text,
      reason: text,
      canceled: object({ requestedAt: time, by: text }, { code: among(CANCEL_CODES) }),
      check: object(
        { status: among(['inProgress', 'completed']), requestedAt: time, counts: object(counted(REDEMPTIONS)) },
        { endedAt: time },
      ),
      startedAt: time,
      endedAt: time,
      notBefore: time,
      notAfter: time,
      actions: described('Who did what to the job, in order; at most the first and the newest 49.', ACTIONS),
      actionsOmitted: described('How many came in between; the audit has them.', whole),
      pauseAfter: { ...whole, minimum: 1 },
      throttledUntil: time,
      estimatedCompletion: time,
      warnings: warnings(JOB_WARNING_CODES),
      resets: described('Only in jobs of at most 20 resets, where one job is asked for.', listOf(ref('Reset'))),
    },
  ),
  Reset: object(RESET_ALWAYS, RESET_SOMETIMES),
  PastReset: described(
    'One reset in the history of a guest; while its job is there, with all members of a Reset.',
    object(
      { jobId: text, row: RESET_ALWAYS.row, triedAt: time },
      {
        jobDeleted: described('Then neither addresses are kept, nor what Graph said.', flag),
        submittedBy: SUBMITTER,
        reason: text,
        actions: described('Who did what to the job, as far as it concerns this guest.', ACTIONS),
        ...RESET_ALWAYS,
        ...RESET_SOMETIMES,
      },
    ),
  ),
  AuditEntry: object(
    { of: among(['job', 'tenant', 'guest']), ...ACTION_ALWAYS },
    {
      jobId: text,
      ...ACTION_SOMETIMES,
      total: described('Resets of the job.', whole),
      counts: described('Of a deletion: how they had ended.', object(counted(RESET_STATUSES))),
    },
  ),
  Erasure: object({
    status: among(['erased', 'erasing']),
    erased: object({
      resets: described('Of the guest.', whole),
      jobs: described('That had any, or named the guest otherwise.', whole),
      texts: described('Other rows that named the guest.', whole),
      rows: described("The guest's own: history, and who resets them now.", whole),
    }),
    kept: listOf(text),
    lost: listOf(text),
  }),
  AuditPage: pageOf('AuditEntry'),
  JobPage: pageOf('Job'),
  ResetPage: pageOf('Reset'),
  HistoryPage: pageOf('PastReset'),
  Gate: object({ status: among(['running', 'paused', 'resuming']) }, STOP),
  Root: object({
    name: text,
    version: text,
    links: object({ openapi: path, health: path, diagnostics: path, jobs: path }),
  }),
  Health: object({ status: among(HEALTH_STATUSES) }),
  Diagnostics: object({
    status: among(HEALTH_STATUSES),
    checkedAt: described('What was found then is answered for a minute.', time),
    checks: listOf(
      object(
        { name: among(['configuration', ...HEALTH_CHECKS]), ok: flag },
        { standing: among(STANDINGS), milliseconds: whole, problem: text, note: text },
      ),
    ),
  }),
  Problem: described(
    'What is wrong with a request, and what to do (RFC 9457). `code` is stable.',
    object(
      {
        type: described('The address of a page that explains the code.', path),
        title: text,
        status: { ...whole, minimum: 400 },
        detail: text,
        code: REFUSAL_CODE,
        traceId: text,
      },
      {
        errorCount: described('How many there are in all.', whole),
        errors: { ...listOf(ref('RowProblem')), maxItems: MAX_LISTED_ERRORS },
      },
    ),
  ),
  RowProblem: object(
    { code: REFUSAL_CODE, message: text },
    { row: RESET_ALWAYS.row, line: { ...whole, minimum: 1 }, field: text },
  ),
};
