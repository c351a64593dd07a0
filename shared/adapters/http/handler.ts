/** What every HTTP function has in common: its runtime, its caller, and problems as answers. */
import type { HttpHandler, HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import { ConfigError } from '../../config.ts';
import type { Submitter } from '../../domain/job.ts';
import { problem, type Problem } from '../../domain/problem.ts';
import { getRuntime, type Runtime } from '../../runtime.ts';
import type { Deps } from '../../usecases/deps.ts';
import { invocationLog } from '../invocation-log.ts';
import { identify, mayNot, type Caller, type Role } from './caller.ts';
import { isOutage } from '../outage.ts';
import { problemResponse } from './respond.ts';
import { dropRestOfBody } from './rest-of-body.ts';

export interface Call {
  readonly request: HttpRequest;
  readonly caller: Caller;
  readonly deps: Deps;
  readonly runtime: Runtime;
  readonly query: URLSearchParams;
}

/** The caller as a job remembers it. */
export const submitterOf = ({ caller: { id, name } }: Call): Submitter => ({ id, ...(name !== undefined && { name }) });

/** A refusal, thrown by whatever reads a request, so that no function needs to pass it on. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

/** Wraps the work of one function. `role`, where given, is needed by every caller. */
export function handle(role: Role | undefined, work: (call: Call) => Promise<HttpResponseInit>): HttpHandler {
  return async (request, context) => {
    const log = invocationLog(context);
    const started = performance.now();
    try {
      const runtime = await getRuntime();
      const caller = identify(request.headers, runtime.config.authentication);
      if ('status' in caller) throw new Refusal(caller);
      if (role !== undefined && !caller.roles.has(role)) throw new Refusal(mayNot(role));
      return await work({ request, caller, deps: runtime.deps(log), runtime, query: request.query });
    } catch (error) {
      const found = problemOf(error);
      if (found.status >= 500)
        log.error(
          'requestFailed',
          { problem: found.code, milliseconds: Math.round(performance.now() - started) },
          error,
        );
      await dropRestOfBody(request);
      return problemResponse(found, traceIdOf(context));
    }
  };
}

function problemOf(error: unknown): Problem {
  if (error instanceof Refusal) return error.problem;
  if (error instanceof ConfigError) {
    return problem(
      'notConfigured',
      'Settings are missing or wrong; GET /api/health names them to callers with a role.',
    );
  }
  if (isOutage(error)) {
    return problem(
      'temporarilyUnavailable',
      'Nothing is lost. Repeat the request in a while, with the same Idempotency-Key. GET /api/health says what is away.',
    );
  }
  return problem(
    'internalError',
    'Repeat the request with the same Idempotency-Key. If it fails again, give the trace id to whoever runs the service.',
  );
}

/** The trace that telemetry shows for this invocation. */
export function traceIdOf(context: InvocationContext): string {
  return context.traceContext?.traceParent?.split('-')[1] ?? context.invocationId;
}
