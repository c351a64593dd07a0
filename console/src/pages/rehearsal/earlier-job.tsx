/** The same list was submitted a short time ago. */
import {
  Button,
  makeStyles,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
} from '@fluentui/react-components';
import { PageLink } from '../../parts/page-link.tsx';
import { wordsOf } from '../../parts/failure-bar.tsx';

const useStyles = makeStyles({ button: { whiteSpace: 'nowrap' } });

interface EarlierJobProperties {
  readonly failure: Parameters<typeof wordsOf>[0];
  readonly earlier: string;
  /** What was chosen since is not confirmed yet. */
  readonly mayNot: boolean;
  readonly onAgain: () => void;
}

export function EarlierJob({ failure, earlier, mayNot, onAgain }: EarlierJobProperties) {
  const styles = useStyles();
  return (
    <MessageBar intent="warning" layout="multiline" role="alert">
      <MessageBarBody>
        <MessageBarTitle>This list was submitted already.</MessageBarTitle> <bdi>{wordsOf(failure)}</bdi>{' '}
        <PageLink to={`/jobs/${earlier}`}>Look at the earlier job</PageLink>
      </MessageBarBody>
      <MessageBarActions>
        <Button className={styles.button} disabledFocusable={mayNot} onClick={onAgain}>
          Submit all the same
        </Button>
      </MessageBarActions>
    </MessageBar>
  );
}
