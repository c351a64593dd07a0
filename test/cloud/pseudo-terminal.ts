/** The program on a screen: a pseudo-terminal of `script` of util-linux. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../cli/main.ts', import.meta.url));

export const hasPseudoTerminal = spawnSync('script', ['--version']).stdout?.toString().includes('util-linux') ?? false;

export interface Screen {
  /** Keys as they are pressed; `\x03` is Ctrl-C. */
  readonly type: (keys: string) => void;
  readonly resize: (columns: number) => void;
  /** Resolves when the screen has shown it, with all that came so far, control sequences and all. */
  readonly shows: (text: RegExp) => Promise<string>;
  readonly end: Promise<{ readonly code: number | null; readonly shown: string }>;
}

export function openScreen(
  args: readonly string[],
  {
    columns,
    env,
    program = MAIN,
  }: { readonly columns: number; readonly env: NodeJS.ProcessEnv; readonly program?: string },
): Screen {
  const command = [process.execPath, program, ...args].map((word) => `'${word.replaceAll("'", String.raw`'\''`)}'`);
  // The terminal's own name is printed first, so that its size can be changed from outside.
  const line = `stty cols ${columns} rows 24; tty; exec ${command.join(' ')}`;
  const child = spawn('script', ['--quiet', '--return', '--command', line, '/dev/null'], {
    env: { PATH: process.env['PATH'], TERM: 'xterm-256color', ...env },
  });
  let shown = '';
  const looks = new Set<() => void>();
  child.stdout.on('data', (chunk: Buffer) => {
    shown += chunk.toString();
    for (const look of looks) look();
  });
  const end = once(child, 'close').then(([code]) => ({ code: code as number | null, shown }));
  return {
    type: (keys) => void child.stdin.write(keys),
    resize: (wide) => {
      const name = /\/dev\/\S+/.exec(shown)?.[0] ?? '';
      const { status, stderr } = spawnSync('stty', ['-F', name, 'cols', String(wide)]);
      if (status !== 0) throw new Error(stderr.toString());
    },
    shows: (text) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (!text.test(shown)) return;
          looks.delete(look);
          resolve(shown);
        };
        looks.add(look);
        void end.then(() => reject(new Error(`It never showed ${text}, but:\n${shown}`)));
        look();
      }),
    end,
  };
}

/** What stands there, without what colours and moves. */
export const textOf = (shown: string): string =>
  // oxlint-disable-next-line no-control-regex -- it is what a terminal is steered by
  shown.replaceAll(/\u001B\[[0-9;?]*[A-Za-z]/g, '').replaceAll('\r\n', '\n');
