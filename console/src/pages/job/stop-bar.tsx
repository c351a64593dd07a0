/** What stands above a job: why nothing is sent, and what lifts it; once it has ended, what is to be known of that. */
import {
  Button,
  makeStyles,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  tokens,
} from '@fluentui/react-components';
import { Link } from 'wouter';
import type { Job } from '../../../../client/types.ts';
import { hasEnded } from '../../parts/job-words.ts';
import { clock, isAhead, moment } from '../../parts/numbers.ts';
import { ownStopOf, wayOnOf, whyStopped } from '../../parts/stop-words.ts';
import type { StopCode } from '../../../../client/codes.ts';
import { useService } from '../../service/service.tsx';
import { useSaysStop } from '../../shell/stop-said.ts';
import { saidOfList } from '../../parts/service-words.ts';
import { Canary } from './canary.tsx';
import { Canceled, Links } from './ended-bars.tsx';
import { ResumeAction } from './job-actions.tsx';
import { permissionsOf } from './permissions.ts';

const useStyles = makeStyles({
  // With nothing to say it takes no room between the panels.
  bars: { display: 'grid', gap: tokens.spacingVerticalM, ':empty': { display: 'none' } },
  words: { overflowWrap: 'anywhere' },
});

export function StopBar({ job }: { readonly job: Job }) {
  const styles = useStyles();
  const { pausedReason: stop, throttledUntil, notBefore } = job;
  if (hasEnded(job))
    return (
      <div className={styles.bars}>
        <Canceled job={job} />
        <Links job={job} />
        <JobWarnings job={job} />
      </div>
    );
  const isChoice = ownStopOf(job) === 'pauseAfter';
  return (
    <div className={styles.bars}>
      {stop !== undefined && stop.code !== 'pauseAfter' && <Stopped job={job} stop={stop} />}
      {isChoice && <Canary job={job} />}
      {stop === undefined && throttledUntil !== undefined && (
        <MessageBar layout="multiline">
          <MessageBarBody className={styles.words}>
            <MessageBarTitle>Microsoft asked to wait until {clock(throttledUntil)}.</MessageBarTitle> The job goes on by
            itself then. Nothing is lost.
          </MessageBarBody>
        </MessageBar>
      )}
      {job.status === 'queued' && notBefore !== undefined && isAhead(notBefore) && (
        <MessageBar>
          <MessageBarBody>Nothing is sent before {moment(notBefore)}.</MessageBarBody>
        </MessageBar>
      )}
      {job.status === 'canceling' && (
        <MessageBar>
          <MessageBarBody>Canceled. What is on its way already is still looked at.</MessageBarBody>
        </MessageBar>
      )}
      <JobWarnings job={job} />
    </div>
  );
}

function Stopped({ job, stop }: { readonly job: Job; readonly stop: NonNullable<Job['pausedReason']> }) {
  const styles = useStyles();
  const { me } = useService();
  const may = permissionsOf(job, me);
  const isHeld = ownStopOf(job) === 'awaitingApproval';
  const title = titleOf(stop);
  const said = whyStopped(stop);
  useSaysStop(stop.scope === 'tenant');
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody className={styles.words}>
        {said.startsWith(title) ? (
          <MessageBarTitle>
            <bdi>{said}</bdi>
          </MessageBarTitle>
        ) : (
          <>
            <MessageBarTitle>{title}.</MessageBarTitle> <bdi>{said}</bdi>
          </>
        )}{' '}
        {/* The service's own next step is a request, as programs make it. */}
        {stop.code !== 'awaitingApproval' && wayOnOf(stop.code, stop.resuming)} Since {moment(stop.since)}.{' '}
        {stop.own !== undefined && OWN_STOPS[stop.own]}{' '}
        {isHeld && <WhoApproves isMine={me?.id === job.submittedBy.id} mayApprove={may.approve} />}
      </MessageBarBody>
      <MessageBarActions>
        {stop.scope === 'tenant' && (
          <Link href="/tenant" asChild>
            <Button as="a">To the tenant</Button>
          </Link>
        )}
        {may.approve && <ResumeAction job={job} appearance="primary" />}
        {may.resume && stop.own !== 'pauseAfter' && (
          <ResumeAction job={job} appearance={stop.own === undefined ? 'primary' : 'secondary'} />
        )}
      </MessageBarActions>
    </MessageBar>
  );
}

/** What stays when the tenant goes on. */
const OWN_STOPS: Readonly<Partial<Record<StopCode, string>>> = {
  pausedByHand: 'Somebody has paused this job itself, too: it stays paused when the tenant goes on.',
  awaitingApproval: 'The job itself must be approved, too.',
  refusedRepeatedly: 'Graph has refused guests of this job, too: it stays paused when the tenant goes on.',
  unexpectedAnswers: 'Graph’s answers stopped the job itself, too: it stays paused when the tenant goes on.',
};

function titleOf({ scope, code }: NonNullable<Job['pausedReason']>): string {
  if (code === 'awaitingApproval') return 'Held until somebody approves it';
  return scope === 'tenant' ? 'Everything is paused' : 'This job is paused';
}

function WhoApproves({ isMine, mayApprove }: { readonly isMine: boolean; readonly mayApprove: boolean }) {
  if (mayApprove && !isMine) return <>Look at the guests below before you approve it.</>;
  return (
    <>
      {isMine ? 'You submitted it, so somebody else must approve it' : 'Approving it needs another role'}: whoever has
      Manage, and is not who submitted it. Send them the address of this page.
    </>
  );
}

function JobWarnings({ job: { warnings = [] } }: { readonly job: Job }) {
  const styles = useStyles();
  if (warnings.length === 0) return null;
  return (
    <MessageBar layout="multiline">
      <MessageBarBody className={styles.words}>
        {warnings.map(({ message }) => saidOfList(message)).join(' ')}
      </MessageBarBody>
    </MessageBar>
  );
}
