/** Rehearse and run: what would happen, why not to all, and the way to the job. */
import { makeStyles, Spinner, Text, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Redirect } from 'wouter';
import type { Job } from '../../../../client/types.ts';
import { keptList, type KeptList } from '../../list/store.ts';
import { FailureBar } from '../../parts/failure-bar.tsx';
import { hasEnded } from '../../parts/job-words.ts';
import { isJobGone, NotThere } from '../../parts/not-there.tsx';
import { moment } from '../../parts/numbers.ts';
import { PageHeading } from '../../parts/page-heading.tsx';
import { Steps } from '../../parts/steps.tsx';
import { useIsSaidAbove } from '../../service/connection.ts';
import { useJob } from '../../service/job.ts';
import { useTenant } from '../../service/tenant.ts';
import { useAnnounce } from '../../shell/announcer.tsx';
import { Causes } from './causes.tsx';
import { Figures } from './figures.tsx';
import { LookingUp } from './looking-up.tsx';
import { Next } from './next.tsx';
import { headingOf, outcomeOf } from './outcome.ts';

const useStyles = makeStyles({
  page: { display: 'grid', gap: tokens.spacingVerticalM, gridTemplateColumns: 'minmax(0, 1fr)' },
  columns: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) 328px',
    gap: tokens.spacingHorizontalL,
    alignItems: 'start',
    '@media (max-width: 900px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
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
      {!hasEnded(job) && <LookingUp job={job} />}
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
