/** The list that is worked on, kept in the browser with each change. */
import { useEffect, useState } from 'react';
import type { GuestList } from '../../list/guest-list.ts';
import { hintsOf } from '../../list/hints.ts';
import { openList, rest } from '../../list/open-list.ts';
import { CURRENT, forgetList, keepList, keptList, type KeptList } from '../../list/store.ts';
import { takeList, type Chosen, type Given, type Unfit } from '../../list/take.ts';
import type { Troubles } from './problems.ts';

export interface ListAtWork {
  /** Undefined where there is none; null until that is known. */
  readonly chosen: Chosen | undefined | null;
  readonly fault: Unfit | undefined;
  readonly hints: Troubles | undefined;
  readonly take: (given: Given) => void;
  readonly change: (list: GuestList) => void;
  readonly clear: () => void;
}

/** @param rehearsal whose list to go back to; undefined: the one that was worked on last */
export function useListAtWork(rehearsal: string | undefined): ListAtWork {
  const [chosen, setChosen] = useState<Chosen | null | undefined>(null);
  const [fault, setFault] = useState<Unfit>();
  const hints = useHints(chosen?.list);

  useEffect(() => {
    let isLeft = false;
    void (async () => {
      const kept = await keptFor(rehearsal);
      const list = kept === undefined ? undefined : await openList(kept.source, kept.changes);
      if (isLeft) return;
      setChosen(kept === undefined || list === undefined ? undefined : { source: kept.source, list });
      setFault(kept === undefined && rehearsal !== undefined ? GONE : undefined);
    })();
    return () => {
      isLeft = true;
    };
  }, [rehearsal]);

  const put = ({ source, list }: Chosen): void => {
    setChosen({ source, list });
    void keepList({ key: CURRENT, source, changes: list.changes, ...(rehearsal !== undefined && { of: rehearsal }) });
  };
  return {
    chosen,
    fault,
    hints,
    take(given) {
      setChosen(null);
      setFault(undefined);
      void (async () => {
        const taken = await takeList(given);
        if ('list' in taken) return put(taken);
        setChosen(undefined);
        setFault(taken);
      })();
    },
    change(list) {
      if (chosen !== null && chosen !== undefined) put({ source: chosen.source, list });
    },
    clear() {
      setChosen(undefined);
      setFault(undefined);
      void forgetList(CURRENT);
    },
  };
}

const GONE: Unfit = { title: 'The list of this rehearsal is not in this browser.', words: 'Choose the file again.' };

/** What was changed of a rehearsed list since one came back to it is not lost by coming back once more. */
async function keptFor(rehearsal: string | undefined): Promise<KeptList | undefined> {
  const current = await keptList(CURRENT);
  if (rehearsal === undefined || current?.of === rehearsal) return current;
  return keptList(rehearsal);
}

function useHints(list: GuestList | undefined): Troubles | undefined {
  const [found, setFound] = useState<{ readonly list: GuestList; readonly troubles: Troubles }>();
  useEffect(() => {
    if (list === undefined) return undefined;
    let isLeft = false;
    void (async () => {
      const { first, count } = await hintsOf(list, rest);
      const rows = first.map(({ row, message }) => ({ record: list.record(row), messages: [{ message }] }));
      if (!isLeft) setFound({ list, troubles: { rows, general: [], count, source: 'hint' } });
    })();
    return () => {
      isLeft = true;
    };
  }, [list]);
  // Of a list that was changed meanwhile they are looked for anew.
  return found?.list === list ? found?.troubles : undefined;
}
