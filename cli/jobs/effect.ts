/** What has an effect, and what is told where nobody knows whether it had. */
import { mayHaveHappened, type Answer } from '../../client/answer.ts';
import type { ExitCode } from '../command.ts';
import type { Terminal } from '../terminal.ts';
import type { Connected, ConnectionValues } from './connection.ts';
import { fail, interrupted, type Beside } from './failure.ts';

/**
 * @param unknown told where no answer came, or Ctrl-C came first
 * @returns the answer, or the exit code where there is none; that was told then
 */
export async function effectOf<T extends object>(
  { signal }: Pick<Connected, 'signal'>,
  ask: () => Promise<Answer<T>>,
  values: ConnectionValues,
  terminal: Terminal,
  unknown: Beside,
): Promise<T | ExitCode> {
  const answer = await ask().catch((error: unknown) => {
    if (!signal.aborted) throw error;
    return undefined;
  });
  if (answer === undefined) return interrupted(values, terminal, unknown);
  if (answer.kind === 'answered') return answer.value;
  return fail(answer, values, terminal, mayHaveHappened(answer) ? unknown : undefined);
}
