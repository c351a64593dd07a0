/**
 * Lists, kept in the browser: a reload, a renewed sign-in or the way back from a rehearsal loses nothing. They leave
 * the browser only as a submission, and go after a day, or when somebody signs out.
 */
import { inTab } from '../service/kept-words.ts';
import type { RehearsedWith } from './choices.ts';
import type { Changes } from './guest-list.ts';
import { sinceIn, type Since } from './since.ts';

const BEING_WORKED_ON = 'current-';

export interface KeptSource {
  /** Of the file; a list that was pasted has none. */
  readonly name?: string;
  readonly bytes: Blob;
  /** Of guests that were pasted: the first of them is in row 1. */
  readonly isHeaderOurs?: boolean;
}

export interface KeptList {
  /** `CURRENT`, or the id of the rehearsal that was made of it. */
  readonly key: string;
  readonly source: KeptSource;
  readonly changes: Changes;
  /** Whose rows, with no setting to say it, leave open whether Microsoft mails: to be chosen before the run. */
  readonly mailIsOpenOf?: 'all' | 'some';
  /** The rehearsal that was made of it last; of a rehearsal, the one before it. What was chosen there comes along. */
  readonly of?: string;
  /** Of `CURRENT`: whether it is another since that rehearsal. */
  readonly isChanged?: boolean;
  /** Of `CURRENT`: whose it is; absent where nobody signs in. */
  readonly by?: string;
  /** What it was rehearsed with. */
  readonly options?: RehearsedWith;
  /** The job that was made of the rehearsal. */
  readonly ranAs?: string;
  /** Milliseconds since 1970. */
  readonly keptAt: number;
}

/** Each tab has a list of its own, which a reload and a sign-in leave in place. */
const TAB = 'guest-reset.list';
const tab = inTab.getItem(TAB) ?? crypto.randomUUID();
inTab.setItem(TAB, tab);
export const CURRENT = `${BEING_WORKED_ON}${tab}`;
// Held for as long as the tab is there: by that others know whose list is worked on. Where the browser has no locks it
// offers a list to two tabs at worst.
navigator.locks.request(CURRENT, () => new Promise(() => undefined)).catch(() => undefined);

const LISTS = 'lists';
/** So many rehearsals can be gone back to, for so long. */
const KEPT_MOST = 10;
const KEPT_MS = 24 * 3_600_000;

/** How long the browser may take to open its storage, in milliseconds: one that never does must hold up nobody. */
const OPENED_WITHIN_MS = 5_000;

/** What the browser does not keep, as in some private windows: it is there for as long as the page. */
const remembered = new Map<string, KeptList>();

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('The browser keeps no lists.')));
  });

let opening: Promise<IDBDatabase> | undefined;
function open(): Promise<IDBDatabase> {
  opening ??= new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open('guest-reset-lists', 1);
    request.addEventListener('upgradeneeded', () => request.result.createObjectStore(LISTS, { keyPath: 'key' }));
    settled(request).then(resolve, reject);
    setTimeout(() => reject(new Error('The browser does not open its storage.')), OPENED_WITHIN_MS);
  }).catch((error: unknown) => {
    opening = undefined;
    throw error;
  });
  return opening;
}

/** Ends when it is written: a storage that is full says so only then. */
async function change(act: (store: IDBObjectStore) => void): Promise<void> {
  const transaction = (await open()).transaction(LISTS, 'readwrite');
  act(transaction.objectStore(LISTS));
  await new Promise<void>((resolve, reject) => {
    transaction.addEventListener('complete', () => resolve());
    transaction.addEventListener('abort', () => reject(transaction.error ?? new Error('The browser keeps no more.')));
  });
}

const read = async <T>(ask: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> =>
  settled(ask((await open()).transaction(LISTS, 'readonly').objectStore(LISTS)));

/** Undefined where the browser has none. */
export async function keptList(key: string): Promise<KeptList | undefined> {
  const here = remembered.get(key);
  if (here !== undefined) return here;
  try {
    await forgetOld();
    return (await read((store) => store.get(key))) as KeptList | undefined;
  } catch {
    return undefined;
  }
}

/** Where the browser keeps nothing, work goes on without: only a reload would miss it. */
export async function keepList(list: Omit<KeptList, 'keptAt'>): Promise<void> {
  const kept = { ...list, keptAt: Date.now() };
  try {
    await change((store) => store.put(kept));
    remembered.delete(list.key);
  } catch {
    remembered.set(list.key, kept);
    return;
  }
  // What is too old goes another time.
  await forgetOld().catch(() => undefined);
}

/** The list that is worked on in this tab, where it is the one that was rehearsed. */
export async function listAtWorkOf(rehearsal: string): Promise<KeptList | undefined> {
  const current = await keptList(CURRENT);
  return current?.of === rehearsal ? current : undefined;
}

/** What became of the list of a rehearsal since, in whichever tab. */
export async function sinceRehearsal(rehearsal: string): Promise<Since | undefined> {
  const stored = await read((store) => store.getAll() as IDBRequest<KeptList[]>).catch(() => []);
  const lists = [...stored, ...remembered.values()];
  return sinceIn(
    lists.filter(({ key }) => !key.startsWith(BEING_WORKED_ON)),
    rehearsal,
  );
}

/** What somebody worked on in tabs that are closed, the last in front. @param by whose; undefined where nobody signs in */
export async function listsLeft(by: string | undefined): Promise<KeptList[]> {
  try {
    const { held = [] } = await navigator.locks.query();
    const tabs = new Set(held.map(({ name }) => name));
    await forgetOld();
    const all = (await read((store) => store.getAll())) as KeptList[];
    return all
      .filter((list) => list.key.startsWith(BEING_WORKED_ON) && list.by === by && !tabs.has(list.key))
      .toSorted((one, other) => other.keptAt - one.keptAt);
  } catch {
    return [];
  }
}

type AtWork = Omit<KeptList, 'key' | 'keptAt'>;

/** Of the list that is worked on in this tab, one change after the other. */
let changing = Promise.resolve();

/**
 * Keeps what is done to the list that is worked on here. Another one that was worked on here stays, as of a closed tab.
 * @param rehearsal whose list it is, where one has gone back to that
 */
export function keepAtWork(list: AtWork, rehearsal: string | undefined): void {
  changing = changing.then(() => keepHere(list, rehearsal));
}

async function keepHere(list: AtWork, rehearsal: string | undefined): Promise<void> {
  const other = rehearsal === undefined ? undefined : await keptList(CURRENT);
  if (other !== undefined && other.of !== rehearsal)
    await keepList({ ...other, key: `${BEING_WORKED_ON}${crypto.randomUUID()}` });
  await keepList({ ...list, key: CURRENT });
}

/** The list that is worked on in this tab, with all that was done to it by now. */
export const listAtWork = (): Promise<KeptList | undefined> => changing.then(() => keptList(CURRENT));

/** Makes it the list that is worked on here. */
export async function takeOver({ key, ...list }: KeptList): Promise<void> {
  await keepList({ ...list, key: CURRENT });
  await forgetList(key);
}

export async function forgetList(key: string): Promise<void> {
  remembered.delete(key);
  // A browser whose storage does not open has kept none.
  await change((store) => store.delete(key)).catch(() => undefined);
}

/** All of them: whoever signs out leaves none on the machine. */
export async function forgetLists(): Promise<void> {
  remembered.clear();
  // As above.
  await change((store) => store.clear()).catch(() => undefined);
}

async function forgetOld(): Promise<void> {
  const all = (await read((store) => store.getAll())) as KeptList[];
  const old = all.filter(({ keptAt }) => Date.now() - keptAt > KEPT_MS);
  const rehearsed = all.filter(({ key }) => !key.startsWith(BEING_WORKED_ON));
  const tooMany = rehearsed.toSorted((one, other) => other.keptAt - one.keptAt).slice(KEPT_MOST);
  const gone = [...old, ...tooMany];
  if (gone.length > 0) await change((store) => gone.forEach(({ key }) => store.delete(key)));
}
