/** One job, to be watched: its address can be sent to a colleague. */
import { makeStyles, Spinner, tokens } from '@fluentui/react-components';
import { useEffect } from 'react';
import { Redirect } from 'wouter';
import type { Job } from '../../../../client/types.ts';
import { FailureBar } from '../../parts/failure-bar.tsx';
import { PageHeading } from '../../parts/page-heading.tsx';
import { useIsSaidAbove } from '../../service/connection.ts';
import { useAnnounce } from '../../shell/announcer.tsx';
import { Asked } from './asked.tsx';
import { JobHead } from './job-head.tsx';
import { JobTabs } from './job-tabs.tsx';
import { useJob, useLastLook } from './job-answer.ts';
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
    const isGone = failure?.kind === 'refused' && failure.problem.code === 'jobNotFound';
    return (
      <Watch job={data.value} isGone={isGone}>
        {failure !== undefined && <Stale failure={failure} isGone={isGone} onAgain={() => void refetch()} />}
      </Watch>
    );
  }
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
      <JobTabs job={job} />
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
  const title = isGone
    ? 'This job was deleted. What is shown is the last that was seen of it'
    : 'What is shown may be old';
  return <FailureBar failure={failure} title={title} onAgain={isGone ? undefined : onAgain} />;
}
