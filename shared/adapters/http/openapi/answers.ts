/** Schemas of what the API answers. */
import { JOB_STATUSES, WANTED_STATES } from '../../../domain/job.ts';
import { ADD_EMAIL_TO, REDEMPTIONS, RESET_STATUSES, VERIFICATIONS } from '../../../domain/reset.ts';
import { RESET_CODES } from '../../../domain/reset-codes.ts';
import { JOB_WARNING_CODES, WARNINGS } from '../../../domain/warnings.ts';
import { HEALTH_STATUSES } from '../../../usecases/check-health.ts';

const text = { type: 'string' } as const;
const time = { type: 'string', format: 'date-time' } as const;
const whole = { type: 'integer', minimum: 0 } as const;
const flag = { type: 'boolean' } as const;

const properties = (names: Record<string, unknown>): Record<string, unknown> => ({ type: 'object', properties: names });

/** Why nothing is sent, and what to do about it. */
const STOP = {
  scope: { enum: ['tenant', 'job'] },
  code: text,
  message: text,
  nextStep: text,
  since: time,
  resuming: flag,
} as const;

const OPTIONS = {
  ...properties({
    skipIfResetWithinHours: { type: 'number' },
    maxPerMinute: { type: 'integer' },
    onUnknown: { enum: ['report', 'resend'] },
    onlyIf: { enum: ['any', ...WANTED_STATES] },
    verify: flag,
    changeEmailDomain: properties({ from: text, to: text }),
    sendInvitationMessage: flag,
    addEmailTo: { enum: ADD_EMAIL_TO },
    inviteRedirectUrl: text,
    messageLanguage: text,
    hasCustomizedMessageBody: flag,
    hasCcRecipient: flag,
  }),
  description: 'Options and defaults as they took effect; a single reset may have said something else.',
};

export const ANSWER_SCHEMAS: Readonly<Record<string, unknown>> = {
  Job: {
    ...properties({
      id: text,
      status: { enum: JOB_STATUSES },
      pausedReason: properties(STOP),
      lane: { enum: ['priority', 'bulk'] },
      reason: text,
      options: OPTIONS,
      total: whole,
      done: whole,
      counts: properties(Object.fromEntries(RESET_STATUSES.map((status) => [status, whole]))),
      retryOf: text,
      dryRun: flag,
      summary: properties({ mailed: whole, emailsAdded: whole, wouldMail: whole, wouldAddEmail: whole }),
      byCode: {
        ...properties(Object.fromEntries(Object.keys(RESET_CODES).map((code) => [code, whole]))),
        description: 'How many resets have ended with each code. In a dry run: how many would end so.',
      },
      byWarning: {
        ...properties(Object.fromEntries(Object.keys(WARNINGS).map((code) => [code, whole]))),
        description: 'How many resets that have ended bear each warning.',
      },
      canceled: properties({ requestedAt: time, by: text, code: { enum: ['notAfterPassed'] } }),
      check: properties({
        status: { enum: ['inProgress', 'completed'] },
        requestedAt: time,
        endedAt: time,
        counts: properties(Object.fromEntries(REDEMPTIONS.map((each) => [each, whole]))),
      }),
      createdAt: time,
      startedAt: time,
      endedAt: time,
      notBefore: time,
      notAfter: time,
      pauseAfter: { ...whole, minimum: 1 },
      estimatedCompletion: time,
      throttledUntil: time,
      submittedBy: properties({ id: text, name: text }),
      warnings: { type: 'array', items: properties({ code: { enum: JOB_WARNING_CODES }, message: text }) },
      links: properties({ self: text, completion: text, resets: text, csv: text }),
      resets: {
        type: 'array',
        items: { $ref: '#/components/schemas/Reset' },
        description: 'Only in jobs of at most 20 resets.',
      },
    }),
    required: [
      'id',
      'status',
      'lane',
      'total',
      'done',
      'counts',
      'byCode',
      'byWarning',
      'createdAt',
      'submittedBy',
      'links',
    ],
  },
  Reset: {
    ...properties({
      row: whole,
      reference: text,
      user: text,
      guestId: text,
      status: { enum: RESET_STATUSES },
      code: { ...text, enum: Object.keys(RESET_CODES) },
      message: text,
      nextStep: text,
      retryable: flag,
      otherJob: {
        ...properties({ id: text, deleted: flag, resetAt: time }),
        description:
          'The job that has reset the guest at `resetAt`, or is doing so; its id, and whether it is deleted, only for callers who may see it.',
      },
      warnings: { type: 'array', items: properties({ code: { enum: Object.keys(WARNINGS) }, message: text }) },
      attempts: whole,
      startedAt: time,
      endedAt: time,
      nextTryAt: time,
      graphRequestId: text,
      invitationId: text,
      mail: { enum: ['microsoft', 'none'] },
      mailTo: text,
      messageLanguage: text,
      verification: { enum: VERIFICATIONS },
      redemption: { enum: REDEMPTIONS },
      checkedAt: time,
      would: {
        ...properties({ mail: { enum: ['microsoft', 'none'] }, mailTo: text, addEmail: text, messageLanguage: text }),
        description: 'Only in a dry run.',
      },
      userPrincipalNameBefore: text,
      userPrincipalNameAfter: text,
      mailBefore: text,
      mailAfter: text,
      inviteRedeemUrl: {
        ...text,
        description:
          'A secret: whoever holds it can start the redemption. Only where no mail was sent, and only for callers with the role Submit.',
      },
    }),
    required: ['row', 'user', 'status', 'attempts'],
  },
  PastReset: {
    ...properties({
      jobId: text,
      jobDeleted: {
        ...flag,
        description: 'Of a deleted job only the members of this schema are kept, without addresses.',
      },
      triedAt: time,
      submittedBy: properties({ id: text, name: text }),
      reason: text,
      row: whole,
      reference: text,
      guestId: text,
      status: { enum: RESET_STATUSES },
      code: text,
      attempts: whole,
      startedAt: time,
      endedAt: time,
    }),
    required: ['jobId', 'triedAt', 'row'],
    description: 'One reset in the history of a guest; while its job is there, with all members of a Reset.',
  },
  HistoryPage: {
    ...properties({ value: { type: 'array', items: { $ref: '#/components/schemas/PastReset' } }, nextLink: text }),
    required: ['value'],
  },
  JobPage: {
    ...properties({ value: { type: 'array', items: { $ref: '#/components/schemas/Job' } }, nextLink: text }),
    required: ['value'],
  },
  ResetPage: {
    ...properties({ value: { type: 'array', items: { $ref: '#/components/schemas/Reset' } }, nextLink: text }),
    required: ['value'],
  },
  Gate: { ...properties({ status: { enum: ['running', 'paused', 'resuming'] }, ...STOP }), required: ['status'] },
  Health: {
    ...properties({
      status: { enum: HEALTH_STATUSES },
      checks: {
        type: 'array',
        items: properties({ name: text, ok: flag, paused: flag, milliseconds: whole, problem: text, note: text }),
      },
    }),
    required: ['status'],
  },
  Problem: {
    ...properties({
      type: text,
      title: text,
      status: whole,
      detail: text,
      code: text,
      traceId: text,
      errorCount: whole,
      errors: { type: 'array', items: properties({ code: text, message: text, row: whole, line: whole, field: text }) },
    }),
    required: ['title', 'status', 'detail', 'code', 'traceId'],
  },
};
