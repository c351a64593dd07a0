/** What came of an erasure, and how far one is that takes longer. */
import {
  Button,
  makeStyles,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
} from '@fluentui/react-components';
import type { Failure } from '../../../../client/answer.ts';
import type { Erasure } from '../../../../client/types.ts';
import { wordsOf } from '../../parts/failure-bar.tsx';
import { counted } from '../../parts/numbers.ts';

const useStyles = makeStyles({ words: { overflowWrap: 'anywhere' }, button: { whiteSpace: 'nowrap' } });

interface ErasedProperties {
  readonly erasure: Erasure;
  readonly failure: Failure | undefined;
  readonly onAgain: () => void;
}

export function Erased({ erasure, failure, onAgain }: ErasedProperties) {
  const styles = useStyles();
  const isDone = erasure.status === 'erased';
  return (
    <MessageBar intent={isDone ? 'success' : 'info'} layout="multiline" role="status">
      <MessageBarBody className={styles.words}>
        <MessageBarTitle>{isDone ? 'The guest is erased.' : 'The guest is being erased.'}</MessageBarTitle>{' '}
        {foundIn(erasure)}{' '}
        {isDone
          ? erasure.lost.join(' ')
          : 'It goes on by itself, and this says when it is over. You can leave the page.'}{' '}
        {failure !== undefined && `How far it is cannot be told just now: ${wordsOf(failure)}`}
      </MessageBarBody>
      {failure !== undefined && (
        <MessageBarActions>
          <Button className={styles.button} onClick={onAgain}>
            How far is it?
          </Button>
        </MessageBarActions>
      )}
    </MessageBar>
  );
}

/** Asking once more after the end finds nothing that could be told. */
function foundIn({ status, erased: { resets, jobs, texts } }: Erasure): string {
  const what = `${counted(resets, 'reset')} and ${counted(texts, 'other text')} in ${counted(jobs, 'job')}`;
  if (status === 'erasing') return `So far ${what}.`;
  return resets + jobs + texts === 0 ? 'Nothing of the guest is left.' : `${what} went.`;
}
