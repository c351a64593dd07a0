/** What comes of what was asked for where one has left before an answer came. */
import {
  Button,
  makeStyles,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  tokens,
} from '@fluentui/react-components';
import { useLocation } from 'wouter';
import { wordsOf } from '../parts/failure-bar.tsx';
import { forget, useLeftOpen, type LeftOpen } from '../parts/left-open.ts';
import { useHeadingTakesFocus } from '../parts/heading-takes-focus.ts';
import { mayBeDone } from '../parts/not-done.ts';
import { PageLink } from '../parts/page-link.tsx';

const useStyles = makeStyles({
  bars: { display: 'grid', gap: tokens.spacingVerticalM, marginBottom: tokens.spacingVerticalM },
  words: { overflowWrap: 'anywhere' },
});

export function LeftOpenBars() {
  const { bars } = useStyles();
  const all = useLeftOpen();
  if (all.length === 0) return null;
  return (
    <div className={bars}>
      {all.map((deed) => (
        <LeftOpenBar key={deed.key} deed={deed} />
      ))}
    </div>
  );
}

function LeftOpenBar({ deed }: { readonly deed: LeftOpen }) {
  const { words } = useStyles();
  useHeadingTakesFocus();
  const [path] = useLocation();
  const { from, to } = deed;
  const { intent, title, text } = toldOf(deed);
  return (
    <MessageBar intent={intent} role="status">
      <MessageBarBody className={words}>
        <MessageBarTitle>{title}.</MessageBarTitle> <bdi>{text}</bdi>{' '}
        {to !== undefined && to !== path && <PageLink to={to}>To what came of it</PageLink>}{' '}
        {from !== path && <PageLink to={from}>Back to that page</PageLink>}
      </MessageBarBody>
      {deed.came !== undefined && (
        <MessageBarActions>
          <Button onClick={() => forget(deed)}>Dismiss</Button>
        </MessageBarActions>
      )}
    </MessageBar>
  );
}

interface Told {
  readonly intent: 'warning' | 'success' | 'error';
  readonly title: string;
  readonly text: string;
}

function toldOf({ action, came }: LeftOpen): Told {
  if (came === undefined)
    return {
      intent: 'warning',
      title: `“${action}” was asked for, and has no answer yet`,
      text: 'It is asked for again by itself for a while, and done once at most. It may be done already.',
    };
  if (came.kind === 'done') return { intent: 'success', title: `“${action}” was done`, text: '' };
  return mayBeDone(came)
    ? {
        intent: 'error',
        title: `It is not known whether “${action}” was done`,
        text: `${wordsOf(came)} Look how it stands. Where it was not done, ask for it once more in the same place.`,
      }
    : { intent: 'error', title: `“${action}” was not done`, text: wordsOf(came) };
}
