/** What every HTTP function has in common: its runtime, its caller, and problems as answers. */
import type { HttpFunctionOptions, HttpResponseInit, InvocationContext } from '@azure/functions';
import { ConfigError } from '../../config.ts';
import type { Actor } from '../../domain/actions.ts';
import { problem, type Problem } from '../../domain/api/problem.ts';
import { getRuntime, readAuthenticationNow, readLinksNow, type Runtime } from '../../runtime.ts';
import type { Deps } from '../../usecases/deps.ts';
import { JOB_NOT_FOUND, JobGone } from '../../usecases/jobs/read-jobs.ts';
import { invocationLog } from '../../adapters/invocation-log.ts';
import { arrivedRequest, type ArrivedRequest, type FileRequest, type OpenRequest } from './requests/arrived-request.ts';
import { identify, refusedAccess, type Access, type Caller } from './requests/caller.ts';
import { foreignCaller } from './requests/local-callers.ts';
import { isOutage } from '../../adapters/outage.ts';
import { problemResponse } from './answers/respond.ts';
import { dropRestOfBody } from './requests/rest-of-body.ts';
import { OTHER_ROUTES, type OtherFunctionName, type OtherRoute } from './other-routes.ts';
import { readQuery } from './requests/read-query.ts';
import { Refusal } from './refusal.ts';
import { HTTP_ROUTES, type HttpFunctionName, type HttpRoute, type QueryOf } from './routes.ts';
import { refuseBody } from './requests/small-body.ts';
import { apiUrl, refusalApi } from './urls.ts';

export interface Call {
  readonly request: ArrivedRequest;
  readonly caller: Caller;
  readonly deps: Deps;
  readonly runtime: Runtime;
  /** Who may call this route; of a job, whoever finds it asks. */
  readonly access: Access;
  /** Where links begin: `https://host/api`. */
  readonly api: string;
}

/** A call of one route, with what its query says. */
export interface CallOf<N extends HttpFunctionName> extends Call {
  readonly query: QueryOf<N>;
}

/** The caller as rows remember who did something. */
export const actorOf = ({ caller: { id, name } }: Pick<Call, 'caller'>): Actor => ({
  id,
  ...(name !== undefined && { name }),
});

/** A function that answers known callers only. `work` throws `Refusal` for what it does not do. */
export function httpFunction<N extends HttpFunctionName>(
  name: N,
  work: (call: CallOf<N>) => Promise<HttpResponseInit>,
): HttpFunctionOptions {
  const { access } = HTTP_ROUTES[name];
  return registered(registrationOf(name), async (request, context) => {
    const caller = knownCaller(request, access);
    const runtime = await getRuntime();
    const query = await readRequest(name, request);
    const deps = runtime.deps(invocationLog(context));
    return work({ request, caller, deps, runtime, access, query, api: apiUrl(request, runtime.config.links) });
  });
}

/** The functions that need no settings. */
type BareFunctionName = {
  [N in HttpFunctionName]: (typeof HTTP_ROUTES)[N] extends { readonly withoutSettings: true } ? N : never;
}[HttpFunctionName];

/** A function that answers known callers only, whether there is a runtime or not. */
export function knownHttpFunction(
  name: BareFunctionName,
  answer: (caller: Caller, context: InvocationContext) => Promise<HttpResponseInit>,
): HttpFunctionOptions {
  return registered(registrationOf(name), async (request, context) => {
    const caller = knownCaller(request, HTTP_ROUTES[name].access);
    await readRequest(name, request);
    return answer(caller, context);
  });
}

/** @throws Refusal for whoever may not call the route */
function knownCaller({ headers }: ArrivedRequest, access: Access): Caller {
  const caller = identify(headers, readAuthenticationNow());
  if ('status' in caller) throw new Refusal(caller);
  const refused = refusedAccess(caller, access);
  if (refused !== undefined) throw new Refusal(refused);
  return caller;
}

type Answer<R> = (request: R, context: InvocationContext) => Promise<HttpResponseInit>;

/** A function that answers everybody, and is not told who they say they are. */
export function openHttpFunction(name: HttpFunctionName, answer: Answer<OpenRequest>): HttpFunctionOptions {
  return registered(registrationOf(name), async (request, context) => {
    await readRequest(name, request);
    return answer(withoutHeaders(request), context);
  });
}

const withoutHeaders = ({ headers: _unread, ...open }: ArrivedRequest): OpenRequest => open;

/** What the route takes of a request, before any work. A body that it takes is read by its own function. */
async function readRequest<N extends HttpFunctionName>(name: N, request: ArrivedRequest): Promise<QueryOf<N>> {
  const route: HttpRoute = HTTP_ROUTES[name];
  const read = readQuery(route, request.query);
  if (!read.ok) throw new Refusal(read.problem);
  if (route.body === 'none') await refuseBody(route, request);
  // Every value was read by the parameter of its own name.
  return read.values as QueryOf<N>;
}

/** A function that gives files to everybody, and is not told who they say they are. */
export function fileFunction(name: OtherFunctionName, answer: Answer<FileRequest>): HttpFunctionOptions {
  return registered(OTHER_ROUTES[name], async (request, context) => {
    const { headers } = request;
    const accepts = { encoding: headers.get('accept-encoding'), known: headers.get('if-none-match') };
    return answer({ ...withoutHeaders(request), accepts }, context);
  });
}

/** A function that answers what no route takes. */
export function otherFunction(name: OtherFunctionName, answer: Answer<OpenRequest>): HttpFunctionOptions {
  return registered(OTHER_ROUTES[name], async (request, context) => answer(withoutHeaders(request), context));
}

function registrationOf(name: HttpFunctionName): OtherRoute {
  const { method, route } = HTTP_ROUTES[name];
  return { methods: [method], route };
}

/** What every function has in common: how it is registered, and problems. */
function registered({ methods, route }: OtherRoute, answer: Answer<ArrivedRequest>): HttpFunctionOptions {
  return { methods: [...methods], route, authLevel: 'anonymous', handler };

  async function handler(...[untrue, context]: Parameters<HttpFunctionOptions['handler']>): Promise<HttpResponseInit> {
    const started = performance.now();
    const request = arrivedRequest(untrue);
    try {
      const foreign = foreignCaller(request, readAuthenticationNow());
      if (foreign !== undefined) throw new Refusal(foreign);
      return await answer(request, context);
    } catch (error) {
      const found = problemOf(error);
      if (found.status >= 500)
        invocationLog(context).error(
          'requestFailed',
          { problem: found.code, milliseconds: Math.round(performance.now() - started) },
          error,
        );
      await dropRestOfBody(request);
      const api = refusalApi(request, readLinksNow(), readAuthenticationNow());
      return problemResponse(found, { traceId: traceIdOf(context), api });
    }
  }
}

function problemOf(error: unknown): Problem {
  if (error instanceof Refusal) return error.problem;
  if (error instanceof JobGone) return JOB_NOT_FOUND;
  if (error instanceof ConfigError) {
    return problem(
      'notConfigured',
      'Settings are missing or wrong; GET /api/diagnostics names them to callers with a role.',
    );
  }
  if (isOutage(error)) {
    return problem(
      'temporarilyUnavailable',
      'Nothing is lost. Repeat the request in 15 s, with the same Idempotency-Key. GET /api/diagnostics says what is ' +
        'away.',
    );
  }
  return problem(
    'internalError',
    'Repeat the request with the same Idempotency-Key. If it fails again, give the trace id to whoever runs the ' +
      'service.',
  );
}

/**
 * The trace that telemetry shows for this invocation. A caller may choose it, by a `traceparent` of their own: it is
 * shown and logged, nothing more. Source: W3C Trace Context.
 */
export function traceIdOf(context: InvocationContext): string {
  return /^00-([0-9a-f]{32})-/.exec(context.traceContext?.traceParent ?? '')?.[1] ?? context.invocationId;
}
