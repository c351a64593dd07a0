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
    'The request brings no identity that counts: no token of this tenant for this app, or one without an object id.',
    'Send `Authorization: Bearer` with a token of the tenant of `AZURE_TENANT_ID` for the app registration of ' +
      '`API_CLIENT_ID`: `az account get-access-token --scope api://<API_CLIENT_ID>/.default` prints one.',
  ),
  missingRole: about(
    403,
    'Not allowed',
    "The caller does not have the app role that `detail` names, or only for jobs of their own, and this is another's.",
    '`detail` has the command that grants the role, for whoever manages the app registration. A token keeps the ' +
      'roles that it was given: sign in again after that. That of a managed identity may last up to a day.',
  ),
  approverIsSubmitter: about(
    403,
    'Somebody else must approve the job',
    'The job awaits approval (`HOLD_JOBS_ABOVE`), and the caller has submitted it. Nothing was lifted.',
    'Have somebody else with the role `Manage` resume it: `POST /api/jobs/{id}/resume`. Or cancel it.',
  ),
  foreignHost: about(
    403,
    'Not the name of this machine',
    'Only in local development: the request names another host than `localhost`.',
    'Ask `localhost`, `127.0.0.1` or `[::1]`, or name the host in `ALLOWED_HOSTS` and start again.',
  ),
  foreignOrigin: about(
    403,
    'Not a page of this service',
    'Only in local development: a browser asks on behalf of a page of another origin. Nobody signs in there, so such ' +
      'a page could do all that the developer may.',
    'Ask without a browser, or from a page of the same origin; behind a proxy set `PUBLIC_URL` to that origin.',
  ),
  // Which request.
  pathNotFound: about(
    404,
    'Nothing is at this path',
    'No route has this path. A `#` in it ends it.',
    '`GET /api` says what is here, `GET /api/openapi.json` every route. In the name of a guest write `%23` for `#` ' +
      'and `%2F` for `/`.',
  ),
  methodNotAllowed: about(
    405,
    'The path does not take this method',
    'The path is right, the method is none of those that the header `Allow` names. `HEAD` and `OPTIONS` are methods ' +
      'like others.',
    'Use one that `Allow` names.',
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
    'The header `Host` names no host, or the path cannot be decoded.',
    'Percent-encode what the path names, as UTF-8 (`%` itself is `%25`), and leave `Host` to the client.',
  ),
  requestNotMatched: about(
    503,
    'The request could not be told from others',
    'What arrived could not be matched with its invocation, within ten seconds. Mostly the request brings a header ' +
      '`x-ms-invocation-id` of its own; without one, the service has too much to do. Nothing was done.',
    'Leave that header out, and repeat the request.',
  ),
  // Which job, and how it stands.
  jobNotFound: about(
    404,
    'There is no such job',
    'No job has this id, or it is not yours to see.',
    '`GET /api/jobs` lists those you may see: your own; with the role Read or Manage, all. Jobs are deleted ' +
      '`RETENTION_DAYS` after their end. Of one that somebody has deleted before, `GET /api/guests/{guest}/resets` ' +
      'still tells what it did.',
  ),
  jobPaused: about(
    409,
    'The job is paused',
    'Answer of `completion`: nothing is sent until somebody resumes; `detail` says what is paused, why, and how ' +
      'to resume.',
    'Have it resumed as `detail` says. Whoever would rather wait polls with `?waitWhilePaused=true`, which answers ' +
      '`202` meanwhile.',
  ),
  jobEnded: about(
    409,
    'The job has ended',
    'An ended job can be neither canceled nor paused.',
    'Nothing: what was sent cannot be taken back. `GET /api/jobs/{id}` tells how each reset has ended.',
  ),
  jobNotEnded: about(
    409,
    'The job has not ended',
    'Only an ended job can be retried, checked or deleted.',
    'Wait until `GET /api/jobs/{id}/completion` answers `200`, or cancel the job first: ' +
      '`POST /api/jobs/{id}/cancel`. A paused job ends only once it is resumed or canceled.',
  ),
  stopChanged: about(
    409,
    'Another stop is shown now',
    '`stop` named the stop that was seen, and another one is shown now: the one that was seen is lifted already, or ' +
      'somebody has paused since. Nothing was lifted.',
    '`detail` says which one is shown, and why. To lift that one, name it; without `stop` any is lifted.',
  ),
  nothingToRetry: about(
    409,
    'There is nothing to retry',
    'No reset of the job has one of the statuses that were named. Where none was named: no reset was canceled, or ' +
      'failed in a way that the same again can help (`retryable`).',
    '`counts` of the job says how they ended, `byCode` why. Name those to send again: `?status=failed`, once what ' +
      '`nextStep` of the resets says is done; `?status=unknown`, which may mail a guest twice.',
  ),
  notChecked: about(
    409,
    'Nobody has looked who has redeemed',
    'The filter `redemption` asks for what a check found, and the job has not been checked.',
    'Check it first: `POST /api/jobs/{id}/check`. `check` of the job tells when that is done.',
  ),
  nothingToCheck: about(
    409,
    'There is nothing to check',
    'The job has reset nobody: all failed, were skipped or canceled, or it was a dry run.',
    'Check the job that did: `GET /api/guests/{guest}/resets` tells which.',
  ),
  // What its query says.
  unknownParameter: about(
    400,
    'The query has a name that is not known here',
    'The route takes no such name; names are told apart by case. Nothing was done.',
    'Write the name that `detail` suggests, or leave it out. `GET /api/openapi.json` has those of each route.',
  ),
  repeatedParameter: about(
    400,
    'The query says something twice',
    'A name that takes one value is there more than once. Nothing was done.',
    'Say it once; where a name takes several values they stand with commas between: `status=failed,unknown`.',
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
    'Percent-encode the name (`#` is `%23`), or take the object id: results of jobs have it as `guestId`.',
  ),
  guestNotFound: about(
    404,
    'There is no such guest',
    'The directory has no user with this object id, UPN or mail.',
    'Correct it. What was tried for a guest who was deleted or renamed `GET /api/guests/{guest}/resets` tells by ' +
      'object id: results of jobs have it as `guestId`.',
  ),
  guestAmbiguous: about(
    409,
    'Several users have this address',
    'The mail belongs to more than one user; `detail` names them.',
    'Name the one who is meant by object id.',
  ),
  guestInOpenJobs: about(
    409,
    'The guest is in jobs that have not ended',
    'A guest is erased only where no job that is open names them; `detail` names those jobs. Nothing was erased.',
    'Wait until they have ended, or cancel them: `POST /api/jobs/{id}/cancel`. Then repeat the request.',
  ),
  tooManyLooks: about(
    429,
    'Too many guests are looked at',
    'More people look at guests than jobs leave room for: twenty at once, or one a second, of the whole tenant. ' +
      'What was looked at within five seconds costs nothing.',
    'Repeat the request after the seconds of `Retry-After`. For many guests submit a dry run, which is not bound to ' +
      'that.',
  ),
  graphUnavailable: about(
    503,
    'Graph did not answer',
    'Graph did not answer, failed, or asked to wait, so the guest could not be looked up.',
    'Repeat the request. Only a history needs no look-up, where the path names the object id.',
  ),
  graphRefused: about(
    502,
    'Graph refused the look-up',
    'Graph does not let the service look the guest up: mostly a permission of its identity is missing.',
    '`GET /api/diagnostics` says what Graph refuses, and what to do; that is for whoever runs the service. Only a ' +
      'history needs no look-up, where the path names the object id.',
  ),
  // The submission as a request; what is wrong inside it has codes of its own.
  invalidIdempotencyKey: about(
    400,
    'The Idempotency-Key is not valid',
    'It is empty or longer than 255 characters.',
    'Give it 1 to 255 characters, or leave the header out: then each request is a new job.',
  ),
  submissionTooSlow: about(
    408,
    'The body took too long',
    'The body had not arrived when its time was over; `detail` says how long that is. Nothing was queued.',
    'Send it again over a faster connection, or as several jobs. The time of a submission is the setting ' +
      '`SUBMIT_MAX_SECONDS`.',
  ),
  submissionInProgress: about(
    409,
    'A submission with this key is being received',
    'Another request with the same `Idempotency-Key` has not ended, or has broken off a short while ago. Nothing of ' +
      'this one was queued.',
    'Repeat it with the same key: the answer is then the job of the other request or, where that came to nothing, a ' +
      'new one. One that broke off holds the key for `SUBMIT_MAX_SECONDS` at most.',
  ),
  jobDeleted: about(
    409,
    'The job of this key was deleted',
    'The `Idempotency-Key` belongs to a job that is no longer stored. Nothing was queued.',
    '`GET /api/guests/{guest}/resets` tells what that job did. Only to reset the guests once more use a new key.',
  ),
  duplicateSubmission: about(
    409,
    'The same was submitted within the hour',
    'An earlier job of the caller, `earlierJob`, has the same more than 20 resets and options, and is open or has ' +
      'completed. Nothing of this one was queued.',
    'Look at the earlier job. Where a second one is meant, repeat the request with `?allowDuplicate=true`.',
  ),
  tooManyOpenJobs: about(
    429,
    'Too many jobs have not ended',
    'As many jobs of the caller as `MAX_OPEN_JOBS_PER_CALLER` have not ended, dry runs and paused ones among them. ' +
      'Nothing was queued.',
    'Wait until some have ended, cancel what is not needed (`GET /api/jobs` lists them), or put more resets into one ' +
      'job.',
  ),
  idempotencyKeyReused: about(
    422,
    'The key belongs to another submission',
    'The `Idempotency-Key` came before with another body, `Content-Type` or options, be it by a byte. Nothing was ' +
      'queued.',
    'For the same job send exactly the same once more; for a new job use a new key.',
  ),
  // The service itself.
  internalError: about(
    500,
    'Something failed inside the service',
    'A mistake of the service, or something in its surroundings that it does not know.',
    'Repeat the request with the same `Idempotency-Key`; without one look first whether `GET /api/jobs` has the job ' +
      'already. If it fails again, give `traceId` to whoever runs the service: it finds the request in the logs.',
  ),
  temporarilyUnavailable: about(
    503,
    'Something that this service needs is away',
    'Tables, queue or the sign-in of the service do not answer, or ask to wait. What was promised before is not lost.',
    'Repeat the request after the seconds of `Retry-After`, with the same `Idempotency-Key`; without one look first ' +
      'whether `GET /api/jobs` has the job already. If it lasts, `GET /api/diagnostics` says what is away.',
  ),
  notConfigured: about(
    503,
    'The service is not configured',
    'Settings are missing or wrong.',
    '`GET /api/diagnostics` names each of them, and what is wrong with it, to callers with a role. The log names ' +
      'them, too, in lines `notConfigured`. Once they are right, requests are answered and jobs go on.',
  ),
  authenticationNotConfigured: about(
    503,
    'Authentication is not configured',
    'App Service authentication is off, or not for the app registration of `API_CLIENT_ID`, so nobody is answered.',
    '`azd provision` does both. By hand: switch App Service authentication on for the app registration, and set ' +
      '`API_CLIENT_ID` to its client id and `AZURE_TENANT_ID` to the tenant. Never set `WEBSITE_AUTH_ENABLED` by hand.',
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
