/** What is asked for in a dialog, also after that is gone. */
import { useState } from 'react';
import { useLocation } from 'wouter';
import { mayHaveHappened, type Answer, type Answered, type Failure } from '../../../client/answer.ts';
import { useAfterClose, type AfterClose } from './leave-dialog.tsx';
import { useLeaving } from './leaving.ts';

export interface Said {
  /** The same until it is known what came of it: of a double click or a lost answer one thing comes. */
  readonly key: string;
  readonly reason: string | undefined;
  /** What came of it the last time, where it is asked once more. */
  readonly failed: Failure | undefined;
}

interface AskingProperties<T> {
  readonly action: string;
  readonly act: (said: Said) => Promise<Answer<T>>;
  readonly onDone?: (answer: Answered<T>) => void;
  readonly leadsTo?: (answer: Answered<T>) => string;
  /** Of what was asked for before, and may have been done. */
  readonly openKey: string | undefined;
  readonly keepKey: (key: string | undefined) => void;
  readonly onClose: () => void;
  /** Whether somebody has closed the dialog; else the page has taken it away. */
  readonly wasClosed: () => boolean;
}

interface Asking {
  readonly isBusy: boolean;
  /** What came of it the last time. */
  readonly failed: Failure | undefined;
  readonly close: AfterClose;
  readonly ask: (reason: string | undefined) => Promise<void>;
}

/** For what stands in a dialog, and is unmounted with it. */
export function useAsking<T>({
  action,
  act,
  onDone,
  leadsTo,
  openKey,
  keepKey,
  onClose,
  wasClosed,
}: AskingProperties<T>): Asking {
  const [key] = useState(() => openKey ?? crypto.randomUUID());
  const [isBusy, setBusy] = useState(false);
  const [failed, fail] = useState<Failure>();
  const [, go] = useLocation();
  const close = useAfterClose(onClose);
  const asking = useLeaving(wasClosed);

  async function ask(reason: string | undefined): Promise<void> {
    setBusy(true);
    keepKey(key);
    const ended = asking({ key, action });
    const answer = await act({ key, reason, failed });
    setBusy(false);
    const isDone = answer.kind === 'answered';
    if (isDone || !mayHaveHappened(answer)) keepKey(undefined);
    const to = isDone ? leadsTo?.(answer) : undefined;
    if (!ended(isDone ? { kind: 'done' } : answer, to)) {
      if (isDone) onDone?.(answer);
    } else if (isDone)
      close(() => {
        onDone?.(answer);
        if (to !== undefined) go(to);
      });
    else fail(answer);
  }
  return { isBusy, failed, close, ask };
}
