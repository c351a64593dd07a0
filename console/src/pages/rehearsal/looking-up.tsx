/** A rehearsal that has not ended: how far it is, what holds it, and the button that stops it. */
import { Button, makeStyles, MessageBar, MessageBarBody, ProgressBar, Text, tokens } from '@fluentui/react-components';
import { useEffect, useRef, useState } from 'react';
import type { Failure } from '../../../../client/answer.ts';
import type { Job } from '../../../../client/types.ts';
import { FailureBar } from '../../parts/failure-bar.tsx';
import { count, counted, timeLeft } from '../../parts/numbers.ts';
import { Panel } from '../../parts/panel.tsx';
import { wayOnOf, whyStopped } from '../../parts/stop-words.ts';
import { useLookAgain } from '../../service/job.ts';
import { useService } from '../../service/service.tsx';
import { useAnnounce } from '../../shell/announcer.tsx';

const useStyles = makeStyles({
  lines: { display: 'grid', gap: tokens.spacingVerticalS, justifyItems: 'start' },
});

export function LookingUp({ job }: { readonly job: Job }) {
  const { lines } = useStyles();
  const { client } = useService();
  const say = useAnnounce();
  const lookAgain = useLookAgain(job.id);
  const [isAsked, ask] = useState(false);
  const isStopping = isAsked || job.status === 'canceling';
  const [failure, fail] = useState<Failure>();
  const stop = async (): Promise<void> => {
    ask(true);
    fail(undefined);
    const answer = await client.cancel(job.id);
    if (answer.kind !== 'answered') {
      ask(false);
      fail(answer);
    }
    lookAgain();
  };
  const percent = job.total === 0 ? 0 : Math.floor((job.done / job.total) * 100);
  const told = useRef(-1);
  useEffect(() => {
    const step = Math.floor(percent / 5);
    if (step === told.current) return;
    told.current = step;
    say(`${percent} percent of the guests are looked up.`);
  }, [percent, say]);
  return (
    <Panel>
      <div className={lines}>
        <ProgressBar value={percent / 100} aria-label="Guests looked up" thickness="large" />
        <Text>
          {count(job.done)} of {counted(job.total, 'guest')} looked up
          {job.estimatedCompletion !== undefined && !isStopping && `, about ${timeLeft(job.estimatedCompletion)} left`}
        </Text>
        {job.pausedReason !== undefined && (
          <MessageBar intent="warning" layout="multiline">
            <MessageBarBody>
              <bdi>{whyStopped(job.pausedReason)}</bdi> {wayOnOf(job.pausedReason.code, job.pausedReason.resuming)}
            </MessageBarBody>
          </MessageBar>
        )}
        {failure !== undefined && <FailureBar failure={failure} title="The rehearsal was not stopped" />}
        <Button disabledFocusable={isStopping} onClick={() => void stop()}>
          {isStopping ? 'The rehearsal is being stopped' : 'Stop the rehearsal'}
        </Button>
      </div>
    </Panel>
  );
}
