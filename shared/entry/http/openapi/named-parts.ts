/** Parts of answers that have a name in the document, so that a generated client has a type of each. */
import { CANCEL_CODES, SHOWN_JOB_STATUSES } from '../../../domain/job/job.ts';
import { ACTION_KINDS } from '../../../domain/actions.ts';
import { API_CODES } from '../../../domain/api/codes.ts';
import { RETENTION } from '../../../domain/job/deletion.ts';
import { ADD_EMAIL_TO, REDEMPTIONS, RESET_STATUSES } from '../../../domain/reset/reset.ts';
import { RESET_CODES } from '../../../domain/reset/codes.ts';
import { STOP_CODES } from '../../../domain/stops/codes.ts';
import { SUBMISSION_CODES } from '../../../domain/submission/codes.ts';
import { OPTION_SCHEMAS } from '../../../domain/submission/entry-schema.ts';
import { JOB_WARNING_CODES, WARNINGS } from '../../../domain/reset/warnings.ts';
import { HEALTH_STATUSES } from '../../../usecases/check-health.ts';
import { among, counted, described, flag, jobId, link, object, ref, text, time, type Schema } from './schema.ts';

/** Words that are told apart in more than one place. */
const WORDS = {
  JobStatus: described('How a job stands. The last four never change.', among(SHOWN_JOB_STATUSES)),
  ResetStatus: described('How a reset stands. `pending` and `sending` are not the end.', among(RESET_STATUSES)),
  ResetCode: described('Why a reset is where it is.', among(Object.keys(RESET_CODES))),
  StopCode: described('Why nothing is sent.', among(Object.keys(STOP_CODES))),
  Redemption: described('Whether the guest has redeemed.', among(REDEMPTIONS)),
  HealthStatus: described('In one word.', among(HEALTH_STATUSES)),
  ProblemCode: described(
    'What is wrong with a request; stable.',
    among([...Object.keys(API_CODES), ...Object.keys(SUBMISSION_CODES)]),
  ),
} as const;

/** Why nothing is sent, and what to do about it. */
export const STOP = {
  scope: among(['tenant', 'job']),
  code: ref('StopCode'),
  message: text,
  nextStep: text,
  since: time,
  resuming: flag,
};
export const STOP_SOMETIMES = {
  behind: described('Of a pause: the stop that is shown once it is lifted.', ref('StopCode')),
  own: described('Of a job that the tenant’s stop holds: its own stop, which holds it as well.', ref('StopCode')),
};

export const ACTION_ALWAYS = { at: time, action: among(ACTION_KINDS), by: ref('Actor') };
export const ACTION_SOMETIMES = {
  code: described(
    'Of a stop that came or was lifted, of a cancel by `notAfter`, or `retention`: the job was as old as jobs are ' +
      'kept.',
    among([...Object.keys(STOP_CODES), ...CANCEL_CODES, RETENTION]),
  ),
  reason: text,
  newJobId: described('Of a retry, for callers who may see it.', jobId),
};

export const NAMED_PARTS: Readonly<Record<string, Schema>> = {
  ...WORDS,
  Actor: described(
    'Who did something: an object id, or `service` for the service itself.',
    object({ id: text }, { name: text }),
  ),
  Action: described('Who did what.', object(ACTION_ALWAYS, ACTION_SOMETIMES)),
  Stop: described('Why nothing is sent, and what to do about it.', object(STOP, STOP_SOMETIMES)),
  ResetCounts: described('How many resets have each status.', object(counted(RESET_STATUSES))),
  RedemptionCheck: described(
    'A look at who has redeemed, and what it has found so far.',
    object(
      { status: among(['inProgress', 'completed']), requestedAt: time, counts: object(counted(REDEMPTIONS)) },
      { endedAt: time },
    ),
  ),
  Warning: object({ code: among(Object.keys(WARNINGS)), message: text }),
  JobWarning: object({ code: among(JOB_WARNING_CODES), message: text }),
  JobOptions: described(
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
  ),
};
