/** The answer to whoever wants to know who has redeemed. */
import type { HttpResponseInit } from '@azure/functions';
import { isEndedJob } from '../../../domain/job/job.ts';
import { problem } from '../../../domain/api/problem.ts';
import { startCheck } from '../../../usecases/jobs/check-redemption.ts';
import { actorOf, type Call } from '../handler.ts';
import { Refusal } from '../refusal.ts';
import { findJob, showJobBriefly } from './job-requests.ts';
import { JOB_AGAIN_SECONDS } from './job-answer.ts';
import { jsonResponse } from './respond.ts';
import { jobUrl } from '../urls.ts';

export async function answerCheck(call: Call): Promise<HttpResponseInit> {
  const { job, counts } = await findJob(call);
  const { deps } = call;
  if (!isEndedJob(job))
    throw new Refusal(
      problem(
        'jobNotEnded',
        `Its guests can be checked once it has ended. GET /api/jobs/${job.id} tells how it stands; a paused one ` +
          'goes on when it is resumed, and ends when it is canceled.',
      ),
    );
  if (job.options.dryRun === true)
    throw new Refusal(problem('nothingToCheck', 'The job was a dry run: no guest was reset.'));
  if (counts.succeeded + counts.unknown === 0)
    throw new Refusal(problem('nothingToCheck', 'No guest of the job was reset: counts tells what became of them.'));
  await startCheck(deps, job.id, actorOf(call));
  return jsonResponse(await showJobBriefly(call, await findJob(call)), 202, {
    Location: jobUrl(call, job.id),
    'Retry-After': String(JOB_AGAIN_SECONDS),
  });
}
