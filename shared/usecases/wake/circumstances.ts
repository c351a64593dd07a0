import type { Circumstances } from '../../domain/reset/after-answer.ts';
import type { Deps } from '../deps.ts';
import type { Visit } from './visit.ts';

/** What pure decisions need of the moment: the rules, the time, and chance. */
export function circumstances(
  { policy, clock, random }: Pick<Deps, 'policy' | 'clock' | 'random'>,
  { job, resumedAt }: Visit,
): Circumstances {
  const { verify, onUnknown } = job.options;
  return {
    policy,
    now: clock.now(),
    random: random.fraction(),
    resumedAt,
    verifyAfterSeconds: verify === false ? 0 : policy.verifyAfterSeconds,
    ...(onUnknown !== undefined && { onUnknown }),
  };
}
