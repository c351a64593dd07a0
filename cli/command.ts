/** What a command of the program is, and how its part of the command line is read. */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { nearestName } from '../shared/domain/submission/nearest-name.ts';
import { ToldError, UsageError } from './errors.ts';
import type { Terminal } from './terminal.ts';

/**
 * 0: done, nothing is wrong. 1: something is wrong, or failed. 2: the command line is wrong; nothing was done. Of jobs,
 * too: 3: it has ended, and not all of it succeeded. 4: it is paused. 5: the same list was submitted a short while ago,
 * and nothing was done. 130: interrupted while waiting; the job goes on.
 */
export type ExitCode = 0 | 1 | 2 | 3 | 4 | 5 | 130;

export interface Command {
  /** As it is typed: one word or two. */
  readonly name: string;
  /** One line of the list of commands. */
  readonly summary: string;
  /** The whole text of `--help`. */
  readonly usage: string;
  /** Names of its options, without dashes. */
  readonly options: readonly string[];
  /** @throws UsageError where the arguments are wrong */
  readonly run: (args: readonly string[], terminal: Terminal) => Promise<ExitCode>;
}

type Options = NonNullable<ParseArgsConfig['options']>;
type Values<O extends Options> = ReturnType<
  typeof parseArgs<{ options: O; allowPositionals: true; strict: true }>
>['values'];

/** A command whose options are parsed before it runs. Options are those of `parseArgs`; `--help` comes by itself. */
export function command<const O extends Options>(is: {
  readonly name: string;
  readonly summary: string;
  readonly usage: string;
  readonly options: O;
  /** How many arguments it takes beside its options, and how they are called. Default none. */
  readonly takes?: readonly string[];
  /** @param typed the line from the command's name on, as it was typed */
  readonly run: (
    values: Values<O>,
    words: readonly string[],
    terminal: Terminal,
    typed: readonly string[],
  ) => Promise<ExitCode>;
}): Command {
  const { name, summary, usage, options, takes = [], run } = is;
  return {
    name,
    summary,
    usage,
    options: Object.keys(options),
    run: async (args, terminal) => {
      try {
        refuseOptions(name, args, options);
        const { values, positionals } = parse(args, options);
        if (positionals.length !== takes.length) throw new UsageError(takesText(name, takes, positionals));
        return await run(values, positionals, terminal, [...name.split(' '), ...args]);
      } catch (error) {
        // Programs read the output, and there is always one thing on it, whatever is wrong.
        if ('json' in options && args.includes('--json')) terminal.out(JSON.stringify(jsonOf(error)));
        throw error;
      }
    },
  };
}

function takesText(name: string, takes: readonly string[], words: readonly string[]): string {
  return takes.length === 0
    ? `"${name}" takes no "${words[0]}".`
    : `"${name}" takes ${takes.join(' and ')}, and got ${words.length} of ${takes.length}.`;
}

function jsonOf(error: unknown): ToldError['json'] {
  const detail = error instanceof Error ? error.message : String(error);
  if (error instanceof ToldError) return { detail, ...error.json };
  if (error instanceof UsageError) return { code: error.code, detail };
  return error instanceof Error && error.name === 'AbortError'
    ? { code: 'interrupted', detail: 'Interrupted.' }
    : { code: 'failed', detail };
}

function refuseOptions(name: string, args: readonly string[], options: Options): void {
  const { tokens } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true });
  const said = new Set<string>();
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    if (Object.hasOwn(options, token.name)) {
      // Of two values one would be passed over.
      if (options[token.name]?.type === 'string' && options[token.name]?.multiple !== true && said.has(token.name))
        throw new UsageError(`--${token.name} is said twice: say it once.`);
      said.add(token.name);
      continue;
    }
    const meant = nearestName(token.name, Object.keys(options));
    throw new UsageError(
      `"${name}" has no option ${token.rawName}.${meant === undefined ? '' : ` Did you mean --${meant}?`}`,
    );
  }
}

function parse<const O extends Options>(
  args: readonly string[],
  options: O,
): { values: Values<O>; positionals: string[] } {
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: true });
  } catch (error) {
    // What remains is an option without its value, or a value for one that takes none.
    if (error instanceof TypeError) throw new UsageError(error.message);
    throw error;
  }
}
