/** Queue triggers: a failed delivery waits before it fails, so that an outage does not burn deliveries. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Deps } from '../../usecases/deps.ts';
import { parseJobId } from '../../domain/ids.ts';
import { parseWake } from '../../domain/chunk/wake.ts';
import type { Log, LogFields } from '../../usecases/ports.ts';
import { getRuntime } from '../../runtime.ts';
import { invocationLog, withoutWords, type InvocationLogger } from '../../adapters/invocation-log.ts';

/** What a trigger's context offers; the functions library gives more. */
export interface TriggerContext extends InvocationLogger {
  readonly triggerMetadata?: Readonly<Record<string, unknown>> | undefined;
}

/** Where a handler runs: in the app, unless a test says otherwise. */
export interface TriggerSurroundings {
  deps(log: Log): Promise<Deps>;
  wait(milliseconds: number): Promise<unknown>;
}

const APP: TriggerSurroundings = { deps: async (log) => (await getRuntime()).deps(log), wait };

/** The trigger has no retry policy of its own: a throw abandons the message, which comes back at once. */
const MAX_WAIT_SECONDS = 60;

/** A message that can never be handled: it is not worth waiting for. Its deliveries end in the dead-letter queue. */
export class PoisonMessage extends Error {
  override readonly name = 'PoisonMessage';
}

/** Wraps the handler of a queue function. */
export function backingOff(
  work: (message: unknown, deps: Deps) => Promise<void>,
  surroundings = APP,
): (message: unknown, context: TriggerContext) => Promise<void> {
  return async (message, context) => {
    const log = invocationLog(context);
    try {
      await work(message, await surroundings.deps(log));
    } catch (error) {
      const deliveryCount = Number(context.triggerMetadata?.['deliveryCount'] ?? 1);
      log.error('deliveryFailed', { deliveryCount, ...chunkOf(message) }, error);
      if (!(error instanceof PoisonMessage))
        await surroundings.wait(Math.min(2 ** deliveryCount, MAX_WAIT_SECONDS) * 1000);
      throw withoutWords(error);
    }
  };
}

/** What a message is about; nothing of a message that is none of ours. */
function chunkOf(message: unknown): LogFields {
  const wake = parseWake(message);
  const jobId = wake?.jobId ?? parseJobId((message as { jobId?: unknown } | null)?.jobId);
  return { ...(jobId !== undefined && { jobId }), ...(wake !== undefined && { chunk: wake.chunk }) };
}
