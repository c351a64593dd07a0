/**
 * Every code that a request can be refused with, apart from what is wrong with a submission (`submission/codes.ts`).
 */

interface CodeEntry {
  readonly status: 400 | 401 | 403 | 404 | 405 | 408 | 409 | 422 | 429 | 500 | 502 | 503;
  readonly title: string;
  readonly meaning: string;
  readonly fix: string;
}

const about = (status: CodeEntry['status'], title: string, meaning: string, fix: string): CodeEntry => ({
  status,
  title,
  meaning,
  fix,
});

/** The pages of problems and `docs/errors.md` are made of this table. */
export const API_CODES = {
  // Who asks.
  notSignedIn: about(
    401,
    'Sign in first',
    'The request carries no identity.',
    'Send a token of Microsoft Entra ID for this app.',
  ),
  missingRole: about(
    403,
    'Not allowed',
    'The caller does not have the app role that `detail` names.',
    '`detail` has the command that grants it, for whoever manages the app registration. A managed identity may be ' +
      'seen without a new role for up to a day.',
  ),
  foreignHost: about(
    403,
    'Not the name of this machine',
    'Only in local development: the request names another host than `localhost`.',
    'Ask `localhost`, or name the host in `ALLOWED_HOSTS`.',
  ),
  foreignOrigin: about(
    403,
    'Not a page of this service',
    'Only in local development: a browser asks for a page of another origin.',
    'Ask without a browser, or from the same origin.',
  ),
  // Which request.
  pathNotFound: about(
    404,
    'Nothing is at this path',
    'No route has this path.',
    '`GET /api` says what is here, `GET /api/openapi.json` every route.',
  ),
  methodNotAllowed: about(
    405,
    'The path does not take this method',
    'The header `Allow` names those that it takes.',
    'Use one of them.',
  ),
  codeNotFound: about(
    404,
    'No problem has this code',
    'The path `problems/{code}` names a code that no refusal has.',
    '`GET /api/problems` lists those that there are. The codes of resets and of stops are not among them: ' +
      '`message` and `nextStep` stand beside these.',
  ),
  malformedRequest: about(
    400,
    'The request cannot be read',
    'The `Host`, or the path, is none.',
    'Percent-encode what the path names, as UTF-8.',
  ),
  requestNotMatched: about(
    503,
    'The request could not be told from others',
    'What arrived could not be matched with its invocation. Nothing was done.',
    'Leave the header `x-ms-invocation-id` out, and repeat the request.',
  ),
  // Which job, and how it stands.
  jobNotFound: about(
    404,
    'There is no such job',
    'No job has this id, or it is not yours to see.',
    '`GET /api/jobs` lists those you may see. Jobs are deleted after `RETENTION_DAYS`.',
  ),
  jobPaused: about(
    409,
    'The job is paused',
    'Answer of `completion`: nothing is sent until somebody resumes; `detail` says what is paused, why, and how ' +
      'to resume.',
    'Resume, or poll with `?waitWhilePaused=true`.',
  ),
  jobEnded: about(
    409,
    'The job has ended',
    'An ended job can be neither canceled nor paused.',
    'Nothing: resets cannot be undone.',
  ),
  jobNotEnded: about(
    409,
    'The job has not ended',
    'Only an ended job can be retried, checked or deleted.',
    'Wait for `completion`, or cancel the job first.',
  ),
  nothingToRetry: about(
    409,
    'There is nothing to retry',
    'No reset of the job ended so that it would be taken.',
    'Name statuses: `?status=failed,unknown`. Read first what they mean.',
  ),
  notChecked: about(
    409,
    'Nobody has looked who has redeemed',
    'The filter `redemption` asks for what a check found, and the job has not been checked.',
    'Check it first: `POST /api/jobs/{id}/check`.',
  ),
  nothingToCheck: about(
    409,
    'There is nothing to check',
    'The job has reset nobody: all failed, were skipped or canceled, or it was a dry run.',
    'Check the job that did.',
  ),
  // What its query says.
  unknownParameter: about(
    400,
    'The query has a name that is not known here',
    'The route takes no such name; names are told apart by case. Nothing was done.',
    'Write the name that `detail` suggests, or leave it out.',
  ),
  repeatedParameter: about(
    400,
    'The query says something twice',
    'A name that takes one value is there more than once. Nothing was done.',
    'Say it once.',
  ),
  invalidParameter: about(
    400,
    'The query has a value that cannot be used',
    'The value is not one that this name takes. Nothing was done.',
    'Write what `detail` asks for, or leave the name out.',
  ),
  unexpectedBody: about(
    400,
    'The request has a body that is not read',
    'The route takes no body: none, blank text and `{}` say nothing. Nothing was done.',
    'Say it in the query where `detail` names it there, or leave it out.',
  ),
  invalidContinuationToken: about(
    400,
    'The continuation token is not valid',
    '`continuationToken` does not come from a page of this list.',
    'Take `nextLink` as it stands, or leave the token out to begin again.',
  ),
  // Which guest.
  invalidGuestId: about(
    400,
    'The guest cannot be recognised',
    'The path names the guest neither by object id, nor by UPN with `#EXT#`, nor by mail.',
    'Percent-encode it (`#` is `%23`), or take `guestId` from the results of a job.',
  ),
  guestNotFound: about(
    404,
    'There is no such guest',
    'The directory has no user with this UPN or mail.',
    'Correct it; of a guest who was deleted or renamed, name the object id.',
  ),
  guestAmbiguous: about(
    409,
    'Several users have this address',
    'The mail belongs to more than one user; `detail` names them.',
    'Name one by object id.',
  ),
  guestInOpenJobs: about(
    409,
    'The guest is in jobs that have not ended',
    'A guest is erased only where no job that is open names them; `detail` names those jobs. Nothing was erased.',
    'Wait for their end, or cancel them. Then repeat the request.',
  ),
  graphUnavailable: about(
    503,
    'Graph did not answer',
    'The guest could not be looked up by UPN or mail.',
    'Repeat the request, or name the object id, which needs no look-up.',
  ),
  graphRefused: about(
    502,
    'Graph refused the look-up',
    'Graph does not let the service look the guest up.',
    'Name the object id, which needs no look-up; `GET /api/diagnostics` says what Graph refuses.',
  ),
  // The submission as a request; what is wrong inside it has codes of its own.
  invalidIdempotencyKey: about(
    400,
    'The Idempotency-Key is not valid',
    'It is empty or longer than 255 characters.',
    'Correct it, or leave the header out.',
  ),
  submissionTooSlow: about(
    408,
    'The body took too long',
    'The body had not arrived when its time was over. Nothing was queued.',
    'Send it again, or in several parts.',
  ),
  submissionInProgress: about(
    409,
    'A submission with this key is being received',
    'Another request with the same `Idempotency-Key` has not ended. Nothing of this one was queued.',
    'Repeat it in a while.',
  ),
  jobDeleted: about(
    409,
    'The job of this key was deleted',
    'The `Idempotency-Key` belongs to a job that is no longer stored. Nothing was queued.',
    'Use a new key for a new job.',
  ),
  tooManyOpenJobs: about(
    429,
    'Too many jobs have not ended',
    'As many jobs of the caller as `MAX_OPEN_JOBS_PER_CALLER` have not ended, dry runs and paused ones among them. ' +
      'Nothing was queued.',
    'Wait until some have ended, cancel what is not needed, or put more resets into one job.',
  ),
  idempotencyKeyReused: about(
    422,
    'The key belongs to another submission',
    'The `Idempotency-Key` came before with another body or other options. Nothing was queued.',
    'Use a new key for a new job.',
  ),
  // The service itself.
  internalError: about(
    500,
    'Something failed inside the service',
    'A mistake of the service.',
    'Repeat the request with the same `Idempotency-Key`. If it fails again, give `traceId` to whoever runs the ' +
      'service.',
  ),
  temporarilyUnavailable: about(
    503,
    'Something that this service needs is away',
    'Tables or queue do not answer. Nothing is lost.',
    'Repeat the request after the seconds of `Retry-After`, with the same `Idempotency-Key`.',
  ),
  notConfigured: about(
    503,
    'The service is not configured',
    'Settings are missing or wrong.',
    '`GET /api/diagnostics` names them to callers with a role.',
  ),
  authenticationNotConfigured: about(
    503,
    'Authentication is not configured',
    'App Service authentication is off, or not for the app registration of `API_CLIENT_ID`, so nobody is answered.',
    'Switch it on, and set `API_CLIENT_ID` to its client id.',
  ),
} as const satisfies Record<string, CodeEntry>;

export type ApiCode = keyof typeof API_CODES;

/** What a 409 is about, where that may change by itself. */
const MAY_CHANGE: readonly string[] = [
  'jobPaused',
  'jobNotEnded',
  'submissionInProgress',
  'guestInOpenJobs',
] satisfies ApiCode[];

/** When to ask again, where nobody knows better; undefined where the answer would be the same. */
export function askAgainAfterSeconds(code: string, status: number): number | undefined {
  if (status === 503) return 15;
  // When a job ends nobody knows: the shortest last seconds, and paused ones as long as somebody wants.
  if (status === 429) return 60;
  return MAY_CHANGE.includes(code) ? 5 : undefined;
}
