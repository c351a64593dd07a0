/**
 * How the service is, in one word, for everybody. It must answer when nothing else can, so it needs no runtime and no
 * configuration; and a stranger must get nothing done by it, so it reads one row, and that seldom.
 */
import type { HttpResponseInit, InvocationContext } from '@azure/functions';
import { invocationLog } from '../../../adapters/invocation-log.ts';
import { getRuntime } from '../../../runtime.ts';
import { healthFromControlRow, isWell, type HealthStatus } from '../../../usecases/check-health.ts';
import type { OpenRequest } from '../requests/arrived-request.ts';
import { checkConfiguration } from './check-configuration.ts';
import { keptLook } from './kept-look.ts';
import { jsonResponse, NOT_KEPT } from './respond.ts';

const KEEP_MS = 5_000;
/** Tables that are away are tried for longer, which whoever watches does not wait for. */
const WITHIN_MS = 10_000;

const look = keptLook(KEEP_MS, async (context: InvocationContext): Promise<HealthStatus> => {
  if (!checkConfiguration(context).every(({ ok }) => ok)) return 'unhealthy';
  const late = Promise.withResolvers<HealthStatus>();
  const timer = setTimeout(() => late.resolve('unhealthy'), WITHIN_MS);
  try {
    const deps = (await getRuntime()).deps(invocationLog(context));
    return await Promise.race([healthFromControlRow(deps), late.promise]);
  } catch {
    return 'unhealthy';
  } finally {
    clearTimeout(timer);
  }
});

export async function answerHealth(_request: OpenRequest, context: InvocationContext): Promise<HttpResponseInit> {
  const status = await look(context);
  return jsonResponse({ status }, isWell(status) ? 200 : 503);
}

/** Who asks here has no identity that counts: the path lies below one that the platform lets everybody through to. */
export async function answerHealthDetails(): Promise<HttpResponseInit> {
  return { status: 308, headers: { ...NOT_KEPT, Location: '/api/diagnostics' } };
}
