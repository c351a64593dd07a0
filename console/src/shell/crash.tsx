/** What a fault in a page becomes: a sentence and a way on. */
import { Button, makeStyles, Text, Title3, tokens } from '@fluentui/react-components';
import { Component, type ReactNode } from 'react';
import { putAwayDrafts } from '../service/drafts.ts';

const useStyles = makeStyles({
  sheet: { display: 'grid', gap: tokens.spacingVerticalM, justifyItems: 'start', padding: tokens.spacingHorizontalXXL },
});

/** The browser's words for a file of the console that cannot be had: after an update the old names are gone. */
const GONE = /dynamically imported module|Importing a module script failed|preload/i;

interface State {
  readonly error?: unknown;
}

export class Crash extends Component<{ readonly children: ReactNode }, State> {
  override state: State = {};

  static getDerivedStateFromError(error: unknown): State {
    return { error };
  }

  override render(): ReactNode {
    return this.state.error === undefined ? this.props.children : <Fault error={this.state.error} />;
  }
}

function Fault({ error }: { readonly error: unknown }) {
  const { sheet } = useStyles();
  const text = String(error);
  const isGone = GONE.test(text);
  return (
    <div role="alert" className={sheet}>
      <Title3 as="h1">{isGone ? 'The console was updated' : 'This page has a fault'}</Title3>
      <Text>
        {isGone
          ? 'A part of this page is no longer there, or could not be fetched. Load it again: jobs go on meanwhile.'
          : `Jobs are not touched by it. Load the page again; if it comes back, give these words to whoever runs the service: ${text}`}
      </Text>
      <Button appearance="primary" onClick={() => void putAwayDrafts().then(() => location.reload())}>
        Load again
      </Button>
    </div>
  );
}
