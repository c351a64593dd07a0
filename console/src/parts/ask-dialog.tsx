/** A question before something is done: what it will do, to how many, and what it cannot undo. */
import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  DialogTrigger,
  Field,
  Input,
  makeStyles,
  Text,
  tokens,
} from '@fluentui/react-components';
import { useEffect, useEffectEvent, useRef, useState, type ReactElement, type ReactNode } from 'react';
import { mayHaveHappened, type Answer, type Answered, type Failure } from '../../../client/answer.ts';
import { ConfirmNumber } from './confirm-number.tsx';
import { isConfirmed } from './confirmed.ts';
import { FailureBar } from './failure-bar.tsx';
import { useHeadingTakesFocus } from './heading-takes-focus.ts';
import { LeaveProvider } from './leave-dialog.tsx';
import { NoAnswerYet, useIsUnanswered } from './no-answer-yet.tsx';
import { useAsking, type Said } from './asking.ts';

export interface AskDialogProperties<T> {
  readonly trigger: ReactElement;
  readonly title: string;
  /** The button that does it: a verb. */
  readonly action: string;
  readonly children: ReactNode;
  /** How many guests it concerns, where it is not to be taken back: above some the number is typed. */
  readonly guests?: number | undefined;
  /** The label of a field for a reason; without one none is asked for. */
  readonly reason?: string | undefined;
  readonly reasonHint?: string | undefined;
  /** What stands in that field before somebody types. */
  readonly usualReason?: string | undefined;
  readonly act: (said: Said) => Promise<Answer<T>>;
  /** Also when the dialog was closed meanwhile, on whatever page one is by then. */
  readonly onDone?: (answer: Answered<T>) => void;
  /** The page below the console where what came of it is looked at: one goes there, unless the dialog was closed. */
  readonly leadsTo?: (answer: Answered<T>) => string;
  /** What is said instead of the usual words where it was refused, and what the button is called then. */
  readonly onRefused?: (failure: Failure) => { readonly words: ReactNode; readonly action: string } | undefined;
  /** Told when it has opened, and when it is gone: what holds it must stay there as long (`kept.ts`). */
  readonly onShown?: (isShown: boolean) => void;
  /** What must still be said before it can be done; a sentence. */
  readonly missing?: string | undefined;
  /** More buttons, beside the one that does it. */
  readonly more?: ReactNode;
}

const useStyles = makeStyles({
  content: {
    display: 'grid',
    gap: tokens.spacingVerticalM,
    overflowWrap: 'anywhere',
    paddingBottom: tokens.spacingVerticalS,
  },
  title: { overflowWrap: 'anywhere' },
  words: { display: 'grid', gap: tokens.spacingVerticalS },
  button: { whiteSpace: 'nowrap' },
});

export function AskDialog<T>(properties: AskDialogProperties<T>) {
  const [isOpen, open] = useState(false);
  const [openKey, keepKey] = useState<string>();
  const isShut = useRef(true);
  const change = (isOpened: boolean): void => {
    isShut.current = !isOpened;
    open(isOpened);
  };
  useHeadingTakesFocus();
  return (
    <Dialog open={isOpen} onOpenChange={(_event, data) => change(data.open)}>
      <DialogTrigger disableButtonEnhancement>{properties.trigger}</DialogTrigger>
      <DialogSurface>
        <Question
          {...properties}
          openKey={openKey}
          keepKey={keepKey}
          onClose={() => change(false)}
          wasClosed={() => isShut.current}
        />
      </DialogSurface>
    </Dialog>
  );
}

/** What there is no way back from stands by itself. */
export const NoWayBack = ({ children }: { readonly children: ReactNode }) => <Text weight="semibold">{children}</Text>;

interface QuestionProperties<T> extends AskDialogProperties<T> {
  readonly openKey: string | undefined;
  readonly keepKey: (key: string | undefined) => void;
  readonly onClose: () => void;
  readonly wasClosed: () => boolean;
}

/** Mounted anew with each opening, so that nothing of the last one is left but what is not known yet. */
function Question<T>(properties: QuestionProperties<T>) {
  const { title, action, children, guests = 0, reason, reasonHint, usualReason = '' } = properties;
  const { onRefused, missing, more } = properties;
  const styles = useStyles();
  const [typed, type] = useState('');
  const [why, say] = useState(usualReason);
  const { isBusy, failed, close, ask } = useAsking(properties);
  const isUnanswered = useIsUnanswered(isBusy);
  const refused = failed && onRefused?.(failed);
  const shown = useEffectEvent((isShown: boolean) => properties.onShown?.(isShown));
  useEffect(() => {
    shown(true);
    return () => shown(false);
  }, []);
  const mayGo = !isBusy && missing === undefined && isConfirmed(typed, guests);

  return (
    <LeaveProvider value={close}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (mayGo) void ask(why.trim() === '' ? undefined : why.trim());
        }}
      >
        <DialogBody>
          <DialogTitle className={styles.title}>{title}</DialogTitle>
          <DialogContent className={styles.content}>
            <div className={styles.words}>{children}</div>
            {reason !== undefined && (
              <Field label={reason} hint={reasonHint ?? null}>
                <Input value={why} maxLength={200} onChange={(_event, { value }) => say(value)} />
              </Field>
            )}
            <ConfirmNumber guests={guests} typed={typed} onType={type} />
            {missing !== undefined && <Text size={200}>{missing}</Text>}
            {refused?.words}
            {isUnanswered && <NoAnswerYet />}
            {failed !== undefined && refused === undefined && !isBusy && <NotDone failure={failed} />}
          </DialogContent>
          <DialogActions fluid>
            {more}
            <DialogTrigger disableButtonEnhancement>
              <Button className={styles.button}>Close</Button>
            </DialogTrigger>
            <Button type="submit" appearance="primary" className={styles.button} disabledFocusable={!mayGo}>
              {isUnanswered ? 'No answer yet' : isBusy ? 'One moment' : (refused?.action ?? action)}
            </Button>
          </DialogActions>
        </DialogBody>
      </form>
    </LeaveProvider>
  );
}

/** Not every failure says that nothing was done. */
function NotDone({ failure }: { readonly failure: Failure }) {
  if (!mayHaveHappened(failure)) return <FailureBar failure={failure} title="It was not done" />;
  return (
    <FailureBar failure={failure} title="It is not known whether it was done">
      Ask for it once more: it is done once, however often it is asked for.
    </FailureBar>
  );
}
