/** The file that `results -o` writes: whole or not at all, its owner's alone, and where it cannot be, why. */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { scriptedServer, type Play, type ScriptedServer } from '../client/scripted-server.ts';
import { ID, runAgainst } from './scripted-program.ts';

let server: ScriptedServer;
let folder = '';
beforeEach(async () => {
  server = await scriptedServer();
  folder = mkdtempSync(join(tmpdir(), 'results-'));
});
afterEach(async () => {
  rmSync(folder, { recursive: true, force: true });
  await server.close();
});
const write = (output: string, more: Parameters<typeof runAgainst>[2] = {}) =>
  runAgainst(server.url, ['results', ID, '-o', output], { ...more, env: { GUEST_RESET_TOKEN: 'e30.e30.x' } });
const csv: Play = (response) => void response.writeHead(200, { 'Content-Type': 'text/csv' }).end('user\na\n');
/** Half of it, and then nothing. */
const begins: Play = (response) =>
  void response.writeHead(200, { 'Content-Type': 'text/csv', 'Content-Length': '100' }).write('user\n');

test('what was left beside it by somebody else is neither read nor kept, whatever it was', async () => {
  const output = join(folder, 'results.csv');
  writeFileSync(`${output}.part`, 'old and longer than the new one');
  chmodSync(`${output}.part`, 0o644);
  server.plays = [csv, csv];
  expect(await write(output)).toMatchObject({ code: 0 });
  expect(readFileSync(output, 'utf8')).toBe('user\na\n');
  expect(statSync(output).mode & 0o777).toBe(0o600);
  const theirs = join(folder, 'theirs');
  writeFileSync(theirs, 'theirs');
  symlinkSync(theirs, `${output}.part`);
  expect(await write(output)).toMatchObject({ code: 0 });
  expect(readFileSync(theirs, 'utf8')).toBe('theirs');
  expect(readdirSync(folder).toSorted()).toEqual(['results.csv', 'theirs']);
});

test('a folder that is not there, one in place of the file, and what is no file are named before it asks', async () => {
  const absent = join(folder, 'absent', 'results.csv');
  expect(await write(absent)).toMatchObject({
    code: 2,
    err: expect.stringContaining(`There is no folder ${join(folder, 'absent')}`),
  });
  mkdirSync(join(folder, 'results.csv'));
  expect(await write(join(folder, 'results.csv'))).toMatchObject({
    code: 2,
    err: expect.stringContaining('is a folder'),
  });
  expect(await write('/dev/null')).toMatchObject({ code: 2, err: expect.stringContaining('is no file') });
  expect(server.asked).toEqual([]);
});

test('where it cannot be written the cause is said, and that nothing is there', async () => {
  const output = join(folder, 'results.csv');
  mkdirSync(`${output}.part`);
  server.plays = [csv];
  const told = await write(output);
  expect(told).toMatchObject({ code: 1, err: expect.stringContaining(`${output} was not written`) });
  expect(told.err).toContain('.part');
  expect(existsSync(output)).toBe(false);
});

test('an answer that breaks off leaves no file, and says that it did', async () => {
  const output = join(folder, 'results.csv');
  server.plays = [
    (response, request) => {
      begins(response, request);
      setTimeout(() => request.socket.destroy(), 30);
    },
  ];
  expect(await write(output)).toMatchObject({ code: 1, err: expect.stringContaining('did not arrive whole') });
  expect(readdirSync(folder)).toEqual([]);
});

test.each([
  ['application/json', '{"hello":1}'],
  ['text/html', '<p>Sign in</p>'],
  ['application/x-ndjson', '{}\n'],
])('an answer that is %s, where a CSV was asked for, is written nowhere', async (type, body) => {
  server.plays = [(response) => void response.writeHead(200, { 'Content-Type': type }).end(body)];
  const told = await write(join(folder, 'results.csv'));
  expect(told).toMatchObject({ code: 1, err: expect.stringContaining('Not the API has answered') });
  expect(readdirSync(folder)).toEqual([]);
});

test('Ctrl-C leaves no file, and ends as Ctrl-C does', async () => {
  const controller = new AbortController();
  server.plays = [
    (response, request) => {
      begins(response, request);
      setTimeout(() => controller.abort(), 30);
    },
  ];
  const told = await write(join(folder, 'results.csv'), { interruption: () => controller.signal });
  expect(told).toMatchObject({ code: 130, err: expect.stringContaining('Interrupted') });
  expect(readdirSync(folder)).toEqual([]);
});
