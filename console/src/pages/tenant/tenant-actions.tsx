/** Pausing everything, and ending a wait. Each asks first, and says what it cannot undo. */
import { Text } from '@fluentui/react-components';
import { Pause16Regular, Play16Regular } from '@fluentui/react-icons';
import type { StopCode } from '../../../../client/types.ts';
import { ActionButton } from '../../parts/action-button.tsx';
import { AskDialog, NoWayBack } from '../../parts/ask-dialog.tsx';
import { counted } from '../../parts/numbers.ts';
import type { OnShown } from '../../parts/kept.ts';
import { useService } from '../../service/service.tsx';
import { useLookAgainAtTenant } from '../../service/tenant.ts';
import { openJobsText, type OpenJobs } from './open-jobs.ts';

interface ActionProperties {
  /** Undefined until they are counted. */
  readonly open: OpenJobs | undefined;
  readonly onShown: OnShown;
}

export function PauseAction({ open, onShown }: ActionProperties) {
  const { client } = useService();
  const lookAgain = useLookAgainAtTenant();
  return (
    <AskDialog
      onShown={onShown}
      trigger={<ActionButton icon={<Pause16Regular />}>Pause everything</ActionButton>}
      title="Pause everything?"
      action="Pause everything"
      reason="Why (shown to everybody whose job waits)"
      act={({ reason }) => client.pauseTenant({ ...(reason !== undefined && { reason }) })}
      onDone={lookAgain}
    >
      <Text>
        Within a second nothing more is sent, for anybody’s job, until somebody with the role Manage resumes.{' '}
        {open !== undefined && open.jobs > 0 && `It holds ${openJobsText(open)}. `}
        New jobs are taken in, and wait. Rehearsals go on. No job is lost, and none runs out of time meanwhile.
      </Text>
      <NoWayBack>
        What is on its way{open !== undefined && ` (${counted(open.sending, 'guest')})`} still arrives, and mails that
        were sent cannot be taken back.
      </NoWayBack>
    </AskDialog>
  );
}

/**
 * Of what a job alone is stopped by, so never of the tenant: with this name a resume lifts no stop that has come
 * meanwhile, and ends the wait where there is none.
 */
const NO_STOP: StopCode = 'pauseAfter';

/** Ends a wait that Microsoft has asked for and that is longer than counts. */
export function EndWaitAction({ onShown }: Pick<ActionProperties, 'onShown'>) {
  const { client } = useService();
  const lookAgain = useLookAgainAtTenant();
  return (
    <AskDialog
      onShown={onShown}
      trigger={<ActionButton icon={<Play16Regular />}>End the wait</ActionButton>}
      title="End the wait?"
      action="End the wait"
      act={() => client.resumeTenant(NO_STOP)}
      onDone={lookAgain}
    >
      <Text>
        Microsoft has asked for more than an hour. The service sends again at once, more slowly at first; where
        Microsoft still throttles, it asks to wait anew, and that is done.
      </Text>
    </AskDialog>
  );
}
