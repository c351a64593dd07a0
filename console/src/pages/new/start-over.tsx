/** Puts the list away. Where something would be lost that is nowhere else it is asked first. */
import { Text } from '@fluentui/react-components';
import type { Answered } from '../../../../client/answer.ts';
import type { Chosen } from '../../list/take.ts';
import { ActionButton } from '../../parts/action-button.tsx';
import { AskDialog, NoWayBack } from '../../parts/ask-dialog.tsx';
import { useHeadingTakesFocus } from '../../parts/heading-takes-focus.ts';
import { workOn } from './work.ts';

interface StartOverProperties {
  readonly chosen: Chosen;
  readonly onClear: () => void;
}

export function StartOver({ chosen: { source, list }, onClear }: StartOverProperties) {
  const work = workOn(list);
  useHeadingTakesFocus();
  const isPasted = source.name === undefined;
  if (work.length === 0 && !isPasted) return <ActionButton onClick={onClear}>Start over</ActionButton>;
  return (
    <AskDialog
      trigger={<ActionButton>Start over</ActionButton>}
      title="Start over without this list?"
      action="Start over"
      act={() => Promise.resolve(DONE)}
      onDone={onClear}
    >
      {work.length > 0 && <Text>What was done to it goes: {work.join(', ')}.</Text>}
      <Text>{isPasted ? 'What was pasted is kept nowhere else.' : 'The file itself stays as it is.'}</Text>
      <NoWayBack>That cannot be undone. Nothing was sent, and nobody was mailed.</NoWayBack>
    </AskDialog>
  );
}

/** Nobody else has to be asked. */
const DONE: Answered<undefined> = { kind: 'answered', value: undefined, status: 200, headers: new Headers() };
