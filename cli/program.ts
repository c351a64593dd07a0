/** From the command line to the command that it names. */
import { nearestName } from '../shared/domain/submission/nearest-name.ts';
import type { Command, ExitCode } from './command.ts';
import { UsageError } from './errors.ts';
import type { Terminal } from './terminal.ts';

/** Put in by whoever makes one file of the program. */
declare const STARTED_BY: string | undefined;

/** How the program is started: never by a bare `npx`, which would fetch whoever owns that name. */
export const PROGRAM = typeof STARTED_BY === 'string' ? STARTED_BY : 'npm run -s guest-reset --';

const HELP: readonly string[] = ['--help', '-h', 'help'];

/**
 * Runs the command that the arguments name. What goes wrong is told on `terminal.err`; nothing is thrown.
 * @param args without the names of Node and of the program
 */
export async function runProgram(
  commands: readonly Command[],
  args: readonly string[],
  terminal: Terminal,
): Promise<ExitCode> {
  try {
    const asksForHelp = args.some((arg) => HELP.slice(0, 2).includes(arg)) || HELP.includes(args[0] ?? '');
    const words = args.filter((arg) => !HELP.includes(arg));
    const chosen = commandOf(commands, words);
    if (asksForHelp || (chosen === undefined && words.length === 0)) {
      terminal.out(chosen?.usage ?? overview(commands, words[0]));
      return asksForHelp ? 0 : 2;
    }
    if (chosen === undefined) throw new UsageError(unknownCommand(commands, words));
    return await chosen.run(args.slice(chosen.name.split(' ').length), terminal);
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') {
      terminal.err('Interrupted.');
      return 130;
    }
    terminal.err(error instanceof Error ? error.message : String(error));
    if (!(error instanceof UsageError)) return 1;
    terminal.err(`See: ${PROGRAM} --help`);
    return 2;
  }
}

/** The command with the most words that the line begins with. */
function commandOf(commands: readonly Command[], words: readonly string[]): Command | undefined {
  const line = `${words.join(' ')} `;
  const fitting = commands.filter(({ name }) => line.startsWith(`${name} `));
  // "setup ap" is no "setup" with an argument, but a command with a misspelled second word.
  const [best] = fitting.toSorted((a, b) => b.name.length - a.name.length);
  const next = best === undefined ? undefined : words[best.name.split(' ').length];
  const hasMore = commands.some(({ name }) => name.startsWith(`${best?.name} `));
  return hasMore && next !== undefined && !next.startsWith('-') ? undefined : best;
}

function unknownCommand(commands: readonly Command[], words: readonly string[]): string {
  const names = commands.map(({ name }) => name);
  const typed = words.filter((word) => !word.startsWith('-')).slice(0, 2);
  const meant = nearestName(typed.join(' '), names) ?? nearestName(typed[0] ?? '', names);
  return (
    `There is no command "${typed.join(' ')}". ` +
    (meant === undefined ? `There are: ${names.join(', ')}.` : `Did you mean "${meant}"?`)
  );
}

/** The list of commands; those of one subject where it is named. */
function overview(commands: readonly Command[], subject: string | undefined): string {
  const ofSubject = commands.filter(({ name }) => name.split(' ')[0] === subject);
  const shown = ofSubject.length > 0 ? ofSubject : commands;
  const width = Math.max(0, ...shown.map(({ name }) => name.length));
  return [
    'Resets guests, tells what became of each, and sets guest-reset up in a tenant.',
    '',
    `  ${PROGRAM} COMMAND [options]`,
    '',
    ...shown.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    '',
    `"${PROGRAM} COMMAND --help" tells more of one.`,
    'Exit codes: 0 all is right, 1 something is wrong or failed, 2 the command line is wrong. Of jobs:',
    '3 it has ended and not all succeeded, 4 it is paused, 5 the same list was submitted just now,',
    '130 interrupted while waiting, and the job goes on.',
  ].join('\n');
}
