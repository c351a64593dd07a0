/** While a list is read. What does not come, as from a drive that does not answer, can be given up. */
import { makeStyles, Spinner, tokens } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import { ActionButton } from '../../parts/action-button.tsx';
import { useHeadingTakesFocus } from '../../parts/heading-takes-focus.ts';

const useStyles = makeStyles({
  line: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalL },
});

/** What is there sooner needs no words: they would only flash. */
const SHOWN_AFTER_MS = 300;

export function Reading({ onStop }: { readonly onStop: () => void }) {
  const { line } = useStyles();
  const [isShown, show] = useState(false);
  useHeadingTakesFocus();
  useEffect(() => {
    const timer = setTimeout(() => show(true), SHOWN_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!isShown) return null;
  return (
    <div className={line}>
      <Spinner label="The list is being read" />
      <ActionButton onClick={onStop}>Stop</ActionButton>
    </div>
  );
}
