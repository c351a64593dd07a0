/** Schemas of what the API answers: the members of `job-view.ts`, `reset-view.ts` and `gate-requests.ts`. */
import { CANCEL_CODES } from '../../../domain/job/job.ts';
import { LANES } from '../../../domain/job/lane.ts';
import { MAX_LISTED_ERRORS } from '../../../domain/api/problem.ts';
import { VERIFICATIONS } from '../../../domain/reset/reset.ts';
import { RESET_CODES } from '../../../domain/reset/codes.ts';
import { MOST_INTERVALS } from '../../../domain/reset/endings.ts';
import { WARNINGS } from '../../../domain/reset/warnings.ts';
import { ROW_CHOICES } from '../../../domain/job/rows-say.ts';
import { ROLES } from '../requests/caller.ts';
import { STANDINGS } from '../../../domain/pace/standing.ts';
import { HEALTH_CHECKS } from '../../../usecases/check-health.ts';
import { ACTION_ALWAYS, ACTION_SOMETIMES, NAMED_PARTS, STOP, STOP_SOMETIMES } from './named-parts.ts';
import {
  counted,
  described,
  flag,
  jobId,
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

const ACTIONS = listOf(ref('Action'));

const MAIL = among(['microsoft', 'none']);

/** What is known of a reset once it is looked at; absent members were never known. */
const RESET_SOMETIMES = {
  reference: text,
  submittedAs: described(
    'What the submission says of the guest beside `user`, as it was written: nobody has looked whether it is so.',
    object({}, { userPrincipalName: text, mail: text, displayName: text }),
  ),
  guestId: text,
  code: ref('ResetCode'),
  message: text,
  nextStep: text,
  retryable: flag,
  warnings: listOf(ref('Warning')),
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
  redemption: ref('Redemption'),
  checkedAt: time,
  would: described(
    'Only in a dry run.',
    object({ mail: MAIL }, { mailTo: text, addEmail: text, messageLanguage: text }),
  ),
  otherJob: described(
    'The job that has reset the guest at `resetAt`, or is doing so; its id, and whether it is deleted, only for ' +
      'callers who may see it.',
    object({}, { id: jobId, deleted: flag, resetAt: time }),
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
const RESET_ALWAYS = { row: { ...whole, minimum: 1 }, user: text, status: ref('ResetStatus'), attempts: whole };

const NEXT =
  'The next page, as it stands: a whole address. Absent on the last one. Where a client wants parameters instead, it ' +
  'has what `continuationToken` takes.';
const pageOf = (name: string): Schema => object({ value: listOf(ref(name)) }, { nextLink: described(NEXT, link) });

const GATE = { status: among(['running', 'paused', 'resuming']) };
const rate = { type: 'number', minimum: 0 };
const PACE = described(
  'How fast the resets of all jobs together go.',
  object(
    {
      perSecond: described('Resets a second, at most, now; 0 while nothing is sent but for a trial.', rate),
      limitPerSecond: described('The same as the settings and the limit of Graph allow.', rate),
    },
    {
      throttledUntil: described('Graph has asked to wait.', time),
      askedToWaitUntil: described('What Graph asked for, where that is longer than counts.', time),
      fullRateAt: described('After throttling: when resets go as fast as before.', time),
      lastWait: described(
        'The last time that Graph asked to wait, as far as it is known; one with those that came before its end.',
        object({ from: time, until: time }),
      ),
      note: text,
      lastDay: described(
        'Where a day has a cap: invitations of the last 24 hours, sent or only paid for.',
        object({ invitations: whole, limit: whole }, { moreAt: described('Nothing is left until then.', time) }),
      ),
    },
  ),
);

export const ANSWER_SCHEMAS: Readonly<Record<string, Schema>> = {
  ...NAMED_PARTS,
  Job: object(
    {
      id: jobId,
      status: ref('JobStatus'),
      lane: among(LANES),
      options: ref('JobOptions'),
      total: whole,
      done: whole,
      counts: ref('ResetCounts'),
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
      submittedBy: ref('Actor'),
      links: object({ self: link, completion: link, resets: link, csv: link }),
    },
    {
      pausedReason: ref('Stop'),
      rowsSay: described(
        'How many rows say something of their own, in place of `options`: `mailed` and `notMailed` of mail, the ' +
          'others by the field. Absent where none does.',
        object({}, counted(ROW_CHOICES)),
      ),
      dryRun: flag,
      retryOf: jobId,
      reason: text,
      canceled: object({ requestedAt: time, by: text }, { code: among(CANCEL_CODES) }),
      check: ref('RedemptionCheck'),
      startedAt: time,
      endedAt: time,
      notBefore: time,
      notAfter: time,
      actions: described('Who did what to the job, in order; at most the first and the newest 49.', ACTIONS),
      actionsOmitted: described('How many came in between; the audit has them.', whole),
      pauseAfter: { ...whole, minimum: 1 },
      approval: described('Who approved the job, where it had to be.', object({ by: ref('Actor'), at: time })),
      throttledUntil: time,
      estimatedCompletion: time,
      warnings: listOf(ref('JobWarning')),
      resets: described('Only in jobs of at most 20 resets, where one job is asked for.', listOf(ref('Reset'))),
    },
  ),
  JobRate: object(
    {
      from: described('When the job began to be sent; before that, when it was submitted.', time),
      to: described('When it ended, or now.', time),
      intervalSeconds: { ...whole, minimum: 1 },
      limitPerSecond: described(
        'Resets a second that the settings and the limit of Graph allow the job, or it itself; of a dry run, look-ups.',
        { type: 'number' },
      ),
      points: {
        ...listOf(
          object(
            { at: described('The beginning of the interval.', time), ended: whole },
            {
              sent: described(
                'For how many guests an invitation was sent (last) in the interval: of `limitPerSecond` only these ' +
                  'count. Some of them may not have ended. Absent where an older build has not written it.',
                whole,
              ),
              waiting: described('Graph had asked to wait, in some of the interval at least.', flag),
            },
          ),
        ),
        maxItems: MOST_INTERVALS,
        description: 'One for each interval, the first and the last cut by `from` and `to`.',
      },
    },
    {
      untimed: described(
        'Resets that have ended and are in none of the points: an older build has written of them without the time. ' +
          'Where that is all of them there are no points.',
        whole,
      ),
    },
  ),
  Reset: object(RESET_ALWAYS, RESET_SOMETIMES),
  PastReset: described(
    'One reset in the history of a guest; while its job is there, with all members of a Reset.',
    object(
      { jobId, row: RESET_ALWAYS.row, triedAt: time },
      {
        jobDeleted: described('Then neither addresses are kept, nor what Graph said.', flag),
        submittedBy: ref('Actor'),
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
      jobId,
      ...ACTION_SOMETIMES,
      total: described('Resets of the job.', whole),
      dryRun: described('Whether the job only rehearses. Absent where an older version has written of it.', flag),
      counts: described('Of a deletion: how they had ended.', ref('ResetCounts')),
    },
  ),
  Guest: object(
    { id: text, readAt: described('When the directory said so.', time), resettable: flag },
    {
      userPrincipalName: text,
      mail: text,
      otherMails: listOf(text),
      displayName: text,
      userType: text,
      externalUserState: text,
      externalUserStateChangeDateTime: time,
      accountEnabled: flag,
      createdDateTime: time,
      code: described('Why the guest would not be reset; with `message` and `nextStep`.', ref('ResetCode')),
      message: text,
      nextStep: text,
      warnings: listOf(ref('Warning')),
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
  Gate: object(GATE, { ...STOP, ...STOP_SOMETIMES }),
  Me: object({ id: text, roles: listOf(among(ROLES)) }, { name: text }),
  Tenant: object({ ...GATE, pace: PACE }, { ...STOP, ...STOP_SOMETIMES }),
  Root: object({
    name: text,
    version: text,
    links: object({
      openapi: path,
      openapiV2: path,
      health: path,
      diagnostics: path,
      problems: path,
      jobs: path,
      tenant: path,
      me: path,
    }),
  }),
  ConsoleConfig: object(
    {
      signIn: among(['none', 'entra']),
      maxResetsPerJob: described('More rows than this no submission may have.', whole),
      maxBodyBytes: described('Nor more bytes.', whole),
    },
    {
      clientId: text,
      authority: text,
      scope: text,
      knownAuthorities: listOf(text),
      authorityMetadata: text,
      protocolMode: among(['OIDC']),
      defaultSendInvitationMessage: described('What is done where neither a reset nor its job says it.', flag),
      holdJobsAbove: described('A job of more resets waits until somebody else approves it.', whole),
    },
  ),
  Health: object({ status: ref('HealthStatus') }),
  Diagnostics: object({
    status: ref('HealthStatus'),
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
        code: ref('ProblemCode'),
        traceId: text,
      },
      {
        errorCount: described('How many there are in all.', whole),
        errors: { ...listOf(ref('RowProblem')), maxItems: MAX_LISTED_ERRORS },
        job: described('Of `jobPaused`: the job that is.', object({ id: text, url: text })),
        earlierJob: described(
          'Of `duplicateSubmission`: the job of the same content.',
          object({ id: text, url: text }),
        ),
      },
    ),
  ),
  RowProblem: object(
    { code: ref('ProblemCode'), message: text },
    { row: RESET_ALWAYS.row, line: { ...whole, minimum: 1 }, field: text },
  ),
};
