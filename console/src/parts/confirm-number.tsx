/** Above a few guests the number is typed: nobody sends to thousands by one click too many. */
import { Field, Input } from '@fluentui/react-components';
import { count } from './numbers.ts';

/** Up to so many one click is enough. */
export const CONFIRM_ABOVE = 20;

export const mustConfirm = (guests: number): boolean => guests > CONFIRM_ABOVE;

/** Whether what was typed is the number; as people write it, with or without separators. */
export const isConfirmed = (typed: string, guests: number): boolean =>
  !mustConfirm(guests) || typed.replaceAll(/[\s,.’']/gu, '') === String(guests);

interface ConfirmNumberProperties {
  readonly guests: number;
  readonly typed: string;
  readonly onType: (typed: string) => void;
}

/** Nothing where a click is enough. */
export function ConfirmNumber({ guests, typed, onType }: ConfirmNumberProperties) {
  if (!mustConfirm(guests)) return null;
  return (
    <Field label={`Type ${count(guests)} to confirm`} hint="As many guests are concerned.">
      <Input value={typed} inputMode="numeric" autoComplete="off" onChange={(_event, { value }) => onType(value)} />
    </Field>
  );
}
