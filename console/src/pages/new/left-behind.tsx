/** A list that was left before it was run, as by closing its tab: it is still here, for whoever had it. */
import { MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { forgetList, listsLeft, type KeptList } from '../../list/store.ts';
import { ActionButton } from '../../parts/action-button.tsx';
import { useHeadingTakesFocus } from '../../parts/heading-takes-focus.ts';
import { moment } from '../../parts/numbers.ts';
import { useService } from '../../service/service.tsx';
import { workOn } from './work.ts';

export function LeftBehind({ onGoOn }: { readonly onGoOn: (list: KeptList) => void }) {
  const { me } = useService();
  const { data, refetch } = useQuery({ queryKey: ['lists left', me?.id], queryFn: () => listsLeft(me?.id), gcTime: 0 });
  const left = data?.[0];
  if (left === undefined) return null;
  return <Left key={left.key} left={left} onGoOn={onGoOn} onForgotten={() => void refetch()} />;
}

interface LeftProperties {
  readonly left: KeptList;
  readonly onGoOn: (list: KeptList) => void;
  readonly onForgotten: () => void;
}

function Left({ left, onGoOn, onForgotten }: LeftProperties) {
  useHeadingTakesFocus();
  const { source, keptAt } = left;
  const work = workOn(left);
  return (
    <MessageBar intent="info" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>A list that you worked on before is still here.</MessageBarTitle>{' '}
        <bdi>{source.name === undefined ? 'What was pasted' : `“${source.name}”`}</bdi>, last worked on{' '}
        {moment(new Date(keptAt).toISOString())}
        {work.length > 0 && ` (${work.join(', ')})`}. It was not run from there.
      </MessageBarBody>
      <MessageBarActions>
        <ActionButton onClick={() => onGoOn(left)}>Go on with it</ActionButton>
        <ActionButton onClick={() => void forgetList(left.key).then(onForgotten)}>Forget it</ActionButton>
      </MessageBarActions>
    </MessageBar>
  );
}
