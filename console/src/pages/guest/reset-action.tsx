/** Resets the guest: a job of one, which is looked at next. */
import { Checkbox, Field, Input, makeStyles, Radio, RadioGroup, Text, tokens } from '@fluentui/react-components';
import { ArrowClockwise16Regular } from '@fluentui/react-icons';
import { useQueryClient } from '@tanstack/react-query';
import type { Guest } from '../../../../client/types.ts';
import { ActionButton } from '../../parts/action-button.tsx';
import { AskDialog, NoWayBack } from '../../parts/ask-dialog.tsx';
import { placeOf } from '../../parts/job-words.ts';
import { MailLanguage } from '../../parts/mail-language.tsx';
import { inPageWords } from '../../parts/service-words.ts';
import { useDraft } from '../../service/drafts.ts';
import { useService } from '../../service/service.tsx';
import { bodyOf, FIRST_CHOICES, isNewAddress, missingOf, queryOf, type Choices } from './again.ts';
import type { Asked } from './guest-answer.ts';
import { hindranceOf, wasResetRecently } from './facts.ts';
import { titleOf } from './names.ts';

const useStyles = makeStyles({
  form: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalM },
  input: { minWidth: 0, width: '100%' },
});

/** Nobody waits for the end in the dialog: the page of the job shows it. */
const WAIT_SECONDS = 0;

interface ResetActionProperties {
  readonly id: string;
  /** Undefined where the directory has not told. */
  readonly guest: Guest | undefined;
  readonly onAsked: (asked: Asked) => void;
}

export function ResetAction({ id, guest, onAsked }: ResetActionProperties) {
  const { client } = useService();
  const queries = useQueryClient();
  const [choices, choose] = useDraft<Choices>(`reset.${id}`, FIRST_CHOICES);
  const isRecent = wasResetRecently(guest);
  return (
    <AskDialog
      trigger={
        <ActionButton appearance="primary" icon={<ArrowClockwise16Regular />}>
          Reset again
        </ActionButton>
      }
      title="Reset this guest again?"
      action="Reset this guest"
      reason="Reason or ticket (the job is listed under this)"
      missing={missingOf(choices, isRecent)}
      act={({ key, reason }) =>
        client.resetGuest(id, bodyOf(choices, guest), queryOf(choices, reason), key, WAIT_SECONDS)
      }
      onDone={({ value }) => {
        choose(FIRST_CHOICES);
        onAsked({ jobId: value.id, at: Date.now() });
        // Not now: whoever comes back sees what the job has done by then.
        void queries.invalidateQueries({ queryKey: ['guest', id], refetchType: 'none' });
      }}
      leadsTo={({ value }) => placeOf(value)}
    >
      <Text weight="semibold">
        <bdi>{titleOf(id, guest)}</bdi>
      </Text>
      <Text>
        The guest must redeem an invitation again before they can sign in. Object id, groups and apps stay. It becomes a
        job of one guest, which you see next.
      </Text>
      <NoWayBack>That cannot be undone, and a mail cannot be taken back.</NoWayBack>
      <Form guest={guest} choices={choices} isRecent={isRecent} onChange={(some) => choose({ ...choices, ...some })} />
    </AskDialog>
  );
}

interface FormProperties {
  readonly guest: Guest | undefined;
  readonly choices: Choices;
  readonly isRecent: boolean;
  readonly onChange: (some: Partial<Choices>) => void;
}

function Form({ guest, choices, isRecent, onChange }: FormProperties) {
  const styles = useStyles();
  const hindrance = guest && hindranceOf(guest, true);
  return (
    <div className={styles.form}>
      {hindrance !== undefined && !isRecent && <Text>As the directory stands it would not be made: {hindrance}</Text>}
      {isRecent && (
        <Checkbox
          checked={choices.allTheSame}
          label={`Reset again all the same. ${inPageWords(guest?.message ?? '')}`}
          onChange={(_event, { checked }) => onChange({ allTheSame: checked === true })}
        />
      )}
      <Field label="Mail" required>
        <RadioGroup
          value={choices.mail ?? ''}
          onChange={(_event, { value }) => onChange({ mail: value === 'mail' ? 'mail' : 'none' })}
        >
          <Radio value="mail" label={`Microsoft mails ${whomOf(choices, guest)}`} />
          <Radio value="none" label="No mail: I hand out the link, which stands with the result" />
        </RadioGroup>
      </Field>
      {choices.mail === 'mail' && (
        <MailLanguage whose="the guest’s" language={choices.language} onType={(language) => onChange({ language })} />
      )}
      <Address guest={guest} choices={choices} onChange={onChange} />
    </div>
  );
}

const whomOf = ({ address }: Choices, guest: Guest | undefined): string =>
  address.trim() === '' ? (guest?.mail ?? 'the guest') : address.trim();

function Address({ guest, choices, onChange }: Omit<FormProperties, 'isRecent'>) {
  const styles = useStyles();
  return (
    <>
      <Field
        label="Another address"
        hint={`Only where the guest has one. Empty: ${guest?.mail ?? 'the mail that the guest has'}.`}
      >
        <Input
          className={styles.input}
          type="email"
          autoComplete="off"
          value={choices.address}
          onChange={(_event, { value }) => onChange({ address: value })}
        />
      </Field>
      {isNewAddress(choices, guest) && (
        <Field label="This address is new to the guest">
          <RadioGroup
            value={choices.addTo}
            onChange={(_event, { value }) => onChange({ addTo: value === 'otherMails' ? 'otherMails' : 'mail' })}
          >
            <Radio value="mail" label="It becomes the guest’s mail; the old one is kept among the other mails" />
            <Radio value="otherMails" label="It is added to the other mails; the mail stays" />
          </RadioGroup>
        </Field>
      )}
    </>
  );
}
