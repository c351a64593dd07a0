/**
 * Lists, kept in the browser: a reload, a renewed sign-in or the way back from a rehearsal loses nothing. They leave
 * the browser only as a submission, and go after a day, or when somebody signs out.
 */
import type { Changes } from './guest-list.ts';

const BEING_WORKED_ON = 'current-';

export interface KeptSource {
  /** Of the file; a list that was pasted has none. */
  readonly name?: string;
  readonly bytes: Blob;
}

export interface KeptList {
  /** `CURRENT`, or the id of the rehearsal that was made of it. */
  readonly key: string;
  readonly source: KeptSource;
  readonly changes: Changes;
  /** Whose rows, with no setting to say it, leave open whether Microsoft mails: to be chosen before the run. */
  readonly mailIsOpenOf?: 'all' | 'some';
  /** Of `CURRENT`: the rehearsal whose list it was, before it was changed. */
  readonly of?: string;
  /** The job that was made of the rehearsal. */
  readonly ranAs?: string;
  /** Milliseconds since 1970. */
  readonly keptAt: number;
}

/** Each tab has a list of its own, which a reload and a sign-in leave in place. */
const TAB = 'guest-reset.list';
const tab = sessionStorage.getItem(TAB) ?? crypto.randomUUID();
sessionStorage.setItem(TAB, tab);
export const CURRENT = `${BEING_WORKED_ON}${tab}`;

const LISTS = 'lists';
/** So many rehearsals can be gone back to, for so long. */
const KEPT_MOST = 10;
const KEPT_MS = 24 * 3_600_000;

const asked = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('The browser keeps no lists.')));
  });

let opened: Promise<IDBDatabase> | undefined;
const open = (): Promise<IDBDatabase> => {
  opened ??= (() => {
    const request = indexedDB.open('guest-reset-lists', 1);
    request.addEventListener('upgradeneeded', () => request.result.createObjectStore(LISTS, { keyPath: 'key' }));
    return asked(request);
  })();
  return opened;
};

const lists = async (mode: IDBTransactionMode): Promise<IDBObjectStore> =>
  (await open()).transaction(LISTS, mode).objectStore(LISTS);

/** Undefined where the browser has none, or keeps nothing. */
export async function keptList(key: string): Promise<KeptList | undefined> {
  try {
    await forgetOld();
    return (await asked((await lists('readonly')).get(key))) as KeptList | undefined;
  } catch {
    return undefined;
  }
}

/** Where the browser keeps nothing, as in some private windows, work goes on without. */
export async function keepList(list: Omit<KeptList, 'keptAt'>): Promise<void> {
  try {
    await asked((await lists('readwrite')).put({ ...list, keptAt: Date.now() }));
    await forgetOld();
  } catch {
    // Only a reload would miss it.
  }
}

export async function forgetList(key: string): Promise<void> {
  try {
    await asked((await lists('readwrite')).delete(key));
  } catch {
    // As above.
  }
}

/** All of them: whoever signs out leaves none on the machine. */
export async function forgetLists(): Promise<void> {
  try {
    await asked((await lists('readwrite')).clear());
  } catch {
    // There are none.
  }
}

async function forgetOld(): Promise<void> {
  const store = await lists('readwrite');
  const all = (await asked(store.getAll())) as KeptList[];
  const old = all.filter(({ keptAt }) => Date.now() - keptAt > KEPT_MS);
  const rehearsed = all.filter(({ key }) => !key.startsWith(BEING_WORKED_ON));
  const tooMany = rehearsed.toSorted((one, other) => other.keptAt - one.keptAt).slice(KEPT_MOST);
  for (const { key } of [...old, ...tooMany]) store.delete(key);
}
