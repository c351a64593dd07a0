/** From what was given to a list, and from a list to what is sent. */
import type { List } from '../../../client/types.ts';
import { decode } from './decode.ts';
import { findRecords, type Records } from './csv.ts';
import { GuestList, NO_CHANGES, type Changes } from './guest-list.ts';
import { csvOf, isTable } from './pasted.ts';
import type { KeptSource } from './store.ts';

/** Lets what is shown and typed have its turn. */
export const rest = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

export const sourceOfText = (text: string): KeptSource => ({
  bytes: new Blob([csvOf(text)], { type: 'text/csv' }),
  ...(!isTable(text) && { isHeaderOurs: true }),
});

/** A copy: the file may be saved again meanwhile. @throws where it cannot be read */
export const sourceOfFile = async (file: File): Promise<KeptSource> => ({
  name: file.name,
  bytes: new Blob([await file.arrayBuffer()]),
});

/** @throws where the source cannot be read */
export async function recordsOf({ bytes, isHeaderOurs = false }: KeptSource): Promise<Records> {
  const { text } = decode(new Uint8Array(await bytes.arrayBuffer()));
  return findRecords(text, rest, isHeaderOurs ? 0 : 1);
}

/** @throws where the source cannot be read any more */
export const openList = async (source: KeptSource, changes: Changes = NO_CHANGES): Promise<GuestList> =>
  new GuestList(await recordsOf(source), changes);

/** Where nothing was changed the very bytes that were given. @throws where they cannot be read any more */
export async function bodyOf(source: KeptSource, list: GuestList): Promise<List> {
  if (!list.isChanged) {
    const { type } = decode(new Uint8Array(await source.bytes.arrayBuffer()));
    return { type, open: () => source.bytes };
  }
  const parts: string[] = [];
  let lines: string[] = [];
  for (const line of list.lines()) {
    lines.push(line);
    if (lines.length < 20_000) continue;
    parts.push(`${lines.join('\n')}\n`);
    lines = [];
    await rest();
  }
  const body = new Blob([...parts, `${lines.join('\n')}\n`]);
  return { type: 'text/csv', open: () => body };
}
