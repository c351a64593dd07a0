/** A part of a page that is fetched when it is first seen. Where it cannot be had the rest of the page stays. */
import { MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle, Spinner } from '@fluentui/react-components';
import { Component, Suspense, type ReactNode } from 'react';
import { isGone, LoadAgain } from './load-again.tsx';

interface FetchedPartProperties {
  /** As in "The chart is on its way". */
  readonly what: string;
  readonly children: ReactNode;
}

interface State {
  readonly error?: Error;
}

export class FetchedPart extends Component<FetchedPartProperties, State> {
  override state: State = {};

  static getDerivedStateFromError(error: Error): State {
    return { error };
  }

  override render(): ReactNode {
    const { what, children } = this.props;
    const { error } = this.state;
    if (error === undefined)
      return <Suspense fallback={<Spinner size="small" label={`The ${what} is on its way`} />}>{children}</Suspense>;
    // A fault of its own is the page's.
    if (!isGone(error)) throw error;
    return (
      <MessageBar intent="warning" layout="multiline">
        <MessageBarBody>
          <MessageBarTitle>The {what} could not be fetched.</MessageBarTitle> The connection was lost, or the console
          was updated.
        </MessageBarBody>
        <MessageBarActions>
          <LoadAgain />
        </MessageBarActions>
      </MessageBar>
    );
  }
}
