/** One job, to be watched: its address can be sent to a colleague. */
import { makeStyles, Spinner, tokens } from '@fluentui/react-components';
import { useEffect } from 'react';
import { Redirect } from 'wouter';
import type { Job } from '../../../../client/types.ts';
import { FailureBar } from '../../parts/failure-bar.tsx';
import { isJobGone, NotThere } from '../../parts/not-there.tsx';
import { PageHeading } from '../../parts/page-heading.tsx';
import { seesAll } from '../../parts/roles.ts';
import { useIsSaidAbove } from '../../service/connection.ts';
import { useService } from '../../service/service.tsx';
import { useAnnounce } from '../../shell/announcer.tsx';
import { Asked } from './asked.tsx';
import { JobHead } from './job-head.tsx';
import { JobTabs } from './job-tabs.tsx';
import { useJob, useLastLook } from '../../service/job.ts';
import { heard } from './progress.ts';
import { Progress } from './progress.tsx';
import { Rate } from './rate.tsx';
import { StopBar } from './stop-bar.tsx';

const useStyles = makeStyles({
  page: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalL },
  beside: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) 304px',
    gap: tokens.spacingVerticalL,
    '@media (max-width: 900px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
});

export default function Page({ id }: { readonly id: string }) {
  const { data, error, refetch } = useJob(id);
  const failure = error?.failure;
  if (data !== undefined) {
    if (data.value.dryRun === true) return <Redirect to={`/rehearsals/${id}`} replace />;
    const isGone = isJobGone(failure);
    return (
      <Watch job={data.value} isGone={isGone}>
        {failure !== undefined && <Stale failure={failure} isGone={isGone} onAgain={() => void refetch()} />}
      </Watch>
    );
  }
  if (isJobGone(failure)) return <NoSuchJob />;
  return (
    <>
      <PageHeading title="Job" />
      {failure === undefined ? (
        <Spinner label="The job is on its way" />
      ) : (
        <FailureBar failure={failure} title="The job cannot be shown" onAgain={() => void refetch()} />
      )}
    </>
  );
}

const ALL_JOBS = { to: '/jobs', name: 'All jobs' };

function NoSuchJob() {
  const { me } = useService();
  return (
    <>
      <PageHeading title="No such job" />
      <NotThere title="Nothing is at this address" list={ALL_JOBS}>
        The job may have been deleted, or the address is mistyped or cut off.
        {!seesAll(me) &&
          ' It may be somebody else’s, too: you see the jobs that you submitted. All others need Read or Manage.'}
      </NotThere>
    </>
  );
}

interface WatchProperties {
  readonly job: Job;
  /** Deleted by somebody else: it is only to be read. */
  readonly isGone: boolean;
  readonly children: React.ReactNode;
}

function Watch({ job, isGone, children }: WatchProperties) {
  const styles = useStyles();
  const announce = useAnnounce();
  const words = heard(job);
  useEffect(() => announce(words), [announce, words]);
  useLastLook(job);
  return (
    <div className={styles.page}>
      <JobHead job={job} isGone={isGone} />
      {children}
      {!isGone && <StopBar job={job} />}
      <Progress job={job} />
      <div className={styles.beside}>
        <Rate job={job} />
        <Asked job={job} />
      </div>
      <JobTabs job={job} isGone={isGone} />
    </div>
  );
}

interface StaleProperties extends Pick<React.ComponentProps<typeof FailureBar>, 'failure' | 'onAgain'> {
  readonly isGone: boolean;
}

/** The last that was seen stays, and is said to be that. */
function Stale({ failure, isGone, onAgain }: StaleProperties) {
  const isSaid = useIsSaidAbove(failure);
  if (isSaid) return null;
  if (isGone)
    return (
      <NotThere title="This job was deleted" list={ALL_JOBS}>
        What is shown is the last that was seen of it.
      </NotThere>
    );
  return <FailureBar failure={failure} title="What is shown may be old" onAgain={onAgain} />;
}
