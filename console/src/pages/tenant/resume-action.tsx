/** Lifting the stop of the tenant: the one that was seen, and no other. */
import { MessageBar, MessageBarBody, MessageBarTitle, Text } from '@fluentui/react-components';
import { Play16Regular } from '@fluentui/react-icons';
import type { Failure } from '../../../../client/answer.ts';
import type { Gate, StopCode, Tenant } from '../../../../client/types.ts';
import { ActionButton } from '../../parts/action-button.tsx';
import { AskDialog, NoWayBack } from '../../parts/ask-dialog.tsx';
import { stopOf } from '../../parts/stop-words.ts';
import type { OnShown } from '../../parts/kept.ts';
import { useService } from '../../service/service.tsx';
import { useLookAgainAtTenant } from '../../service/tenant.ts';
import { openJobsText, type OpenJobs } from './open-jobs.ts';
import { triesOne } from './standing.ts';

export type PausedTenant = Tenant & { readonly code: StopCode };

interface ResumeProperties {
  readonly tenant: PausedTenant;
  /** Undefined until they are counted. */
  readonly open: OpenJobs | undefined;
  readonly onShown: OnShown;
}

/** @param tenant as it is kept while the dialog is open (`onShown`): no stop that comes meanwhile is lifted */
export function ResumeAction({ tenant, open, onShown }: ResumeProperties) {
  const { client } = useService();
  const lookAgain = useLookAgainAtTenant();
  const guests = tenant.behind === undefined ? (open?.waiting ?? 0) : 0;
  return (
    <AskDialog<Gate>
      onShown={onShown}
      trigger={
        <ActionButton appearance="primary" icon={<Play16Regular />}>
          Resume
        </ActionButton>
      }
      title="Resume?"
      action="Resume"
      guests={guests}
      missing={tenant.behind === undefined && open === undefined ? 'The guests who wait are being counted.' : undefined}
      // Where it was refused the button shows what stands now, instead of lifting it.
      act={({ failed }) => (isAnother(failed) ? client.tenant() : client.resumeTenant(tenant.code))}
      onDone={lookAgain}
      onRefused={saidOf}
    >
      <WhatGoesOn tenant={tenant} open={open} />
    </AskDialog>
  );
}

const isAnother = (failure: Failure | undefined): boolean =>
  failure?.kind === 'refused' && failure.problem.code === 'stopChanged';

const saidOf = (failure: Failure) =>
  isAnother(failure) ? { words: <Another />, action: 'Show why it is paused now' } : undefined;

function Another() {
  return (
    <MessageBar intent="warning" layout="multiline" role="alert">
      <MessageBarBody>
        <MessageBarTitle>It is paused for another reason by now, so nothing was resumed.</MessageBarTitle> Look at that
        one first.
      </MessageBarBody>
    </MessageBar>
  );
}

function WhatGoesOn({ tenant, open }: Omit<ResumeProperties, 'onShown'>) {
  const behind = stopOf(tenant.behind);
  const all = open === undefined || open.jobs === 0 ? 'whatever waits' : openJobsText(open);
  if (behind !== undefined)
    return (
      <Text>
        This lifts the pause. Nothing is sent all the same, for there is another reason behind it: {behind.meaning} That
        one is shown next, and resumed by itself.
      </Text>
    );
  return (
    <>
      <Text>
        {triesOne(tenant.code)
          ? 'One guest is tried first. Where Microsoft does not refuse that one, everything goes on by itself, as a ' +
            `rule within half a minute: ${all}. Else it stays paused, and nobody else is tried.`
          : `Everything goes on at once: ${all}.`}
      </Text>
      <NoWayBack>A reset cannot be undone: each guest must redeem again before they can sign in.</NoWayBack>
    </>
  );
}
