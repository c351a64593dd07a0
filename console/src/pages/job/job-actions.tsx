/** What can be done with a job. Each asks first, and says what it cannot undo. */
import { makeStyles, Text, tokens } from '@fluentui/react-components';
import {
  ArrowClockwise16Regular,
  CheckmarkCircle16Regular,
  Delete16Regular,
  Dismiss16Regular,
  Link16Regular,
  Pause16Regular,
  PersonSearch16Regular,
  Play16Regular,
} from '@fluentui/react-icons';
import type { Job } from '../../../../client/types.ts';
import { ActionButton } from '../../parts/action-button.tsx';
import { AskDialog, NoWayBack } from '../../parts/ask-dialog.tsx';
import { CopyLink } from '../../parts/copy-button.tsx';
import { count, counted } from '../../parts/numbers.ts';
import { wasCanceled } from '../../parts/job-words.ts';
import { ownStopOf } from '../../parts/stop-words.ts';
import { useService } from '../../service/service.tsx';
import { causesOf, usuallyRetried } from '../../parts/causes.ts';
import { useLookAgain } from '../../service/job.ts';
import { AskedToApprove } from './asked.tsx';
import { permissionsOf } from './permissions.ts';
import { RetryAction } from './retry-action.tsx';
import { SaveResults } from '../../parts/save-results.tsx';

const useStyles = makeStyles({
  row: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalS,
    marginTop: tokens.spacingVerticalM,
    // Both edges line up where they do not fit side by side.
    '@media (max-width: 640px)': { '& > *': { flexGrow: 1 } },
  },
});

interface ActionProperties {
  readonly job: Job;
  readonly label?: string;
  readonly appearance?: 'primary' | 'secondary';
}

export function JobActions({ job }: { readonly job: Job }) {
  const styles = useStyles();
  const { me } = useService();
  const may = permissionsOf(job, me);
  // These stand with the stop itself.
  const isChoice = ownStopOf(job) === 'pauseAfter';
  const again = usuallyRetried(causesOf(job));
  return (
    <div className={styles.row}>
      {may.pause && !isChoice && <PauseAction job={job} />}
      {may.cancel && !isChoice && <CancelAction job={job} />}
      {may.retry && (
        <RetryAction
          job={job}
          resets={again}
          said={{}}
          trigger={
            <ActionButton
              icon={<ArrowClockwise16Regular />}
              // Whom somebody has just canceled on purpose is not pressed upon them.
              appearance={wasCanceled(job) ? 'secondary' : 'primary'}
            >
              Try {count(again)} again
            </ActionButton>
          }
        >
          They were canceled, or failed in a way that the same again can help.
        </RetryAction>
      )}
      {may.check && <CheckAction job={job} />}
      <SaveResults id={job.id} name={`results-${job.id}`} filter={{}} label="Results as CSV" />
      <CopyLink icon={<Link16Regular />} />
      {may.remove && <DeleteAction job={job} />}
    </div>
  );
}

function PauseAction({ job }: ActionProperties) {
  const { client } = useService();
  const lookAgain = useLookAgain(job.id);
  const waiting = `${counted(job.counts.pending, 'guest')} that ${job.counts.pending === 1 ? 'waits' : 'wait'}`;
  const isTenantPaused = job.pausedReason?.scope === 'tenant';
  return (
    <AskDialog
      trigger={
        <ActionButton icon={<Pause16Regular />}>{isTenantPaused ? 'Pause this job, too' : 'Pause'}</ActionButton>
      }
      title={isTenantPaused ? 'Pause this job, too?' : 'Pause this job?'}
      action="Pause"
      reason="Why (shown to everybody who looks at the job)"
      act={({ reason }) => client.pause(job.id, { ...(reason !== undefined && { reason }) })}
      onDone={lookAgain}
    >
      <Text>
        {isTenantPaused
          ? `Everything is paused, so nothing is sent now anyway. With a pause of its own this job stays paused when everything goes on: ${waiting} will not be reset until somebody resumes the job itself.`
          : `${waiting} will not be reset until somebody resumes it.`}
      </Text>
      <NoWayBack>
        {job.counts.sending > 0 && `What is on its way (${count(job.counts.sending)}) still arrives. `}Mails that were
        sent cannot be taken back.
      </NoWayBack>
    </AskDialog>
  );
}

/** Lifts the stop that is seen, and no other: where it has changed meanwhile the service says so. */
export function ResumeAction({ job, appearance = 'secondary' }: ActionProperties) {
  const { client } = useService();
  const lookAgain = useLookAgain(job.id);
  const code = ownStopOf(job);
  const waiting = job.counts.pending + job.counts.sending;
  const { label, title } = wordsOfResume(code, job.pausedReason?.scope === 'tenant');
  return (
    <AskDialog
      trigger={
        <ActionButton
          appearance={appearance}
          icon={code === 'awaitingApproval' ? <CheckmarkCircle16Regular /> : <Play16Regular />}
        >
          {label}
        </ActionButton>
      }
      title={title}
      action={label}
      guests={waiting}
      act={() => client.resume(job.id, code)}
      onDone={lookAgain}
    >
      <Text>
        {waiting > 1 && 'Up to '}
        {counted(waiting, 'guest')} that {waiting === 1 ? 'waits' : 'wait'} will be reset: each must redeem an
        invitation again before they can sign in. Who cannot be reset, or is to be skipped, stays as they are.{' '}
        {mailWords(job)} {code === 'awaitingApproval' && 'Your name stands with the job.'}{' '}
        {job.pausedReason?.scope === 'tenant' && 'As everything is paused, too, that begins when the tenant goes on.'}
      </Text>
      {code === 'awaitingApproval' && <AskedToApprove job={job} />}
      <NoWayBack>That cannot be undone; pausing stops only what is not sent yet.</NoWayBack>
    </AskDialog>
  );
}

function wordsOfResume(
  code: string | undefined,
  isTenantPaused: boolean,
): { readonly label: string; readonly title: string } {
  if (code === 'awaitingApproval') return { label: 'Approve', title: 'Approve this job?' };
  if (code === 'pauseAfter') return { label: 'Go on', title: 'Go on with the rest?' };
  return { label: isTenantPaused ? 'Resume this job' : 'Resume', title: 'Resume this job?' };
}

export function mailWords({ options: { sendInvitationMessage: sends } }: Job): string {
  if (sends === undefined) return 'Microsoft mails them where their row says so.';
  return sends ? 'Microsoft mails them.' : 'Microsoft mails nobody of them, unless their row says so.';
}

export function CancelAction({ job, label = 'Cancel job', appearance = 'secondary' }: ActionProperties) {
  const { client } = useService();
  const lookAgain = useLookAgain(job.id);
  const { pending } = job.counts;
  return (
    <AskDialog
      trigger={
        <ActionButton appearance={appearance} icon={<Dismiss16Regular />}>
          {label}
        </ActionButton>
      }
      title={label === 'Cancel job' ? 'Cancel this job?' : 'Stop here?'}
      action={label}
      act={() => client.cancel(job.id)}
      onDone={lookAgain}
    >
      <Text>
        {counted(pending, 'guest')} that {pending === 1 ? 'waits' : 'wait'} will not be reset.{' '}
        {stayWords(job.counts.succeeded)}{' '}
      </Text>
      <NoWayBack>A canceled job does not go on; “Try again” makes a new one of what was canceled.</NoWayBack>
    </AskDialog>
  );
}

const stayWords = (reset: number): string =>
  reset === 0
    ? 'Nobody was reset yet.'
    : `${counted(reset, 'guest')} that ${reset === 1 ? 'was' : 'were'} reset must redeem all the same.`;

export function CheckAction({ job, appearance = 'secondary' }: ActionProperties) {
  const { client } = useService();
  const lookAgain = useLookAgain(job.id);
  return (
    <AskDialog
      trigger={
        <ActionButton appearance={appearance} icon={<PersonSearch16Regular />}>
          Who has redeemed?
        </ActionButton>
      }
      title="Look who has redeemed?"
      action="Look"
      act={() => client.check(job.id)}
      onDone={lookAgain}
    >
      Looks {counted(job.counts.succeeded + job.counts.unknown, 'guest')} up in the directory. It changes nothing, mails
      nobody, and what an earlier look has found is replaced. You can leave the page meanwhile.
    </AskDialog>
  );
}

function DeleteAction({ job }: ActionProperties) {
  const { client } = useService();
  const lookAgain = useLookAgain(job.id);
  return (
    <AskDialog
      trigger={<ActionButton icon={<Delete16Regular />}>Delete</ActionButton>}
      title="Delete this job?"
      action="Delete"
      guests={job.total}
      act={() => client.deleteJob(job.id)}
      onDone={lookAgain}
      leadsTo={() => '/jobs'}
    >
      <Text>
        The job and the results of {counted(job.total, 'guest')} are lost for everybody: save them first. In the history
        of each guest it stays that and when they were reset, by whom and why. No guest is changed.
      </Text>
      <NoWayBack>A deletion cannot be undone.</NoWayBack>
    </AskDialog>
  );
}
