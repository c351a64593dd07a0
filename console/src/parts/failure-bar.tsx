/** What a request that came to nothing says to people, with the way on. */
import {
  Button,
  Link,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
} from '@fluentui/react-components';
import type { Failure } from '../../../client/answer.ts';

interface FailureBarProperties {
  readonly failure: Failure;
  /** What was wanted, as a title: "The job cannot be shown". */
  readonly title: string;
  readonly onAgain?: (() => void) | undefined;
}

export function FailureBar({ failure, title, onAgain }: FailureBarProperties) {
  const page = failure.kind === 'refused' ? failure.problem.type : undefined;
  return (
    <MessageBar intent="error" layout="multiline" role="alert">
      <MessageBarBody>
        <MessageBarTitle>{title}.</MessageBarTitle> {wordsOf(failure)}{' '}
        {page !== undefined && (
          <Link href={page} target="_blank" rel="noreferrer" inline>
            What “{failure.kind === 'refused' ? failure.problem.code : ''}” means
          </Link>
        )}
      </MessageBarBody>
      {onAgain !== undefined && (
        <MessageBarActions>
          <Button onClick={onAgain}>Try again</Button>
        </MessageBarActions>
      )}
    </MessageBar>
  );
}

/** One or two sentences. */
export function wordsOf(failure: Failure): string {
  switch (failure.kind) {
    case 'refused':
      return `${failure.problem.detail} (trace ${failure.problem.traceId})`;
    case 'foreign':
      return failure.status === 401
        ? 'The sign-in has ended, or is not set up for this app.'
        : `Not the service has answered, but something in front of it (${failure.status}).`;
    case 'lost':
      return 'No answer came: the connection is lost, or the service is away.';
  }
}
