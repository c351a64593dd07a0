/** What each function does, what it answers, and which codes it may refuse with. */
import type { HttpFunctionName } from '../routes.ts';
import { ANSWER_EXAMPLES, BAD_ROWS_EXAMPLE, ENDED_EXAMPLE, QUEUED_EXAMPLE, RESULT_EXAMPLES } from './examples.ts';
import { headersOf, type HeaderName } from './headers.ts';
import type { RefusalCode } from './problems.ts';
import { file, json, object, ref, text, type Schema } from './schema.ts';

export const TAGS = {
  jobs: 'Submit resets, and see what becomes of them.',
  guests: 'One guest: a reset, and the history.',
  stops: 'Stop sending, and go on.',
  service: 'How the service is, and what it understands.',
} as const;

export interface Operation {
  readonly tag: keyof typeof TAGS;
  readonly summary: string;
  readonly description: string;
  /** By status; refusals come from `refuses`. */
  readonly answers: Readonly<Record<number, Schema>>;
  /** Beside those that come of its route. */
  readonly refuses: readonly RefusalCode[];
}

/** As the specification of OpenAPI has it. */
const ANYTHING = { type: 'object', additionalProperties: true } as const;

function answer(
  description: string,
  schema: keyof typeof ANSWER_EXAMPLES,
  headers: readonly HeaderName[] = [],
  example: unknown = ANSWER_EXAMPLES[schema],
): Schema {
  return {
    description,
    headers: headersOf(headers),
    content: { 'application/json': json(schema, example) },
  };
}

/** HTML, the same for everybody. */
const page = (description: string): Schema => ({
  description,
  headers: headersOf(['KeptAWhile', 'ContentSecurityPolicy', 'NoSniff', 'ReferrerPolicy']),
  content: { 'text/html': file('<!doctype html>') },
});

const PROMISED = ['Location', 'RetryAfter'] as const;
const SUBMITTED = (what: string) => ({
  200: answer(
    'It has ended while the caller waited.',
    'Job',
    ['PreferenceApplied', 'IdempotencyReplayed'],
    ENDED_EXAMPLE,
  ),
  202: answer(
    `${what} is promised; Location answers 202 until it has ended.`,
    'Job',
    [...PROMISED, 'IdempotencyReplayed'],
    QUEUED_EXAMPLE,
  ),
});

/** Of whatever makes a new job. */
const OF_NEW_JOBS = [
  'invalidIdempotencyKey',
  'submissionInProgress',
  'jobDeleted',
  'idempotencyKeyReused',
  'tooManyOpenJobs',
] as const;

/** The functions of the routes, and what functions for other paths answer, too. */
export type OperationName = HttpFunctionName | 'getRoot' | 'getConsoleConfig';

export const OPERATIONS: Readonly<Record<OperationName, Operation>> = {
  submitJob: {
    tag: 'jobs',
    summary: 'Submit resets as one job.',
    description: 'Either the whole submission is accepted, or nothing of it is queued and every problem is named.',
    answers: {
      ...SUBMITTED('The job'),
      400: { description: 'With `format=csv` the bad rows of a CSV.', content: { 'text/csv': file(BAD_ROWS_EXAMPLE) } },
      413: { description: 'Without a body where the platform refuses by itself what is over its own limit.' },
    },
    refuses: [...OF_NEW_JOBS, 'duplicateSubmission'],
  },
  listJobs: {
    tag: 'jobs',
    summary: 'List jobs, newest first.',
    description: 'Those that the caller may see. A page may be empty and still have a `nextLink`.',
    answers: { 200: answer('A page of jobs.', 'JobPage') },
    refuses: [],
  },
  getJob: {
    tag: 'jobs',
    summary: 'See how a job stands.',
    description: 'Status and counts; the resets too where there are at most 20.',
    answers: { 200: answer('The job.', 'Job', ['RetryAfterWhileOpen'], ENDED_EXAMPLE) },
    refuses: [],
  },
  deleteJob: {
    tag: 'jobs',
    summary: 'Delete an ended job.',
    description: 'With all that is known of it, step by step. It is no longer shown from then on.',
    answers: { 202: { description: 'It is being deleted.' } },
    refuses: ['jobNotEnded'],
  },
  getJobCompletion: {
    tag: 'jobs',
    summary: 'Poll for the end of a job.',
    description: 'As clients do by themselves that follow `Location` while they get 202.',
    answers: {
      200: answer('The job has ended.', 'Job', [], ENDED_EXAMPLE),
      202: answer('Not yet; ask Location again after Retry-After.', 'Job', PROMISED, ANSWER_EXAMPLES.Job),
    },
    refuses: ['jobPaused'],
  },
  getJobRate: {
    tag: 'jobs',
    summary: 'See how fast a job goes.',
    description: 'Over its whole life; `waiting` where Graph had asked to wait.',
    answers: { 200: answer('How many resets ended in each interval.', 'JobRate', ['RetryAfterWhileOpen']) },
    refuses: [],
  },
  listResets: {
    tag: 'jobs',
    summary: 'Get the resets of a job.',
    description: 'Pages of JSON, or all of them as CSV or NDJSON.',
    answers: {
      200: {
        description: 'The resets.',
        headers: headersOf(['ContentDisposition']),
        content: {
          'application/json': {
            schema: ref('ResetPage'),
            examples: { ResetPage: { value: ANSWER_EXAMPLES.ResetPage } },
          },
          'text/csv': file(RESULT_EXAMPLES.csv),
          'application/x-ndjson': file(RESULT_EXAMPLES.ndjson),
        },
      },
    },
    refuses: ['notChecked'],
  },
  cancelJob: {
    tag: 'jobs',
    summary: 'Cancel what was not sent yet.',
    description: 'What is on its way is still looked at.',
    answers: { 202: answer('The job is canceling; Location answers 202 until it has ended.', 'Job', PROMISED) },
    refuses: ['jobEnded'],
  },
  retryJob: {
    tag: 'jobs',
    summary: 'Submit once more what did not succeed.',
    description: 'As a new job, of those resets of an ended one.',
    answers: SUBMITTED('The new job'),
    refuses: [...OF_NEW_JOBS, 'duplicateSubmission', 'jobNotEnded', 'nothingToRetry'],
  },
  checkJob: {
    tag: 'jobs',
    summary: 'Look who has redeemed.',
    description: 'Of the guests of an ended job. Looks, and sends nothing; `check` of the job tells how far it is.',
    answers: { 202: answer('The check is on its way.', 'Job', PROMISED) },
    refuses: ['jobNotEnded', 'nothingToCheck'],
  },
  pauseJob: {
    tag: 'stops',
    summary: 'Stop sending for a job.',
    description: 'Everything stays as it is until it is resumed.',
    answers: { 200: answer('The job.', 'Job', [], ENDED_EXAMPLE) },
    refuses: ['jobEnded'],
  },
  resumeJob: {
    tag: 'stops',
    summary: 'Lift the stop of a job.',
    description:
      'The one that is shown; after a refusal only once one guest was tried. The answer may still say resuming, ' +
      'or show another stop. Whoever submitted the job may lift that of `pauseAfter` without the role Manage, and ' +
      'never that of `awaitingApproval`.',
    answers: { 200: answer('The job.', 'Job', [], ENDED_EXAMPLE) },
    refuses: ['approverIsSubmitter', 'stopChanged'],
  },
  getGuest: {
    tag: 'guests',
    summary: 'See how a guest stands now.',
    description:
      'As the directory says, at most five seconds ago, and whether a dry run would find that the guest can be ' +
      'reset. Of a user who is no guest it tells only that.',
    answers: { 200: answer('The guest.', 'Guest') },
    refuses: ['invalidGuestId', 'guestNotFound', 'guestAmbiguous', 'graphUnavailable', 'graphRefused', 'tooManyLooks'],
  },
  resetGuest: {
    tag: 'guests',
    summary: 'Reset one guest.',
    description: 'As a job of its own, for automation.',
    answers: SUBMITTED('The job'),
    refuses: OF_NEW_JOBS,
  },
  listGuestResets: {
    tag: 'guests',
    summary: 'See what was tried for a guest.',
    description: 'Newest first, of the jobs that the caller may see. A page may be empty and still have a `nextLink`.',
    answers: { 200: answer('A page of resets, each with its job, who submitted that and why.', 'HistoryPage') },
    refuses: ['invalidGuestId', 'guestNotFound', 'guestAmbiguous', 'graphUnavailable', 'graphRefused'],
  },
  eraseGuest: {
    tag: 'guests',
    summary: 'Erase a guest from what is kept.',
    description:
      'History, requests and results, addresses, and texts that name the guest; also of one who is gone from the ' +
      'directory, by object id. The counts of jobs stay. 202 while that goes on by itself: the same request again ' +
      'tells how far it is.',
    answers: {
      200: answer('The guest is erased.', 'Erasure'),
      202: answer('It goes on.', 'Erasure', ['RetryAfter'], { ...ANSWER_EXAMPLES.Erasure, status: 'erasing' }),
    },
    refuses: [
      'invalidGuestId',
      'guestNotFound',
      'guestAmbiguous',
      'graphUnavailable',
      'graphRefused',
      'guestInOpenJobs',
    ],
  },
  listAudit: {
    tag: 'service',
    summary: 'See who did what.',
    description:
      'To jobs, to the tenant, and to what is kept of guests; newest first. A row is kept for ' +
      '`AUDIT_RETENTION_DAYS`, also when its job is gone.',
    answers: { 200: answer('A page of actions.', 'AuditPage') },
    refuses: [],
  },
  pauseTenant: {
    tag: 'stops',
    summary: 'Stop sending for the whole tenant.',
    description: 'Everything stays as it is until it is resumed.',
    answers: { 200: answer('What stops the tenant.', 'Gate') },
    refuses: [],
  },
  resumeTenant: {
    tag: 'stops',
    summary: 'Lift the stop of the tenant.',
    description:
      'The one that is shown; after a refusal only once one guest was tried. The answer may still say resuming, ' +
      'or show another stop.',
    answers: { 200: answer('What stops the tenant, if something does.', 'Gate', [], { status: 'running' }) },
    refuses: ['stopChanged'],
  },
  getRoot: {
    tag: 'service',
    summary: 'See what is here.',
    description: 'Where to go on.',
    answers: { 200: answer('Name, version and links.', 'Root') },
    refuses: [],
  },
  getConsoleConfig: {
    tag: 'service',
    summary: 'See how people sign in to the console.',
    description: 'Nothing of it is secret.',
    answers: { 200: answer('Whom a browser asks for a token, and for what.', 'ConsoleConfig') },
    refuses: ['notConfigured', 'authenticationNotConfigured'],
  },
  getHealth: {
    tag: 'service',
    summary: 'See how sending stands.',
    description: 'In one word, as the tables tell it; nothing else is asked.',
    answers: {
      200: answer('Healthy, throttled by Graph, or paused by somebody.', 'Health'),
      503: answer('Graph refuses the tenant, or the service cannot work.', 'Health', [], { status: 'unhealthy' }),
    },
    refuses: [],
  },
  getHealthDetails: {
    tag: 'service',
    summary: 'Find the diagnostics.',
    description: 'They lie elsewhere.',
    answers: { 308: { description: 'Ask Location.', headers: headersOf(['MovedTo']) } },
    refuses: [],
  },
  getMe: {
    tag: 'service',
    summary: 'See who one is here.',
    description: 'As the token says; where nobody signs in, the developer.',
    answers: { 200: answer('The caller.', 'Me') },
    refuses: [],
  },
  getTenant: {
    tag: 'stops',
    summary: 'See how sending stands for the whole tenant.',
    description: 'What stops it, if something does, and how fast it goes; as it was at most a second ago.',
    answers: { 200: answer('Stop and pace.', 'Tenant') },
    refuses: [],
  },
  getDiagnostics: {
    tag: 'service',
    summary: 'See whether the service can work.',
    description: 'Each thing that it depends on, tried at most a minute ago, and what is wrong with the settings.',
    answers: { 200: answer('What was found, be it good or bad.', 'Diagnostics') },
    refuses: [],
  },
  listProblems: {
    tag: 'service',
    summary: 'Read what problems there are.',
    description: 'A page for people: every code of a refusal.',
    answers: { 200: page('The list.') },
    refuses: [],
  },
  getProblem: {
    tag: 'service',
    summary: 'Read what a problem means.',
    description: 'A page for people: cause and remedy of one code. The `type` of a problem leads here.',
    answers: { 200: page('The page.') },
    refuses: ['codeNotFound'],
  },
  getOpenApi: {
    tag: 'service',
    summary: 'Get this description.',
    description: 'As this deployment answers and signs callers in.',
    answers: {
      200: {
        description: 'OpenAPI 3.1.',
        content: {
          'application/json': {
            schema: { ...object({ openapi: text, info: ANYTHING, paths: ANYTHING }), additionalProperties: true },
            examples: { document: { value: { openapi: '3.1.0', info: {}, paths: {} } } },
          },
        },
      },
    },
    refuses: ['notConfigured', 'authenticationNotConfigured'],
  },
  getOpenApiV2: {
    tag: 'service',
    summary: 'Get a description for custom connectors.',
    description: 'Of Power Automate, Power Apps and Logic Apps: a few operations, in the format that these take.',
    answers: {
      200: {
        description: 'Swagger 2.0.',
        content: {
          'application/json': {
            schema: { ...object({ swagger: text, info: ANYTHING, paths: ANYTHING }), additionalProperties: true },
            examples: { document: { value: { swagger: '2.0', info: {}, paths: {} } } },
          },
        },
      },
    },
    refuses: ['notConfigured', 'authenticationNotConfigured'],
  },
};
