/** From what somebody gives to a list to work on; or what was found instead, and what to do. */
import { counted } from '../parts/numbers.ts';
import { foreignWords } from './foreign-file.ts';
import type { GuestList } from './guest-list.ts';
import { openList, sourceOfFile, sourceOfText } from './open-list.ts';
import type { KeptSource } from './store.ts';

export interface Chosen {
  readonly source: KeptSource;
  readonly list: GuestList;
}

/** No list: a title that names what was given, and one or two sentences. */
export interface Unfit {
  readonly title: string;
  readonly words: string;
}

/** A text, or the files that were chosen or dropped. */
export type Given = string | readonly File[];

export async function takeList(given: Given): Promise<Chosen | Unfit> {
  if (typeof given === 'string') return opened(sourceOfText(given), 'What was pasted');
  const [file, ...more] = given;
  if (file === undefined) return { title: 'No file was given.', words: 'Drop a file, or choose one.' };
  if (more.length > 0)
    return {
      title: `${counted(given.length, 'file')} were given.`,
      words: 'One list is rehearsed at a time: give them one after the other, or put them together in one file.',
    };
  const name = `“${file.name}”`;
  let source: KeptSource;
  try {
    source = await sourceOfFile(file);
  } catch {
    const words = 'If it is a folder, choose the file in it. If it was moved or is open elsewhere, choose it again.';
    return { title: `${name} cannot be read.`, words };
  }
  const foreign = foreignWords(new Uint8Array(await source.bytes.arrayBuffer()));
  return foreign === undefined ? opened(source, name) : { title: `${name} is no list.`, words: foreign };
}

async function opened(source: KeptSource, what: string): Promise<Chosen | Unfit> {
  const list = await openList(source);
  if (list.count > 0) return { source, list };
  const title = `${what} has no guests.`;
  const header = list.header.filter((name) => name !== '');
  if (header.length === 0 || source.name === undefined)
    return { title, words: 'Nothing in it names one: an object id, a UPN or an address, one a row.' };
  const names = header.length > NAMED ? `${header.slice(0, NAMED).join(', ')} …` : header.join(', ');
  return { title, words: `It has only a header (${names}) and no rows. Put a row for each guest below it.` };
}

/** So many columns are named. */
const NAMED = 5;
