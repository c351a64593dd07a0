/** The settings as a check of the service's health, which needs no runtime. */
import type { InvocationContext } from '@azure/functions';
import { invocationLog } from '../../../adapters/invocation-log.ts';
import { ConfigError } from '../../../config.ts';
import { readConfigNow } from '../../../runtime.ts';

export interface ConfigurationCheck {
  readonly name: 'configuration';
  readonly ok: boolean;
  readonly problem?: string;
  /** What callers may not expect. */
  readonly note?: string;
}

/** The first such word of a problem is the name of its setting. Values are not for the log. */
const SETTING = /[A-Z][A-Za-z]*_[A-Z_]+|(TableStorage|ServiceBusConnection)\w*/;

/** One that is right, or one for each problem. */
export function checkConfiguration(context: InvocationContext): readonly ConfigurationCheck[] {
  try {
    const { authentication, policy } = readConfigNow();
    if (authentication.by === 'nobody')
      return [
        {
          name: 'configuration',
          ok: false,
          problem: 'App Service authentication is not proven to be on, so every request is refused.',
        },
      ];
    const { holdJobsAbove } = policy;
    if (holdJobsAbove === undefined) return [{ name: 'configuration', ok: true }];
    const note = `Jobs of more than ${holdJobsAbove} resets wait until somebody else approves them (HOLD_JOBS_ABOVE).`;
    return [{ name: 'configuration', ok: true, note }];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const log = invocationLog(context);
    for (const problem of error.problems) log.error('notConfigured', { setting: SETTING.exec(problem)?.[0] });
    return error.problems.map((problem) => ({ name: 'configuration', ok: false, problem }));
  }
}
