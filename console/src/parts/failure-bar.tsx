/** What a request that came to nothing says to people, with the way on. */
import {
  Button,
  Link,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
} from '@fluentui/react-components';
import type { ReactNode } from 'react';
import type { Problem } from '../../../client/types.ts';
import type { NotDone } from './not-done.ts';
import { saidOfList } from './service-words.ts';

interface FailureBarProperties {
  readonly failure: NotDone;
  /** What was wanted, as a title: "The job cannot be shown". */
  readonly title: string;
  readonly onAgain?: (() => void) | undefined;
  /** What else is to be said. */
  readonly children?: ReactNode;
}

export function FailureBar({ failure, title, onAgain, children }: FailureBarProperties) {
  const page = failure.kind === 'refused' ? failure.problem.type : undefined;
  return (
    <MessageBar intent="error" layout="multiline" role="alert">
      <MessageBarBody>
        <MessageBarTitle>{title}.</MessageBarTitle> <bdi>{wordsOf(failure)}</bdi> {children}{' '}
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

/** So much that is wrong is said at once. */
const MOST_SHOWN = 3;

/** One or two sentences. */
export function wordsOf(failure: NotDone): string {
  switch (failure.kind) {
    case 'refused':
      return `${detailOf(failure.problem)} (trace ${failure.problem.traceId})`;
    case 'foreign':
      return failure.status === 401
        ? 'The sign-in has ended, or is not set up for this app.'
        : `Not the service has answered, but something in front of it (${failure.status}).`;
    case 'lost':
      return 'No answer came: the connection is lost, or the service is away.';
    case 'unread':
      return 'Nothing was sent: this browser cannot read the list any more. Choose the file again.';
    case 'unfit':
      return `Nothing was sent. ${failure.words} Rehearse the list again.`;
  }
}

/** Where the service says what a program asks for next. */
const PLAIN: Readonly<Partial<Record<Problem['code'], string>>> = {
  idempotencyKeyReused:
    'Something else was asked for here before, and it may have been done. Look whether it was; what you ask for now ' +
    'goes when this is opened anew.',
  jobNotFound: 'The job is not there any more, or not yours to see: somebody may have deleted it.',
};

/** What is wrong with a single guest says more than how much is wrong. */
function detailOf({ code, detail, errors = [], errorCount = errors.length }: Problem): string {
  const plain = PLAIN[code];
  if (plain !== undefined) return plain;
  const isOfOne = errors.length > 0 && errorCount === errors.length && errors.every(({ row = 1 }) => row === 1);
  const said = isOfOne && errors.length <= MOST_SHOWN ? errors.map(({ message }) => message).join(' ') : detail;
  return saidOfList(said);
}
