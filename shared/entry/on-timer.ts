/** The handler of a timer. Its host logs what it throws, so that has no words. */
import { getRuntime } from '../runtime.ts';
import type { Deps } from '../usecases/deps.ts';
import { invocationLog, withoutWords, type InvocationLogger } from '../adapters/invocation-log.ts';

export function onTimer(work: (deps: Deps) => Promise<void>) {
  return async (_timer: unknown, context: InvocationLogger): Promise<void> => {
    const log = invocationLog(context);
    try {
      await work((await getRuntime()).deps(log));
    } catch (error) {
      log.error('timerFailed', {}, error);
      throw withoutWords(error);
    }
  };
}
