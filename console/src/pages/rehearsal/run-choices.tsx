/** What is chosen before a rehearsal is run: mail or none, and how many go first. */
import { Checkbox, Field, Input, Radio, RadioGroup } from '@fluentui/react-components';
import type { Choices, Mail } from '../../list/choices.ts';
import type { KeptList } from '../../list/store.ts';
import { counted } from '../../parts/numbers.ts';
import { canaryProblem } from './run.ts';

interface PartProperties {
  readonly choices: Choices;
  readonly onChange: (some: Partial<Choices>) => void;
}

export function MailChoice({
  choices,
  isOpenOf,
  onChange,
}: PartProperties & { readonly isOpenOf: KeptList['mailIsOpenOf'] }) {
  const mustChoose = isOpenOf !== undefined;
  const isForAll = isOpenOf === 'all';
  return (
    <Field label="Mail" required={mustChoose}>
      <RadioGroup
        value={choices.mail ?? ''}
        onChange={(_event, { value }) => onChange({ mail: value as Mail })}
        aria-label="Mail"
      >
        {!mustChoose && <Radio value="asSaid" label="As the rows or the service’s settings say" />}
        <Radio value="mail" label={`Microsoft mails each guest${isForAll ? '' : ' whose row says nothing'}`} />
        <Radio value="none" label={`No mail${isForAll ? '' : ' where the row says nothing'}: I hand out the links`} />
      </RadioGroup>
    </Field>
  );
}

export function CanaryChoice({ choices, guests, onChange }: PartProperties & { readonly guests: number }) {
  const { canary, canarySize } = choices;
  const problem = canaryProblem(canarySize, guests);
  return (
    <div>
      <Checkbox
        checked={canary}
        label="Begin with a canary"
        onChange={(_event, { checked }) => onChange({ canary: checked === true })}
      />
      {canary && (
        <Field
          label="Guests of the canary"
          hint={`The job pauses after these until you say go on, of ${counted(guests, 'guest')} in all.`}
          {...(problem !== undefined && { validationMessage: problem })}
        >
          <Input
            type="number"
            min={1}
            max={guests - 1}
            value={canarySize}
            onChange={(_event, { value }) => onChange({ canarySize: value })}
          />
        </Field>
      )}
    </div>
  );
}
