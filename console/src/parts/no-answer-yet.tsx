/** While something that was asked for has no answer: that it is so, and what is known. */
import { MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import { useIsLost } from '../service/connection.ts';

/** An answer takes less, as a rule. */
const LATE_MS = 5_000;

/** Whether somebody who waits is to be told that no answer has come. */
export function useIsUnanswered(isBusy: boolean): boolean {
  const isLost = useIsLost();
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    if (!isBusy) return undefined;
    const timer = setTimeout(() => setLate(true), LATE_MS);
    return () => {
      clearTimeout(timer);
      setLate(false);
    };
  }, [isBusy]);
  return isBusy && (isLost || isLate);
}

export const NoAnswerYet = () => (
  <MessageBar intent="warning" layout="multiline" role="status">
    <MessageBarBody>
      <MessageBarTitle>The service does not answer.</MessageBarTitle> It is asked again by itself for a while, and what
      was asked for is done once at most. It may be done already: nobody can tell yet. You can close this. That takes
      nothing back, and the page says what came of it.
    </MessageBarBody>
  </MessageBar>
);
