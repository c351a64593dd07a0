/** What can be done with what a rehearsal has found: run it, or what there is in place of that. */
import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import type { Job } from '../../../../client/types.ts';
import type { Since } from '../../list/since.ts';
import { listAtWorkOf, sinceRehearsal, type KeptList } from '../../list/store.ts';
import { HowToGrant } from '../../parts/how-to-grant.tsx';
import { PageLink } from '../../parts/page-link.tsx';
import { Panel } from '../../parts/panel.tsx';
import { useService } from '../../service/service.tsx';
import { wasStopped, type Outcome } from './outcome.ts';
import { RunPanel } from './run-panel.tsx';
import { SkippedToo } from './skipped-too.tsx';

const useStyles = makeStyles({
  lines: { display: 'grid', gap: tokens.spacingVerticalS, justifyItems: 'start' },
});

interface NextProperties {
  readonly job: Job;
  readonly outcome: Outcome;
  readonly kept: KeptList | undefined;
  readonly tenant: Parameters<typeof RunPanel>[0]['tenant'];
  /** Told while the list is on its way to become a job. */
  readonly onRunning: (isRunning: boolean) => void;
}

export function Next({ job, outcome, kept, tenant, onRunning }: NextProperties) {
  const { me } = useService();
  const { lines } = useStyles();
  const { data: now } = useQuery({
    queryKey: ['at work', job.id],
    queryFn: async () => ({ atWork: await listAtWorkOf(job.id), since: await sinceRehearsal(job.id) }),
    // It is another with each change: what was known of it before says nothing.
    gcTime: 0,
  });
  if (me !== undefined && !me.roles.includes('Submit'))
    return (
      <Panel title="Run it">
        <div className={lines}>
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
        <div className={lines}>
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
        <div className={lines}>
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

function AlreadyRun({ jobId }: { readonly jobId: string }) {
  return (
    <Panel title="It was run">
      <Text>
        This rehearsal has become <PageLink to={`/jobs/${jobId}`}>a job</PageLink>. To reset the same guests again,
        rehearse them again.
      </Text>
    </Panel>
  );
}

/** It would run a list that is another by now, or guests who were reset since. */
function RehearsedAgain({ since: { rehearsal, job } }: { readonly since: Since }) {
  return (
    <Panel title="Run it">
      <Text>
        The list was rehearsed again after this.{' '}
        {job === undefined ? (
          <>
            It can be run from <PageLink to={`/rehearsals/${rehearsal}`}>its last rehearsal</PageLink>.
          </>
        ) : (
          <>
            <PageLink to={`/jobs/${job}`}>A job</PageLink> was made of it. Here is{' '}
            <PageLink to={`/rehearsals/${rehearsal}`}>its last rehearsal</PageLink>.
          </>
        )}
      </Text>
    </Panel>
  );
}
