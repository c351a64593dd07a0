/** The program of whoever sets guest-reset up or uses it: `npm run -s guest-reset -- --help`. */
import { pipeline } from 'node:stream/promises';
import { buffer } from 'node:stream/consumers';
import { styleText } from 'node:util';
import { withAzdEnvironment } from './azd-environment.ts';
import type { Picture, Terminal } from './terminal.ts';
import { COMMANDS } from './commands.ts';
import { runProgram } from './program.ts';

const { stdin, stdout, stderr } = process;

async function confirm(question: string): Promise<boolean | 'left' | undefined> {
  if (!stdin.isTTY || !stderr.isTTY) return undefined;
  const prompts = await import('@clack/prompts');
  const answer = await prompts.confirm({ message: question, initialValue: false, output: stderr });
  return prompts.isCancel(answer) ? 'left' : answer;
}

async function pictureOn(screen: typeof stderr): Promise<Picture | undefined> {
  // A terminal that does not know its width says 0.
  if (!screen.isTTY || screen.columns === 0 || process.env['TERM'] === 'dumb') return undefined;
  const { createLogUpdate } = await import('log-update');
  const update = createLogUpdate(screen);
  return {
    columns: () => screen.columns,
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

/** Whoever reads no more than the first lines has what they want; whatever else keeps the output away is a failure. */
const isRead = (error: NodeJS.ErrnoException): boolean => error.code === 'EPIPE';
let isUnwritten = false;
stderr.on('error', () => undefined);
stdout.on('error', (error) => {
  if (isRead(error) || isUnwritten) return;
  isUnwritten = true;
  process.exitCode = 1;
  console.error(`The output could not be written: ${error.message}`);
});

async function pour(bytes: AsyncIterable<Uint8Array>): Promise<void> {
  await pipeline(bytes, stdout, { end: false }).catch((error: NodeJS.ErrnoException) => {
    if (!isRead(error)) throw error;
  });
}

const terminal: Terminal = {
  env: withAzdEnvironment(process.env, process.cwd()),
  out: (line) => console.log(line),
  err: (line) => console.error(line),
  confirm,
  isSeen: stdout.isTTY,
  picture: await pictureOn(stderr),
  input: () => buffer(stdin),
  pour,
  interruption,
};
const code = await runProgram(COMMANDS, process.argv.slice(2), terminal);
// Behind all that was written before; of a stream that is closed already nothing comes any more.
if (stdout.writable) await new Promise<void>((resolve) => stdout.write('', () => resolve()));
process.exitCode = isUnwritten ? 1 : code;
