/**
 * The answer of the health function. It must answer when nothing else can, so it needs no runtime and no configuration.
 */
import type { HttpResponseInit, InvocationContext } from '@azure/functions';
import type { Authentication } from '../../../authentication.ts';
import { ConfigError, type Config } from '../../../config.ts';
import { getRuntime, readAuthenticationNow, readConfigNow } from '../../../runtime.ts';
import { checkHealth, healthOf, type HealthCheck } from '../../../usecases/check-health.ts';
import { invocationLog } from '../../../adapters/invocation-log.ts';
import type { ArrivedRequest } from '../requests/arrived-request.ts';
import { identify } from '../requests/caller.ts';
import { jsonResponse } from './respond.ts';

export async function answerHealth(request: ArrivedRequest, context: InvocationContext): Promise<HttpResponseInit> {
  const { authentication, checks } = await examine(context);
  const status = healthOf(checks);
  const caller = identify(request.headers, authentication);
  const isKnown = !('status' in caller) && caller.roles.size > 0;
  return jsonResponse(isKnown ? { status, checks } : { status }, status === 'unhealthy' ? 503 : 200);
}

/** The first such word of a problem is the name of its setting. Values are not for the log. */
const SETTING = /[A-Z][A-Za-z]*_[A-Z_]+|(TableStorage|ServiceBusConnection)\w*/;

type Check =
  | HealthCheck
  | { readonly name: 'configuration'; readonly ok: boolean; readonly paused?: never; readonly problem?: string };

async function examine(context: InvocationContext): Promise<{ authentication: Authentication; checks: Check[] }> {
  let config: Config;
  try {
    config = readConfigNow();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const log = invocationLog(context);
    for (const problem of error.problems) log.error('notConfigured', { setting: SETTING.exec(problem)?.[0] });
    return {
      authentication: readAuthenticationNow(),
      checks: error.problems.map((problem): Check => ({ name: 'configuration', ok: false, problem })),
    };
  }
  const authentication: Check =
    config.authentication.by === 'nobody'
      ? {
          name: 'configuration',
          ok: false,
          problem: 'App Service authentication is not proven to be on, so every request is refused.',
        }
      : { name: 'configuration', ok: true };
  try {
    return {
      authentication: config.authentication,
      checks: [authentication, ...(await checkHealth((await getRuntime()).deps(invocationLog(context))))],
    };
  } catch (error) {
    const problem = (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, 300);
    return {
      authentication: config.authentication,
      checks: [authentication, { name: 'tables', ok: false, milliseconds: 0, problem }],
    };
  }
}
