/** What the program meets where nobody sits: two outputs, and nothing else. */
import type { Terminal } from '../../../cli/terminal.ts';

/** Lines are added to what is given. */
export function plainTerminal(told: { out: string; err: string }, env: Terminal['env'] = {}): Terminal {
  return {
    env,
    out: (text) => (told.out += `${text}\n`),
    err: (text) => (told.err += `${text}\n`),
    confirm: async () => undefined,
    isSeen: false,
    picture: undefined,
    input: async () => new Uint8Array(),
    pour: async (bytes) => {
      for await (const each of bytes) told.out += Buffer.from(each).toString();
    },
    interruption: () => new AbortController().signal,
  };
}
