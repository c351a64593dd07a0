/** The operations of the API. A test holds this list against the functions that are registered. */
import type { Parameter } from '../query-parameters.ts';
import { HTTP_ROUTES, type HttpFunctionName } from '../routes.ts';

const ref = (name: string): Record<string, unknown> => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: string, description: string): Record<string, unknown> => ({
  description,
  content: { 'application/json': { schema: ref(schema) } },
});
const PROBLEM = {
  description: 'A problem: `code` is stable, `detail` says what to do.',
  content: { 'application/problem+json': { schema: ref('Problem') } },
};

/** What the query of a route takes, but for the options of a job. */
const query = (name: HttpFunctionName): Record<string, unknown>[] =>
  Object.entries<Parameter<unknown>>(HTTP_ROUTES[name].query).map(([parameter, { schema, says }]) => ({
    name: parameter,
    in: 'query',
    required: false,
    schema,
    description: says,
  }));
const GUEST_ID = { name: 'guestId', in: 'path', required: true, schema: { type: 'string' } };
const JOB_ID = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  schema: { type: 'string', maxLength: 255 },
  description: 'The same key and body give the same job.',
};
const PREFER = {
  name: 'Prefer',
  in: 'header',
  required: false,
  schema: { type: 'string' },
  description: '`wait=30` waits up to 100 seconds for the end.',
};
const get = (
  operationId: string,
  summary: string,
  parameters: unknown[],
  responses: Record<string, unknown>,
): Record<string, unknown> => ({
  get: { operationId, summary, parameters, responses: { ...responses, default: PROBLEM } },
});

export const PATHS = (optionParameters: readonly Record<string, unknown>[]): Record<string, unknown> => ({
  '/jobs': {
    post: {
      operationId: 'submitJob',
      summary: 'Submit resets as one job. Role Submit.',
      parameters: [IDEMPOTENCY_KEY, PREFER, ...query('submitJob'), ...optionParameters],
      requestBody: {
        required: true,
        content: {
          'application/json': { schema: ref('Submission') },
          'application/x-ndjson': { schema: { type: 'string' } },
          'text/csv': { schema: { type: 'string' } },
        },
      },
      responses: {
        200: json('Job', 'The job has ended while the caller waited.'),
        202: json('Job', 'The job is promised; Location is its completion.'),
        default: PROBLEM,
      },
    },
    ...get('listJobs', "Jobs, newest first. Role Read, or one's own.", query('listJobs'), {
      200: json('JobPage', 'A page of jobs.'),
    }),
  },
  '/jobs/{id}': {
    ...get('getJob', 'Status and counts of a job.', [JOB_ID], { 200: json('Job', 'The job.') }),
    delete: {
      operationId: 'deleteJob',
      summary: "Delete an ended job and all that is known of it. Role Submit for one's own, else Manage.",
      parameters: [JOB_ID],
      responses: {
        202: { description: 'It is no longer shown; its rows are deleted step by step.' },
        default: PROBLEM,
      },
    },
  },
  '/jobs/{id}/completion': get(
    'getJobCompletion',
    'Poll for the end of a job.',
    [JOB_ID, ...query('getJobCompletion')],
    { 200: json('Job', 'The job has ended.'), 202: json('Job', 'Not yet; ask Location again after Retry-After.') },
  ),
  '/jobs/{id}/resets': get(
    'listResets',
    'The resets of a job: pages of JSON, or all of them as CSV or NDJSON.',
    [JOB_ID, ...query('listResets')],
    {
      200: {
        description: 'The resets.',
        content: {
          'application/json': { schema: ref('ResetPage') },
          'text/csv': { schema: { type: 'string' } },
          'application/x-ndjson': { schema: { type: 'string' } },
        },
      },
    },
  ),
  '/jobs/{id}/cancel': {
    post: {
      operationId: 'cancelJob',
      summary: "Cancel what was not sent yet. Role Submit for one's own, else Manage.",
      parameters: [JOB_ID],
      responses: { 202: json('Job', 'The job is canceling; Location tells when it has ended.'), default: PROBLEM },
    },
  },
  '/jobs/{id}/retry': {
    post: {
      operationId: 'retryJob',
      summary: 'Submit once more what did not succeed, as a new job. Role Submit.',
      parameters: [
        JOB_ID,
        ...query('retryJob'),
        IDEMPOTENCY_KEY,
        PREFER,
        ...optionParameters.filter(({ name }) => HTTP_ROUTES.retryJob.options.some((option) => option === name)),
      ],
      requestBody: {
        required: false,
        content: {
          'application/json': {
            schema: { type: 'object', description: '`status` and the options, where the query does not say them.' },
          },
        },
      },
      responses: {
        200: json('Job', 'The new job has ended while the caller waited.'),
        202: json('Job', 'The new job.'),
        default: PROBLEM,
      },
    },
  },
  '/jobs/{id}/check': {
    post: {
      operationId: 'checkJob',
      summary: "Look whether the guests of an ended job have redeemed. Role Submit for one's own, else Manage.",
      parameters: [JOB_ID],
      responses: { 202: json('Job', 'The check is on its way; `check` of the job tells how far.'), default: PROBLEM },
    },
  },
  '/guests/{guestId}/resets': {
    post: {
      operationId: 'resetGuest',
      summary: 'Reset one guest, as a job of its own. Role Submit.',
      parameters: [
        { ...GUEST_ID, description: 'Object id, UPN or mail, percent-encoded.' },
        IDEMPOTENCY_KEY,
        PREFER,
        ...query('resetGuest'),
        ...optionParameters,
      ],
      requestBody: {
        required: false,
        content: {
          'application/json': {
            schema: { type: 'object', description: 'One entry of POST /jobs, without the guest.' },
          },
        },
      },
      responses: {
        200: json('Job', 'The job has ended while the caller waited.'),
        202: json('Job', 'The job is promised.'),
        default: PROBLEM,
      },
    },
    ...get(
      'listGuestResets',
      "What was tried for one guest, newest first. Role Read, or of one's own jobs.",
      [
        { ...GUEST_ID, description: 'Object id, or UPN or mail (percent-encoded), which Graph is asked for.' },
        ...query('listGuestResets'),
      ],
      { 200: json('HistoryPage', 'A page of resets, each with its job, who submitted that and why.') },
    ),
  },
  '/jobs/{id}/pause': {
    post: {
      operationId: 'pauseJob',
      summary: 'Stop sending for this job. Role Manage.',
      parameters: [JOB_ID, ...query('pauseJob')],
      responses: { 200: json('Job', 'The job.'), default: PROBLEM },
    },
  },
  '/jobs/{id}/resume': {
    post: {
      operationId: 'resumeJob',
      summary:
        'Lift the stop of this job that is shown; after a refusal only once one guest was tried. The answer may still say resuming, or show another stop. Role Manage; of pauseAfter also whoever submitted the job.',
      parameters: [JOB_ID],
      responses: { 200: json('Job', 'The job.'), default: PROBLEM },
    },
  },
  '/pause': {
    post: {
      operationId: 'pauseTenant',
      summary: 'Stop sending for the whole tenant. Role Manage.',
      parameters: query('pauseTenant'),
      responses: { 200: json('Gate', 'The gate.'), default: PROBLEM },
    },
  },
  '/resume': {
    post: {
      operationId: 'resumeTenant',
      summary:
        'Lift the stop of the tenant that is shown; after a refusal only once one guest was tried. Takes some seconds; the answer may still say resuming, or show another stop. Role Manage.',
      responses: { 200: json('Gate', 'The gate.'), default: PROBLEM },
    },
  },
  '/health': get('getHealth', 'Whether the service can work. Anonymous callers get the status only.', [], {
    200: json('Health', 'Healthy, or paused by somebody.'),
    503: json('Health', 'Something is wrong, or Graph refuses the tenant.'),
  }),
  '/openapi.json': get('getOpenApi', 'This description.', [], {
    200: { description: 'OpenAPI 3.1.', content: { 'application/json': { schema: { type: 'object' } } } },
  }),
});
