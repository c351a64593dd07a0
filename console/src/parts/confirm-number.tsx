/** Above a few guests the number is typed: nobody sends to thousands by one click too many. */
import { Field, Input } from '@fluentui/react-components';
import { isAnother, mustConfirm } from './confirmed.ts';
import { count, counted } from './numbers.ts';

interface ConfirmNumberProperties {
  readonly guests: number;
  readonly typed: string;
  readonly onType: (typed: string) => void;
}

/** Nothing where a click is enough. */
export function ConfirmNumber({ guests, typed, onType }: ConfirmNumberProperties) {
  if (!mustConfirm(guests)) return null;
  return (
    <Field
      label={`Type ${count(guests)} to confirm`}
      // One in the place of the other, so that nothing below moves.
      {...(isAnother(typed, guests)
        ? { validationMessage: `It concerns ${counted(guests, 'guest')}: type ${count(guests)}.` }
        : { hint: 'The number of guests whom it concerns.' })}
    >
      <Input value={typed} inputMode="numeric" autoComplete="off" onChange={(_event, { value }) => onType(value)} />
    </Field>
  );
}
