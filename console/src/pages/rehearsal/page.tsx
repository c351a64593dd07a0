/** Rehearse and run: what would happen, why not to all, and the way to the job. */
import {
  Button,
  makeStyles,
  MessageBar,
  MessageBarBody,
  ProgressBar,
  Spinner,
  Text,
  tokens,
} from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { Redirect } from 'wouter';
import { PageLink } from '../../parts/page-link.tsx';
import type { Failure } from '../../../../client/answer.ts';
import type { Job } from '../../../../client/types.ts';
import { keptList, listAtWorkOf, sinceRehearsal, type KeptList } from '../../list/store.ts';
import { FailureBar } from '../../parts/failure-bar.tsx';
import { HowToGrant } from '../../parts/how-to-grant.tsx';
import { hasEnded } from '../../parts/job-words.ts';
import { count, counted, moment, timeLeft } from '../../parts/numbers.ts';
import { isJobGone, NotThere } from '../../parts/not-there.tsx';
import { PageHeading } from '../../parts/page-heading.tsx';
import { Panel } from '../../parts/panel.tsx';
import { wayOnOf, whyStopped } from '../../parts/stop-words.ts';
import { useIsSaidAbove } from '../../service/connection.ts';
import { useService } from '../../service/service.tsx';
import { useTenant } from '../../service/tenant.ts';
import { useAnnounce } from '../../shell/announcer.tsx';
import { useJob, useLookAgain } from '../../service/job.ts';
import { Steps } from '../../parts/steps.tsx';
import { Causes } from './causes.tsx';
import { Figures } from './figures.tsx';
import { headingOf, outcomeOf, wasStopped, type Outcome } from './outcome.ts';
import { AlreadyRun, RehearsedAgain, RunPanel } from './run-panel.tsx';
import { SkippedToo } from './skipped-too.tsx';

const useStyles = makeStyles({
  page: { display: 'grid', gap: tokens.spacingVerticalM, gridTemplateColumns: 'minmax(0, 1fr)' },
  columns: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) 328px',
    gap: tokens.spacingHorizontalL,
    alignItems: 'start',
    '@media (max-width: 900px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  progress: { display: 'grid', gap: tokens.spacingVerticalS, justifyItems: 'start' },
  wrap: { overflowWrap: 'anywhere' },
});

export default function Page({ id }: { readonly id: string }) {
  const styles = useStyles();
  const { data, error, refetch } = useJob(id);
  const kept = useQuery({ queryKey: ['kept', id], queryFn: async () => (await keptList(id)) ?? null, staleTime: 0 });
  const job = data?.value;
  const failure = error?.failure;
  const isGone = isJobGone(failure);
  const isSaid = useIsSaidAbove(failure) && job !== undefined;
  const [isRunning, setRunning] = useState(false);
  if (job !== undefined && job.dryRun !== true) return <Redirect to={`/jobs/${id}`} replace />;
  return (
    <div className={styles.page}>
      <Steps
        at={isRunning ? 'run' : 'rehearse'}
        to={{
          ...(kept.data && { choose: `/?rehearsal=${id}` }),
          ...(kept.data?.ranAs !== undefined && { run: `/jobs/${kept.data.ranAs}` }),
        }}
      />
      {job === undefined && <PageHeading title={isGone ? 'No such rehearsal' : 'Rehearsal'} />}
      {isGone && (
        <NotThere
          title={job === undefined ? 'Nothing is at this address' : 'This rehearsal was deleted'}
          list={{ to: '/jobs?kind=rehearsals', name: 'All rehearsals' }}
        >
          {job === undefined
            ? 'The rehearsal may have been deleted, or the address is mistyped or cut off.'
            : 'What is shown is the last that was seen of it.'}
        </NotThere>
      )}
      {failure !== undefined && !isGone && !isSaid && (
        <FailureBar
          failure={failure}
          title={job === undefined ? 'The rehearsal cannot be shown' : 'What is shown may be old'}
          onAgain={() => void refetch()}
        />
      )}
      {job === undefined && failure === undefined && <Spinner label="The rehearsal is on its way" />}
      {job !== undefined && (
        <Rehearsal job={job} kept={kept.data ?? undefined} isKeptKnown={!kept.isPending} onRunning={setRunning} />
      )}
    </div>
  );
}

interface RehearsalProperties {
  readonly job: Job;
  readonly kept: KeptList | undefined;
  readonly isKeptKnown: boolean;
  /** Told while the list is on its way to become a job. */
  readonly onRunning: (isRunning: boolean) => void;
}

function Rehearsal({ job, kept, isKeptKnown, onRunning }: RehearsalProperties) {
  const styles = useStyles();
  const outcome = outcomeOf(job);
  const tenant = useTenant();
  const mailIsOpen = kept?.mailIsOpenOf !== undefined;
  const say = useAnnounce();
  const heading = headingOf(job, outcome);
  const isDone = hasEnded(job);
  useEffect(() => {
    if (isDone) say(`${heading}.`);
  }, [isDone, heading, say]);
  return (
    <>
      <PageHeading title={heading} />
      <Text className={styles.wrap}>
        <UnderHeading job={job} kept={kept} />
      </Text>
      {!hasEnded(job) && <Progress job={job} />}
      {hasEnded(job) && (
        <>
          <Figures id={job.id} outcome={outcome} tenant={tenant.data?.value} mailIsOpen={mailIsOpen} />
          <div className={styles.columns}>
            <Causes id={job.id} outcome={outcome} kept={kept} />
            {isKeptKnown && (
              <Next job={job} outcome={outcome} kept={kept} tenant={tenant.data?.value} onRunning={onRunning} />
            )}
          </div>
        </>
      )}
    </>
  );
}

interface NextProperties {
  readonly job: Job;
  readonly outcome: Outcome;
  readonly kept: KeptList | undefined;
  readonly tenant: Parameters<typeof RunPanel>[0]['tenant'];
  readonly onRunning: RehearsalProperties['onRunning'];
}

/** What can be done with what was found. */
function Next({ job, outcome, kept, tenant, onRunning }: NextProperties) {
  const { me } = useService();
  const { progress } = useStyles();
  const { data: now } = useQuery({
    queryKey: ['at work', job.id],
    queryFn: async () => ({ atWork: await listAtWorkOf(job.id), since: await sinceRehearsal(job.id) }),
    // It is another with each change: what was known of it before says nothing.
    gcTime: 0,
  });
  if (me !== undefined && !me.roles.includes('Submit'))
    return (
      <Panel title="Run it">
        <div className={progress}>
          <Text>You need the role Submit to reset guests.</Text>
          <HowToGrant id={me.id} wanted="Submit" />
        </div>
      </Panel>
    );
  if (kept?.ranAs !== undefined) return <AlreadyRun jobId={kept.ranAs} />;
  // Of a retry there is no list: its guests stand with the job that it tries again.
  if (job.retryOf !== undefined)
    return (
      <Panel title="Run it">
        <Text>
          It rehearses what would be tried again of <PageLink to={`/jobs/${job.retryOf}`}>an earlier job</PageLink>. Try
          again there.
        </Text>
      </Panel>
    );
  if (kept === undefined)
    return (
      <Panel title="Run it">
        <Text>
          The list is not in this browser. <bdi>{job.submittedBy.name ?? job.submittedBy.id}</bdi> rehearsed it and can
          run it where it was chosen; or <PageLink to="/">choose the file</PageLink> and rehearse it yourself.
        </Text>
      </Panel>
    );
  if (now === undefined) return null;
  if (now.since !== undefined) return <RehearsedAgain since={now.since} />;
  if (now.atWork?.isChanged === true)
    return (
      <Panel title="Run it">
        <div className={progress}>
          <Text>The list was changed after this rehearsal.</Text>
          <Text>
            <PageLink to={`/?rehearsal=${job.id}`}>Go to the list</PageLink> and rehearse it again: what was chosen here
            comes along.
          </Text>
        </div>
      </Panel>
    );
  // With the same options these would be found the same.
  const hasRecent = !wasStopped(job) && outcome.recent > 0 && job.options.skipIfResetWithinHours > 0;
  if (wasStopped(job) || outcome.would === 0)
    return (
      <Panel title="Run it">
        <div className={progress}>
          <Text>
            {wasStopped(job)
              ? 'The rehearsal was stopped, so nothing is known of the rest. '
              : 'Nobody of this list would be reset. '}
            {!hasRecent && (
              <>
                <PageLink to={`/?rehearsal=${job.id}`}>Go back to the list</PageLink> and rehearse again.
              </>
            )}
          </Text>
          {hasRecent && <SkippedToo job={job} outcome={outcome} kept={kept} />}
        </div>
      </Panel>
    );
  return <RunPanel job={job} outcome={outcome} kept={kept} tenant={tenant} onRunning={onRunning} />;
}

function UnderHeading({ job: { endedAt }, kept }: Pick<RehearsalProperties, 'job' | 'kept'>) {
  const name = kept?.source.name;
  const at = endedAt === undefined ? 'Being looked up in the directory' : `Looked up at ${moment(endedAt)}`;
  return (
    <>
      {name !== undefined && (
        <>
          “<bdi>{name}</bdi>”.{' '}
        </>
      )}
      {at}. Nothing was changed and nobody was mailed.
    </>
  );
}

function Progress({ job }: { readonly job: Job }) {
  const styles = useStyles();
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
      <div className={styles.progress}>
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
