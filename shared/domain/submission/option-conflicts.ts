/** Whether the options of a job go together, and leave it time. Times are milliseconds since the epoch. */
import type { JobOptions } from '../job/job.ts';
import type { RowProblem } from '../api/problem.ts';
import { problemAt } from './findings.ts';

export function optionConflicts(
  options: Pick<JobOptions, 'notBefore' | 'notAfter' | 'pauseAfter' | 'dryRun'>,
  now: number,
): RowProblem[] {
  const { notBefore, notAfter, pauseAfter, dryRun } = options;
  const problems: RowProblem[] = [];
  const refuse = (field: string, message: string): void => {
    problems.push(problemAt({}, 'invalidOption', message, field));
  };
  if (notAfter !== undefined) {
    const told = `notAfter is ${new Date(notAfter).toISOString()}, which`;
    if (notAfter <= now)
      refuse('notAfter', `${told} has passed, so nothing could be sent. Write a later time, or leave it out.`);
    else if (notAfter <= (notBefore ?? 0))
      refuse(
        'notAfter',
        `${told} is not after notBefore, so nothing could be sent. Write a later time, or leave one of them out.`,
      );
  }
  if (pauseAfter !== undefined && dryRun === true)
    refuse(
      'pauseAfter',
      'pauseAfter stops a job after its first resets; a dry run resets nobody, so it has nothing to stop for. ' +
        'Leave one of them out.',
    );
  return problems;
}
