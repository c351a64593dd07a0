/**
 * What the service depends on, each thing tried: for callers with a role. It answers where settings are wrong, too, as
 * far as it can.
 */
import type { HttpResponseInit, InvocationContext } from '@azure/functions';
import { invocationLog } from '../../../adapters/invocation-log.ts';
import { getRuntime } from '../../../runtime.ts';
import { checkHealth, healthOf, type HealthCheck } from '../../../usecases/check-health.ts';
import { checkConfiguration, type ConfigurationCheck } from './check-configuration.ts';
import { keptLook } from './kept-look.ts';
import { jsonResponse } from './respond.ts';

/** Every look costs calls of Graph and of the queues; people and dashboards ask often. */
const KEEP_MS = 60_000;

type Check = HealthCheck | (ConfigurationCheck & { readonly standing?: never });

const look = keptLook(KEEP_MS, async (context: InvocationContext) => {
  const checks = await examine(context);
  return { status: healthOf(checks), checkedAt: new Date().toISOString(), checks };
});

/** 200 whatever the checks say: the question was answered. */
export const answerDiagnostics = async (_caller: unknown, context: InvocationContext): Promise<HttpResponseInit> =>
  jsonResponse(await look(context));

async function examine(context: InvocationContext): Promise<readonly Check[]> {
  const configuration = checkConfiguration(context);
  if (!configuration.every(({ ok }) => ok)) return configuration;
  try {
    return [...configuration, ...(await checkHealth((await getRuntime()).deps(invocationLog(context))))];
  } catch (error) {
    const problem = (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, 300);
    return [...configuration, { name: 'tables', ok: false, milliseconds: 0, problem }];
  }
}
