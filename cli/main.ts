/** The program of whoever sets guest-reset up or uses it: `npm run -s guest-reset -- --help`. */
import { pipeline } from 'node:stream/promises';
import { buffer } from 'node:stream/consumers';
import { styleText } from 'node:util';
import { withAzdEnvironment } from './azd-environment.ts';
import type { Picture, Terminal } from './command.ts';
import { COMMANDS } from './commands.ts';
import { runProgram } from './program.ts';

const { stdin, stdout, stderr } = process;

async function confirm(question: string): Promise<boolean | undefined> {
  if (!stdin.isTTY || !stderr.isTTY) return undefined;
  const prompts = await import('@clack/prompts');
  return (await prompts.confirm({ message: question, initialValue: false, output: stderr })) === true;
}

async function pictureOn(screen: typeof stderr): Promise<Picture | undefined> {
  if (!screen.isTTY || process.env['TERM'] === 'dumb') return undefined;
  const { createLogUpdate } = await import('log-update');
  const update = createLogUpdate(screen);
  return {
    columns: () => screen.columns || 80,
    // Of the environment it knows NO_COLOR and its like.
    paint: (colour, text) => styleText(colour, text, { stream: screen }),
    draw: (lines) => update(lines.join('\n')),
    erase: () => {
      update.clear();
      update.done();
    },
  };
}

/** The handler stays: with none left whoever restores the cursor would end the program before it has told the rest. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  process.on('SIGINT', () => (controller.signal.aborted ? process.exit(130) : controller.abort()));
  return controller.signal;
}

const terminal: Terminal = {
  env: withAzdEnvironment(process.env, process.cwd()),
  out: (line) => console.log(line),
  err: (line) => console.error(line),
  confirm,
  isSeen: stdout.isTTY,
  picture: await pictureOn(stderr),
  input: () => buffer(stdin),
  pour: (bytes) => pipeline(bytes, stdout, { end: false }),
  interruption,
};
process.exitCode = await runProgram(COMMANDS, process.argv.slice(2), terminal);
