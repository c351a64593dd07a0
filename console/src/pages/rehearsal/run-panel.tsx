/** From the rehearsal to the job: what is chosen for it, and the button that cannot be taken back. */
import {
  Button,
  Checkbox,
  Field,
  Input,
  makeStyles,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  Text,
  tokens,
} from '@fluentui/react-components';
import { useEffect, type KeyboardEvent } from 'react';
import type { Job, Tenant } from '../../../../client/types.ts';
import { draftOf, FIRST_CHOICES, type Choices } from '../../list/choices.ts';
import type { KeptList } from '../../list/store.ts';
import { ConfirmNumber } from '../../parts/confirm-number.tsx';
import { isConfirmed } from '../../parts/confirmed.ts';
import { FailureBar } from '../../parts/failure-bar.tsx';
import { MailLanguage } from '../../parts/mail-language.tsx';
import { count, counted } from '../../parts/numbers.ts';
import { mayBeDone } from '../../parts/not-done.ts';
import { Panel } from '../../parts/panel.tsx';
import { useDraft } from '../../service/drafts.ts';
import { useService } from '../../service/service.tsx';
import { whyStopped } from '../../parts/stop-words.ts';
import { DomainChange } from './domain-change.tsx';
import { EarlierJob } from './earlier-job.tsx';
import type { Outcome } from './outcome.ts';
import { hasCanary, heldWords, missingOf } from './run.ts';
import { CanaryChoice, MailChoice } from './run-choices.tsx';
import { SkippedToo } from './skipped-too.tsx';
import { useRun } from './use-run.ts';

const useStyles = makeStyles({
  form: { display: 'grid', gap: tokens.spacingVerticalM, gridTemplateColumns: 'minmax(0, 1fr)' },
  input: { minWidth: 0, width: '100%' },
  button: { whiteSpace: 'nowrap', minHeight: '40px' },
});

/** There is no undo: only the button runs it, and no Enter in a field. */
function holdEnter(event: KeyboardEvent): void {
  if (event.key === 'Enter' && event.target instanceof HTMLInputElement) event.preventDefault();
}

interface RunPanelProperties {
  readonly job: Job;
  readonly outcome: Outcome;
  readonly kept: KeptList;
  readonly tenant: Tenant | undefined;
  readonly onRunning: (isRunning: boolean) => void;
}

export function RunPanel({ job, outcome, kept, tenant, onRunning }: RunPanelProperties) {
  const styles = useStyles();
  const mustChoose = kept.mailIsOpenOf !== undefined;
  const [draft, say] = useDraft<Choices>(draftOf(job.id), {
    ...FIRST_CHOICES,
    mail: mustChoose ? undefined : 'asSaid',
    language: job.options.messageLanguage ?? '',
  });
  // Chosen before the list was corrected, when each row said it.
  const isOpenAgain = mustChoose && draft.mail === 'asSaid';
  const said = isOpenAgain ? { ...draft, mail: undefined } : draft;
  const change = (some: Partial<Choices>): void => say({ ...said, ...some });
  const others = outcome.cannot + outcome.skipped;
  // Rows that are sent although they would not be reset may be reset after all.
  const guests = said.leaveOut ? outcome.would : outcome.total;
  const action = `Reset ${said.leaveOut ? '' : 'up to '}${counted(guests, 'guest')}`;
  const run = useRun(job, kept, said, guests, action);
  useEffect(() => {
    onRunning(run.isBusy);
    // Once it was run something else stands here.
    return () => onRunning(false);
  }, [onRunning, run.isBusy]);
  const { config } = useService();
  const held = heldWords(guests, config?.holdJobsAbove);
  const missing = missingOf(said, guests);
  const mayGo = missing === undefined && isConfirmed(said.typed, guests) && !run.isBusy;
  // Also of what is sent once more: what was chosen since is confirmed anew.
  const go = (isSecond: boolean): void => {
    if (mayGo) run.go(isSecond);
  };
  return (
    <Panel title="Run it">
      {/* It only holds back what Enter would do in a field. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <form
        className={styles.form}
        onKeyDown={holdEnter}
        onSubmit={(event) => {
          event.preventDefault();
          go(false);
        }}
      >
        <NoUndo />
        {tenant !== undefined && tenant.status !== 'running' && (
          <MessageBar intent="warning" layout="multiline">
            <MessageBarBody>{whyStopped(tenant)} The job is taken in, and waits.</MessageBarBody>
          </MessageBar>
        )}
        <MailChoice choices={said} isOpenOf={kept.mailIsOpenOf} onChange={change} />
        {said.mail !== 'none' && (
          <MailLanguage whose="each guest’s" language={said.language} onType={(language) => change({ language })} />
        )}
        <DomainChange job={job} kept={kept} choices={said} onChange={change} />
        <SkippedToo job={job} outcome={outcome} kept={kept} />
        {hasCanary(guests) && <CanaryChoice choices={said} guests={guests} onChange={change} />}
        <Field label="Reason or ticket" hint="The job is listed under this.">
          <Input
            className={styles.input}
            value={said.reason}
            maxLength={200}
            onChange={(_event, { value }) => change({ reason: value })}
          />
        </Field>
        {others > 0 && (
          <Checkbox
            checked={said.leaveOut}
            label={`Leave out ${others === 1 ? 'the row' : `the ${count(others)} rows`} that ${
              outcome.skipped === 0 ? 'cannot' : 'would not'
            } be reset`}
            onChange={(_event, { checked }) => change({ leaveOut: checked === true })}
          />
        )}
        <ConfirmNumber guests={guests} typed={said.typed} onType={(typed) => change({ typed })} />
        {run.failure !== undefined &&
          (run.earlierJob === undefined ? (
            <NotSubmitted failure={run.failure} onAgain={mayGo ? () => go(false) : undefined} />
          ) : (
            <EarlierJob failure={run.failure} earlier={run.earlierJob} mayNot={!mayGo} onAgain={() => go(true)} />
          ))}
        {held !== undefined && <Text size={200}>{held}</Text>}
        {missing !== undefined && <Text size={200}>{missing}</Text>}
        <Button type="submit" appearance="primary" className={styles.button} disabledFocusable={!mayGo}>
          {run.isBusy ? 'The list is on its way' : action}
        </Button>
      </form>
    </Panel>
  );
}

/** An answer that was lost may be that of a job which is there. */
function NotSubmitted({ failure, onAgain }: Pick<Parameters<typeof FailureBar>[0], 'failure' | 'onAgain'>) {
  if (!mayBeDone(failure))
    return (
      <FailureBar
        failure={failure}
        title="The job was not submitted"
        onAgain={failure.kind === 'unfit' ? undefined : onAgain}
      />
    );
  return (
    <FailureBar failure={failure} title="It is not known whether the job was submitted" onAgain={onAgain}>
      Try again: of the same choices one job comes, however often they are sent.
    </FailureBar>
  );
}

function NoUndo() {
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>A reset cannot be undone.</MessageBarTitle> Each guest loses access until they redeem again.
        Object id, groups and apps stay.
      </MessageBarBody>
    </MessageBar>
  );
}
