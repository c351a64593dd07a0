/** A partner has a new domain: who gets which address depends on it, so it is rehearsed anew. */
import { Button, Field, Input, makeStyles, Text, tokens } from '@fluentui/react-components';
import { ChevronDown16Regular, ChevronRight16Regular } from '@fluentui/react-icons';
import { useState, type KeyboardEvent } from 'react';
import type { Job } from '../../../../client/types.ts';
import { rehearsedWith, type Choices } from '../../list/choices.ts';
import type { KeptList } from '../../list/store.ts';
import { FailureBar } from '../../parts/failure-bar.tsx';
import { hasNewDomain } from './run.ts';
import { useAgain } from './use-again.ts';

const useStyles = makeStyles({
  sheet: { display: 'grid', gap: tokens.spacingVerticalS, gridTemplateColumns: 'minmax(0, 1fr)' },
  input: { minWidth: 0, width: '100%' },
  button: { whiteSpace: 'nowrap', justifySelf: 'start' },
});

interface DomainChangeProperties {
  readonly job: Job;
  readonly kept: KeptList;
  readonly choices: Choices;
  readonly onChange: (some: Partial<Choices>) => void;
}

export function DomainChange({ job, kept, choices, onChange }: DomainChangeProperties) {
  const styles = useStyles();
  const [isOpen, open] = useState(() => hasNewDomain(choices));
  const { isBusy, failure, again } = useAgain(kept);
  const now = job.options.changeEmailDomain;
  const { changeEmailDomain: _now, ...others } = rehearsedWith(job);
  const isWhole = choices.from.trim() !== '' && choices.to.trim() !== '';
  const withNew = (): void => {
    if (isWhole) again({ ...others, changeEmailDomain: `${choices.from.trim()}:${choices.to.trim()}` });
  };
  // These fields stand in the form that runs the list: there Enter would reset everybody with the old domain.
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    withNew();
  };
  const toggle = (): void => {
    if (isOpen) onChange({ from: '', to: '' });
    open(!isOpen);
  };
  return (
    <div className={styles.sheet}>
      {now !== undefined && (
        <Text>
          New domain: {now.from} → {now.to}
        </Text>
      )}
      {/* It stays where it is: so it keeps the focus, and closes what it has opened. */}
      <Button
        size="small"
        className={styles.button}
        icon={isOpen ? <ChevronDown16Regular /> : <ChevronRight16Regular />}
        aria-expanded={isOpen}
        onClick={toggle}
      >
        {now === undefined ? 'The partner has a new domain' : 'Another domain'}
      </Button>
      {isOpen && (
        <>
          <Field label="Old domain">
            <Input
              className={styles.input}
              value={choices.from}
              placeholder="old.example"
              onKeyDown={onKeyDown}
              onChange={(_event, { value }) => onChange({ from: value })}
            />
          </Field>
          <Field label="New domain" hint="Each new address is made of the guest’s mail. This is rehearsed anew.">
            <Input
              className={styles.input}
              value={choices.to}
              placeholder="new.example"
              onKeyDown={onKeyDown}
              onChange={(_event, { value }) => onChange({ to: value })}
            />
          </Field>
          <Button size="small" className={styles.button} disabledFocusable={isBusy || !isWhole} onClick={withNew}>
            Rehearse with the new domain
          </Button>
        </>
      )}
      {now !== undefined && (
        <Button size="small" className={styles.button} disabledFocusable={isBusy} onClick={() => again(others)}>
          Rehearse without it
        </Button>
      )}
      {failure !== undefined && <FailureBar failure={failure} title="It was not rehearsed" />}
    </div>
  );
}
