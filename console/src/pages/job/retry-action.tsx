/** Tries resets again: a new job, which names this one. It may be rehearsed first. */
import { Button, MessageBar, MessageBarBody, MessageBarTitle, Text } from '@fluentui/react-components';
import { useState, type ReactElement, type ReactNode } from 'react';
import type { Failure } from '../../../../client/answer.ts';
import type { Job, RetryQuery } from '../../../../client/types.ts';
import { AskDialog, NoWayBack } from '../../parts/ask-dialog.tsx';
import { FailureBar } from '../../parts/failure-bar.tsx';
import { useLeaving } from '../../parts/leaving.ts';
import { DialogLink, useLeave } from '../../parts/leave-dialog.tsx';
import { useIsUnanswered } from '../../parts/no-answer-yet.tsx';
import { skippedFor } from '../../parts/reset-words.ts';
import { placeOf } from '../../parts/job-words.ts';
import { count, counted } from '../../parts/numbers.ts';
import { useService } from '../../service/service.tsx';
import { inPageWords } from '../../parts/service-words.ts';
import { mailWords } from './job-actions.tsx';
import { useLookAgain } from '../../service/job.ts';

interface RetryActionProperties {
  readonly job: Job;
  /** How many are tried. */
  readonly resets: number;
  readonly said: Pick<RetryQuery, 'status' | 'code'>;
  readonly trigger: ReactElement;
  /** Which ones. */
  readonly children: ReactNode;
}

export function RetryAction({ job, resets, said, trigger, children }: RetryActionProperties) {
  const { client } = useService();
  const lookAgain = useLookAgain(job.id);
  return (
    <AskDialog
      trigger={trigger}
      title={`Try ${counted(resets, 'guest')} again?`}
      action={`Try ${count(resets)} again`}
      guests={resets}
      reason="Reason or ticket"
      reasonHint={job.reason === undefined ? undefined : 'Where none is given, that of this job stays.'}
      act={({ key, reason, failed }) =>
        client.retry(
          job.id,
          // A colleague may have done it already; that is said, and asked once more.
          { ...said, ...(reason !== undefined && { reason }), allowDuplicate: isDuplicate(failed) },
          key,
        )
      }
      onDone={lookAgain}
      leadsTo={({ value }) => placeOf(value)}
      onRefused={wordsOfDuplicate}
      more={<Rehearse job={job} said={said} />}
    >
      <Text>{children}</Text>
      <Text>
        They become a new job, with the options of this one; this one stays as it is. {skippedFor(job.options)} is
        skipped. {mailWords(job)}
        {job.pauseAfter !== undefined &&
          resets > job.pauseAfter &&
          ` It pauses after its first ${count(job.pauseAfter)}, as this one did.`}
      </Text>
      <NoWayBack>Who is reset must redeem an invitation again, and a mail cannot be taken back.</NoWayBack>
    </AskDialog>
  );
}

export function isDuplicate(failure: Failure | undefined): boolean {
  return failure?.kind === 'refused' && failure.problem.code === 'duplicateSubmission';
}

export function wordsOfDuplicate(failure: Failure): { words: ReactNode; action: string } | undefined {
  if (failure.kind !== 'refused' || failure.problem.code !== 'duplicateSubmission') return undefined;
  const { detail, earlierJob } = failure.problem;
  const words = (
    <MessageBar intent="warning" layout="multiline" role="alert">
      <MessageBarBody>
        <MessageBarTitle>The same was submitted before.</MessageBarTitle> <bdi>{inPageWords(detail)}</bdi>{' '}
        {earlierJob !== undefined && <DialogLink to={`/jobs/${earlierJob.id}`}>To that job</DialogLink>}
      </MessageBarBody>
    </MessageBar>
  );
  return { words, action: 'Do it all the same' };
}

/** Changes nothing, so it is not asked for twice. */
function Rehearse({ job, said }: Pick<RetryActionProperties, 'job' | 'said'>) {
  const { client } = useService();
  const leave = useLeave();
  const [key] = useState(() => crypto.randomUUID());
  const [isBusy, setBusy] = useState(false);
  const isUnanswered = useIsUnanswered(isBusy);
  const asking = useLeaving();
  const [failure, fail] = useState<Failure>();
  async function rehearse(): Promise<void> {
    setBusy(true);
    const ended = asking({ key, action: 'Rehearse first' });
    const answer = await client.retry(job.id, { ...said, dryRun: true }, key);
    setBusy(false);
    if (answer.kind !== 'answered') {
      ended(answer);
      return fail(answer);
    }
    const to = `/rehearsals/${answer.value.id}`;
    if (ended({ kind: 'done' }, to)) leave(to);
  }
  if (failure !== undefined) return <FailureBar failure={failure} title="It was not rehearsed" />;
  return (
    <Button disabledFocusable={isBusy} onClick={() => void rehearse()}>
      {isUnanswered ? 'No answer yet' : isBusy ? 'One moment' : 'Rehearse first'}
    </Button>
  );
}
