/**
 * What was typed and is not sent yet. It lives in memory, from page to page of the console; only where the browser has
 * to leave, to sign in again or to load a new version, it is put away until it comes back. Lists of guests are kept by
 * `list/store.ts`.
 */
import { useCallback, useState } from 'react';
import { inTab } from './kept-words.ts';

const drafts = new Map<string, unknown>();

/**
 * As `useState`, and the value is still there after another page of the console, and after a sign-in in between.
 * @param key one word for the page, and what it is
 * @param initial also what a draft is set to when it is done with
 */
export function useDraft<T>(key: string, initial: T): [T, (value: T) => void] {
  const [value, setValue] = useState<T>(() => (drafts.has(key) ? (drafts.get(key) as T) : initial));
  const set = useCallback(
    (next: T) => {
      drafts.set(key, next);
      setValue(next);
    },
    [key],
  );
  return [value, set];
}

/** Where what was typed on one page holds on another as well. @param change what of it does */
export function carryDraft<T>(from: string, to: string, change: (value: T) => T): void {
  if (drafts.has(from)) drafts.set(to, change(drafts.get(from) as T));
}

const DATABASE = 'guest-reset';
const STORE = 'drafts';
/** Names, for as long as the tab is open, what this tab has put away. */
const TAB = 'guest-reset.drafts';
/** What nobody has come back for by then goes. */
const KEPT_MS = 24 * 3_600_000;

interface PutAway {
  readonly at: number;
  readonly drafts: ReadonlyMap<string, unknown>;
}

/** Before the browser leaves. What cannot be put away is lost, which must keep nobody here. */
export async function putAwayDrafts(): Promise<void> {
  if (drafts.size === 0) return;
  const tab = crypto.randomUUID();
  try {
    await inStore((store) => store.put({ at: Date.now(), drafts } satisfies PutAway, tab));
    inTab.setItem(TAB, tab);
  } catch (error) {
    console.warn('What was typed could not be put away.', error);
  }
}

/** At the start, before a page asks for its draft. */
export async function bringBackDrafts(): Promise<void> {
  const tab = inTab.getItem(TAB);
  if (tab === null) return;
  inTab.removeItem(TAB);
  try {
    const found = (await inStore((store) => store.get(tab))) as PutAway | undefined;
    for (const [key, value] of found?.drafts ?? []) drafts.set(key, value);
    await inStore((store) => store.delete(tab));
    await forgetOthers();
  } catch (error) {
    console.warn('What was typed could not be brought back.', error);
  }
}

/** Of tabs that were closed on the way. */
async function forgetOthers(): Promise<void> {
  const keys = await inStore((store) => store.getAllKeys());
  for (const key of keys) {
    const { at } = ((await inStore((store) => store.get(key))) as PutAway | undefined) ?? { at: 0 };
    if (at < Date.now() - KEPT_MS) await inStore((store) => store.delete(key));
  }
}

async function inStore<T>(act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const opening = indexedDB.open(DATABASE, 1);
  opening.addEventListener('upgradeneeded', () => void opening.result.createObjectStore(STORE));
  const database = await settled(opening);
  try {
    return await settled(act(database.transaction(STORE, 'readwrite').objectStore(STORE)));
  } finally {
    database.close();
  }
}

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('IndexedDB gave no reason.')));
  });
