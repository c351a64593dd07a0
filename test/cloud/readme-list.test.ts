/** The README's way from a list to its results, at the command line. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { startCloud } from './cloud.ts';
import { json } from './jobs.ts';

const run = promisify(execFile);
const README = readFileSync('README.md', 'utf8');
/** The block that names the service and runs the program. */
const [, lines = ''] = /```sh\n(export GUEST_RESET_URL=[^`]*)```/.exec(README) ?? [];
const END = { timeout: 120_000 };

test('the lines of the README rehearse an export, reset its first five guests and stop', END, async () => {
  await using cloud = await startCloud({ guests: 1000, seed: 1 });
  const [address = '', rehearse = '', submit = ''] = lines
    .replace('http://localhost:7071/api', cloud.api)
    .trim()
    .split('\n');
  /** Runs the line, and fails where it ends with another code. */
  const ends = async (line: string, code: number): Promise<string> => {
    const script = `${address}\n${line} || code=$?\ntest "\${code:-0}" = ${code}`;
    return (await run('bash', ['-uc', script])).stdout;
  };
  const mails = async (): Promise<number> => (await json<unknown[]>(`${cloud.graph}/_sim/mails`)).body.length;

  expect(await ends(rehearse, 3)).toContain('38 would be mailed');
  expect(await mails()).toBe(0);
  // Here nobody sits at a terminal who could be asked.
  expect(await ends(`${submit} --yes`, 4)).toMatch(/done +5 of 40: succeeded 5/);
  expect(await mails()).toBe(5);
});
