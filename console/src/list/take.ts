/** From what somebody gives to a list to work on; or what was found instead, and what to do. */
import type { ConsoleConfig } from '../../../client/types.ts';
import { count, counted } from '../parts/numbers.ts';
import type { RehearsedWith } from './choices.ts';
import type { Records } from './csv.ts';
import { foreignWords, SHOWS_WHAT_IT_IS } from './foreign-file.ts';
import { GuestList } from './guest-list.ts';
import { recordsOf, sourceOfFile, sourceOfText } from './open-list.ts';
import type { KeptSource } from './store.ts';

export interface Chosen {
  readonly source: KeptSource;
  readonly list: GuestList;
  /** The rehearsal that was made of it last. */
  readonly of?: string;
  /** Whether it is another since that rehearsal. */
  readonly isChanged?: boolean;
  /** Whose it is; absent where nobody signs in. */
  readonly by?: string;
  /** What it was, or is to be, rehearsed with. */
  readonly options?: RehearsedWith;
}

/** No list: a title that names what was given, and one or two sentences. */
export interface Unfit {
  readonly title: string;
  readonly words: string;
}

/** A text, or the files that were chosen or dropped. */
export type Given = string | readonly File[];

/** What the service takes; without them it says so itself. */
export type Limits = Partial<Pick<ConsoleConfig, 'maxResetsPerJob' | 'maxBodyBytes'>>;

const SPLIT = 'Split it into several, and rehearse one after the other.';

export async function takeList(given: Given, limits: Limits = {}): Promise<Chosen | Unfit> {
  if (typeof given === 'string')
    return readable('What was pasted', (what) => listIn(sourceOfText(given), what, limits));
  const [file, ...more] = given;
  if (file === undefined) return { title: 'No file was given.', words: 'Drop a file, or choose one.' };
  if (more.length > 0)
    return {
      title: `${counted(given.length, 'file')} were given.`,
      words: 'One list is rehearsed at a time: give them one after the other, or put them together in one file.',
    };
  return readable(
    `“${file.name}”`,
    async (what) =>
      (await foreign(file, what)) ??
      tooLarge(file.size, what, limits) ??
      listIn(await sourceOfFile(file), what, limits),
  );
}

/** Whatever goes wrong while it is read: a file may be moved, or its drive be gone. */
async function readable(what: string, take: (what: string) => Promise<Chosen | Unfit>): Promise<Chosen | Unfit> {
  try {
    return await take(what);
  } catch {
    const words = 'If it is a folder, choose the file in it. If it was moved or is open elsewhere, choose it again.';
    return { title: `${what} cannot be read.`, words };
  }
}

/** Told by its begin and end: of a file that is no list not more is read. */
async function foreign(file: File, what: string): Promise<Unfit | undefined> {
  const middle = Math.max(SHOWS_WHAT_IT_IS, file.size - SHOWS_WHAT_IT_IS);
  const ends = new Blob([file.slice(0, SHOWS_WHAT_IT_IS), file.slice(middle)]);
  const words = foreignWords(new Uint8Array(await ends.arrayBuffer()));
  return words === undefined ? undefined : { title: `${what} is no list.`, words };
}

function tooLarge(bytes: number, what: string, { maxBodyBytes = Infinity }: Limits): Unfit | undefined {
  if (bytes <= maxBodyBytes) return undefined;
  return { title: `${what} has ${megabytes(bytes)}.`, words: `One list may have ${megabytes(maxBodyBytes)}. ${SPLIT}` };
}

/** As file managers count them. */
const megabytes = (bytes: number): string => `${count(Math.ceil(bytes / 1_048_576))} MB`;

async function listIn(source: KeptSource, what: string, limits: Limits): Promise<Chosen | Unfit> {
  const large = tooLarge(source.bytes.size, what, limits);
  if (large !== undefined) return large;
  const records = await recordsOf(source);
  if (headerLength(records) > HEADER_MAX_CHARS)
    return {
      title: `${what} is no list.`,
      words: `Its first line has ${count(headerLength(records))} characters. A list has a header, and below it a row for each guest.`,
    };
  const list = new GuestList(records);
  const { maxResetsPerJob = Infinity } = limits;
  if (list.count > maxResetsPerJob)
    return {
      title: `${what} has ${count(list.count)} rows.`,
      words: `One list may have ${count(maxResetsPerJob)}. ${SPLIT}`,
    };
  return list.count > 0 ? { source, list } : nobodyIn(list, source, what);
}

/** As the service reads; what is longer would fill the page, and no tool writes it. */
const HEADER_MAX_CHARS = 64 * 1024;

const headerLength = ({ places: [begin = 0, end = 0] }: Records): number => end - begin;

function nobodyIn({ header }: GuestList, { name }: KeptSource, what: string): Unfit {
  const title = `${what} has no guests.`;
  const columns = header.filter((column) => column !== '');
  if (columns.length === 0 || name === undefined)
    return { title, words: 'Nothing in it names one: an object id, a UPN or an address, one a row.' };
  const names = columns.length > NAMED ? `${columns.slice(0, NAMED).join(', ')} …` : columns.join(', ');
  return { title, words: `It has only a header (${names}) and no rows. Put a row for each guest below it.` };
}

/** So many columns are named. */
const NAMED = 5;
