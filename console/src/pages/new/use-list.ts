/** The list that is worked on, kept in the browser with each change. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { GuestList } from '../../list/guest-list.ts';
import { hintsOf } from '../../list/hints.ts';
import { openList, rest } from '../../list/open-list.ts';
import { CURRENT, forgetList, keepAtWork, keptList, listAtWorkOf, takeOver, type KeptList } from '../../list/store.ts';
import { takeList, type Chosen, type Given, type Unfit } from '../../list/take.ts';
import { useService } from '../../service/service.tsx';
import type { Troubles } from './problems.ts';

export interface ListAtWork {
  /** Undefined where there is none; null while one is read. */
  readonly chosen: Chosen | undefined | null;
  readonly fault: Unfit | undefined;
  /** Undefined until they are known of the list as it is now. */
  readonly hints: Troubles | undefined;
  /** The last that were known of it, before it was changed: rows that are looked at stay where they are. */
  readonly lastHints: Troubles | undefined;
  readonly take: (given: Given) => void;
  /** With a list that was left in another tab. */
  readonly goOn: (list: KeptList) => void;
  /** Of what is read: a drive that does not answer must hold up nobody. */
  readonly stop: () => void;
  readonly change: (list: GuestList) => void;
  readonly clear: () => void;
}

/** @param rehearsal whose list to go back to; undefined: the one that was worked on last */
export function useListAtWork(rehearsal: string | undefined): ListAtWork {
  const { config, me } = useService();
  const [chosen, setChosen] = useState<Chosen | null | undefined>(null);
  const [fault, setFault] = useState<Unfit>();
  const [hints, lastHints] = useHints(chosen?.list);
  /** What is being read: only what was begun last counts. */
  const reading = useRef<Promise<unknown>>(undefined);

  const show = useCallback(
    async (found: Promise<Chosen | Unfit | undefined>, keep = false): Promise<void> => {
      reading.current = found;
      const one = await found;
      if (reading.current !== found) return;
      const list = one !== undefined && 'list' in one ? one : undefined;
      setChosen(list);
      setFault(one !== undefined && !('list' in one) ? one : undefined);
      if (keep && list !== undefined) keepChosen(list, rehearsal);
    },
    [rehearsal],
  );
  const stop = (): void => {
    reading.current = undefined;
    setChosen(undefined);
    setFault(undefined);
  };
  useEffect(() => {
    void show(keptFor(rehearsal));
    return () => {
      reading.current = undefined;
    };
  }, [rehearsal, show]);

  return {
    chosen,
    fault,
    hints,
    lastHints,
    take(given) {
      setChosen(null);
      setFault(undefined);
      const whose = {
        ...(me !== undefined && { by: me.id }),
        ...(rehearsal !== undefined && { of: rehearsal, isChanged: true }),
      };
      void show(
        takeList(given, config).then((one) => ('list' in one ? { ...one, ...whose } : one)),
        true,
      );
    },
    goOn(list) {
      setChosen(null);
      void show(takeOver(list).then(() => keptFor(undefined)));
    },
    stop,
    change(list) {
      if (chosen === null || chosen === undefined) return;
      const changed = { ...chosen, list, isChanged: true };
      setChosen(changed);
      keepChosen(changed, rehearsal);
    },
    clear() {
      stop();
      void forgetList(CURRENT);
    },
  };
}

const keepChosen = ({ list, ...others }: Chosen, rehearsal: string | undefined): void =>
  keepAtWork({ ...others, changes: list.changes }, rehearsal);

const GONE: Unfit = { title: 'The list of this rehearsal is not in this browser.', words: 'Choose the file again.' };
const UNREAD: Unfit = {
  title: 'The list cannot be read any more.',
  words: 'The browser has lost it. Choose the file again.',
};

/** What was changed of a rehearsed list since one came back to it is not lost by coming back once more. */
async function keptFor(rehearsal: string | undefined): Promise<Chosen | Unfit | undefined> {
  const kept =
    rehearsal === undefined
      ? await keptList(CURRENT)
      : ((await listAtWorkOf(rehearsal)) ?? (await keptList(rehearsal)));
  if (kept === undefined) return rehearsal === undefined ? undefined : GONE;
  const { key, source, changes, by, isChanged = false, options = {} } = kept;
  try {
    const of = key === CURRENT ? kept.of : key;
    return {
      source,
      list: await openList(source, changes),
      isChanged,
      options,
      ...(of !== undefined && { of }),
      ...(by !== undefined && { by }),
    };
  } catch {
    return UNREAD;
  }
}

function useHints(list: GuestList | undefined): readonly [now: Troubles | undefined, last: Troubles | undefined] {
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
  // Of a list that was changed meanwhile they are looked for anew; of another one nothing is known.
  const last = found?.list.records === list?.records ? found?.troubles : undefined;
  return [found?.list === list ? last : undefined, last];
}
