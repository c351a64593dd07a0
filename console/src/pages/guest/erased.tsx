/** What came of an erasure, and how far one is that takes longer. */
import {
  Button,
  makeStyles,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
} from '@fluentui/react-components';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Failure } from '../../../../client/answer.ts';
import type { Erasure } from '../../../../client/types.ts';
import { wordsOf } from '../../parts/failure-bar.tsx';
import { counted } from '../../parts/numbers.ts';
import { useService } from '../../service/service.tsx';

const useStyles = makeStyles({ words: { overflowWrap: 'anywhere' }, button: { whiteSpace: 'nowrap' } });

interface ErasedProperties {
  readonly id: string;
  readonly erasure: Erasure;
  readonly onFurther: (erasure: Erasure) => void;
}

export function Erased({ id, erasure, onFurther }: ErasedProperties) {
  const styles = useStyles();
  const isDone = erasure.status === 'erased';
  return (
    <MessageBar intent={isDone ? 'success' : 'info'} layout="multiline" role="status">
      <MessageBarBody className={styles.words}>
        <MessageBarTitle>{isDone ? 'The guest is erased.' : 'The guest is being erased.'}</MessageBarTitle>{' '}
        {foundIn(erasure)} {isDone ? erasure.lost.join(' ') : 'It goes on by itself; you can leave the page.'}
      </MessageBarBody>
      {!isDone && <HowFar id={id} onFurther={onFurther} />}
    </MessageBar>
  );
}

/** Asking once more after the end finds nothing that could be told. */
function foundIn({ status, erased: { resets, jobs, texts } }: Erasure): string {
  const what = `${counted(resets, 'reset')} and ${counted(texts, 'other text')} in ${counted(jobs, 'job')}`;
  if (status === 'erasing') return `So far ${what}.`;
  return resets + jobs + texts === 0 ? 'Nothing of the guest is left.' : `${what} went.`;
}

function HowFar({ id, onFurther }: Pick<ErasedProperties, 'id' | 'onFurther'>) {
  const styles = useStyles();
  const { client } = useService();
  const queries = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  const [failure, fail] = useState<Failure>();
  async function ask(): Promise<void> {
    if (isBusy) return;
    setBusy(true);
    fail(undefined);
    const answer = await client.eraseGuest(id);
    setBusy(false);
    if (answer.kind !== 'answered') return fail(answer);
    onFurther(answer.value);
    await queries.invalidateQueries({ queryKey: ['guest', id] });
  }
  return (
    <>
      {failure !== undefined && <MessageBarBody className={styles.words}>{wordsOf(failure)}</MessageBarBody>}
      <MessageBarActions>
        <Button className={styles.button} disabledFocusable={isBusy} onClick={() => void ask()}>
          {isBusy ? 'One moment' : 'How far is it?'}
        </Button>
      </MessageBarActions>
    </>
  );
}
