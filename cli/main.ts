/** The program of whoever sets guest-reset up: `npm run -s guest-reset -- --help`. */
import { createInterface } from 'node:readline/promises';
import { withAzdEnvironment } from './azd-environment.ts';
import { COMMANDS } from './commands.ts';
import { runProgram } from './program.ts';

async function ask(question: string): Promise<string | undefined> {
  if (!process.stdin.isTTY) return undefined;
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await lines.question(question);
  } finally {
    lines.close();
  }
}

process.exitCode = await runProgram(COMMANDS, process.argv.slice(2), {
  env: withAzdEnvironment(process.env, process.cwd()),
  out: (line) => console.log(line),
  err: (line) => console.error(line),
  ask,
});
