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

/**
 * The same line once more, for the same shell.
 * @param typed from the command's name on
 * @param without an option that takes no value
 * @param key said in addition
 */
export function sameLine(
  [name = '', ...args]: readonly string[],
  { without, key }: { readonly without?: `--${string}`; readonly key?: string } = {},
): string {
  // Behind two dashes stand names of files.
  const end = args.includes('--') ? args.indexOf('--') : args.length;
  const kept = args.filter((arg, at) => arg !== without || at > end);
  return [PROGRAM, name, ...(key === undefined ? [] : ['--key', key]), ...kept.map((arg) => word(arg))].join(' ');
}

/** As a shell takes it for one word; on Windows both of its shells. */
export function word(text: string, platform: string = process.platform): string {
  if (platform === 'win32') return /^[\w+=:./\\-]+$/.test(text) ? text : `"${text.replaceAll('"', '""')}"`;
  return /^[\w@%+:,./-][\w@%+=:,./-]*$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
