import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { command, type Command } from '../../../cli/command.ts';
import { COMMANDS } from '../../../cli/commands.ts';
import { runProgram } from '../../../cli/program.ts';
import { plainTerminal } from '../../parts/cli/plain-terminal.ts';

const ran: string[] = [];
const stub = (name: string, takes: readonly string[] = []): Command =>
  command({
    name,
    summary: `Does ${name}.`,
    usage: `usage of ${name}`,
    options: { url: { type: 'string' }, 'what-if': { type: 'boolean' } },
    takes,
    run: async (values, words) => {
      ran.push(JSON.stringify([name, values.url, values['what-if'], ...words]));
      return 0;
    },
  });
const commands = [stub('setup'), stub('setup app'), stub('setup grant', ['PRINCIPAL', 'ROLE']), stub('doctor')];

async function run(line: string): Promise<{ code: number; out: string; err: string; ran: string[] }> {
  const lines = { out: '', err: '' };
  ran.length = 0;
  const code = await runProgram(commands, line.split(' ').filter(Boolean), plainTerminal(lines));
  return { code, ...lines, ran: [...ran] };
}

describe('the program', () => {
  test.for([
    ['setup', '["setup",null,null]'],
    ['setup --what-if', '["setup",null,true]'],
    ['setup app --url https://a.example', '["setup app","https://a.example",null]'],
    ['setup grant someone Submit --what-if', '["setup grant",null,true,"someone","Submit"]'],
    ['doctor --url=https://a.example', '["doctor","https://a.example",null]'],
  ])('runs the command that "%s" names', async ([line = '', expected]) => {
    expect(await run(line)).toEqual({ code: 0, out: '', err: '', ran: [expected] });
  });

  test.for([
    ['docter', 'There is no command "docter". Did you mean "doctor"?'],
    ['setup ap', 'There is no command "setup ap". Did you mean "setup app"?'],
    ['setup elsewhere', 'There is no command "setup elsewhere". Did you mean "setup"?'],
    ['nothing', 'There is no command "nothing". There are: setup, setup app, setup grant, doctor.'],
    ['doctor --urls x', '"doctor" has no option --urls. Did you mean --url?'],
    ['doctor --what', '"doctor" has no option --what.'],
    ['doctor -x', '"doctor" has no option -x.'],
    ['doctor more', '"doctor" takes no "more".'],
    ['setup grant someone', '"setup grant" takes PRINCIPAL and ROLE, and got 1 of 2.'],
    ['doctor --url', "Option '--url <value>' argument missing"],
    ['doctor --what-if=yes', "Option '--what-if' does not take an argument"],
  ])('refuses "%s", says what is wrong with it, and does nothing', async ([line = '', expected]) => {
    const { code, out, err, ran: done } = await run(line);
    expect(err).toBe(`${expected}\nSee: npm run -s guest-reset -- --help\n`);
    expect({ code, out, done }).toEqual({ code: 2, out: '', done: [] });
  });

  test('lists its commands when asked for help, and those of one subject, and tells of one', async () => {
    for (const line of ['--help', '-h', 'help']) {
      const { code, out, err } = await run(line);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      for (const { name, summary } of commands) expect(out).toMatch(new RegExp(`^  ${name} +${summary}$`, 'm'));
    }
    for (const line of ['setup app --help', 'help setup app', 'setup app -h --what-if'])
      expect(await run(line)).toEqual({ code: 0, out: 'usage of setup app\n', err: '', ran: [] });
    expect((await run('setup nowhere --help')).out).not.toContain('doctor');
  });

  test('says how it is used, and that this was no use, where no command is named', async () => {
    const { code, out } = await run('');
    expect(code).toBe(2);
    expect(out).toContain('setup grant');
  });

  test('tells what went wrong, and that it failed, where a command throws', async () => {
    const failing: Command = {
      ...stub('fail'),
      run: async () => {
        throw new Error('The tenant is not there.');
      },
    };
    const told = { out: '', err: '' };
    expect(await runProgram([failing], ['fail'], plainTerminal(told))).toBe(1);
    expect(told).toEqual({ out: '', err: 'The tenant is not there.\n' });
  });

  test('has a help text for each command, with lines that fit a terminal, which shows how to call it', () => {
    for (const { name, usage, summary, options } of COMMANDS) {
      const told = [...usage.matchAll(/^ {2}(?:-\w, )?--([\w-]+)(?=[ \n])/gm)].map(([, option]) => option);
      expect(new Set(told), name).toEqual(new Set([...options, 'help']));
      expect(usage, name).toContain(`npm run -s guest-reset -- ${name}`);
      expect([...usage.split('\n'), summary].filter((line) => line.length > 100)).toEqual([]);
    }
    expect(new Set(COMMANDS.map(({ name }) => name)).size).toBe(COMMANDS.length);
  });
});

test('pages, hooks and messages name only commands that the program has, and never by a bare npx', () => {
  const inside = (folder: string): string[] =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
  const files = ['README.md', 'azure.yaml', ...['docs', 'infra', 'shared', 'cli'].flatMap(inside)].filter((name) =>
    /\.(?:md|ts|mjs|yaml|bicep)$/.test(name),
  );
  const named = files.flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    expect(/\bnpx (?:-\S+ )*guest-reset/.test(text), file).toBe(false);
    return [...text.matchAll(/run -s guest-reset -- ([a-z]+(?: [a-z]+)?)/g)].map(([, name = '']) => ({ file, name }));
  });
  expect(named.length).toBeGreaterThan(8);
  const names = new Set(COMMANDS.map(({ name }) => name));
  const takesWords = (first: string): boolean =>
    names.has(first) && ![...names].some((name) => name.startsWith(`${first} `));
  expect(named.filter(({ name }) => !names.has(name) && !takesWords(name.split(' ')[0] ?? ''))).toEqual([]);
});
