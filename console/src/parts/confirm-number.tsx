/** Above a few guests the number is typed: nobody sends to thousands by one click too many. */
import { Field, Input } from '@fluentui/react-components';
import { mustConfirm } from './confirmed.ts';
import { count } from './numbers.ts';

interface ConfirmNumberProperties {
  readonly guests: number;
  readonly typed: string;
  readonly onType: (typed: string) => void;
}

/** Nothing where a click is enough. */
export function ConfirmNumber({ guests, typed, onType }: ConfirmNumberProperties) {
  if (!mustConfirm(guests)) return null;
  return (
    <Field label={`Type ${count(guests)} to confirm`} hint="The number of guests whom it concerns.">
      <Input value={typed} inputMode="numeric" autoComplete="off" onChange={(_event, { value }) => onType(value)} />
    </Field>
  );
}
