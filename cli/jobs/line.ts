/** Lines that are told to be typed. */
import { PROGRAM } from '../program.ts';

/** What the line was that asked: the next one goes to the same API, as the same one. */
export interface Asking {
  readonly url?: string | undefined;
  readonly 'client-id'?: string | undefined;
}

/** The command line that does it. */
export const lineOf = (rest: string, { url, 'client-id': clientId }: Asking): string =>
  [
    `${PROGRAM} ${rest}`,
    ...(url === undefined ? [] : [`--url ${word(url)}`]),
    ...(clientId === undefined ? [] : [`--client-id ${word(clientId)}`]),
  ].join(' ');

/** As a shell takes it for one word. */
export const word = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
