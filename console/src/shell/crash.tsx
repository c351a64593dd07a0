/** What a fault in a page becomes: a sentence and a way on. */
import { makeStyles, Text, Title3, tokens } from '@fluentui/react-components';
import { Component, type ReactNode } from 'react';
import { isGone, LoadAgain } from '../parts/load-again.tsx';
import { useIsLost } from '../service/connection.ts';

const useStyles = makeStyles({
  sheet: { display: 'grid', gap: tokens.spacingVerticalM, justifyItems: 'start', padding: tokens.spacingHorizontalXXL },
});

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

const wordsOfGone = (isLost: boolean): readonly [string, string] =>
  isLost
    ? [
        'This page could not be fetched',
        'The connection is lost, or the service is away. Load the page again when it is back: jobs go on meanwhile.',
      ]
    : [
        'The console was updated',
        'A part of this page is no longer there, or could not be fetched. Load it again: jobs go on meanwhile.',
      ];

const wordsOfFault = (error: unknown): readonly [string, string] => [
  'This page has a fault',
  'Jobs are not touched by it. Load the page again; if it comes back, give these words to whoever runs the service: ' +
    String(error),
];

function Fault({ error }: { readonly error: unknown }) {
  const { sheet } = useStyles();
  const isLost = useIsLost();
  const [title, text] = isGone(error) ? wordsOfGone(isLost) : wordsOfFault(error);
  return (
    <div role="alert" className={sheet}>
      <Title3 as="h1">{title}</Title3>
      <Text>{text}</Text>
      <LoadAgain />
    </div>
  );
}
