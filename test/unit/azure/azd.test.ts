/** What azd is told: parameters, hooks, and the folder that it zips. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { COMMANDS } from '../../../cli/commands.ts';
import { SETS, evaluated } from '../../azure/evaluated.ts';

const all = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, name = '']) => name);
const azure = readFileSync('azure.yaml', 'utf8');
const main = readFileSync('infra/main.bicep', 'utf8');
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
const { parameters } = JSON.parse(readFileSync('infra/main.parameters.json', 'utf8')) as {
  parameters: Record<string, { value: string }>;
};

test('every parameter is a variable of azd, and stands in the table', () => {
  expect(Object.keys(parameters).toSorted()).toEqual(all(main, /^param (\w+)/gm).toSorted());
  const page = readFileSync('infra/README.md', 'utf8');
  for (const [name, { value }] of Object.entries(parameters)) {
    const variable = /^\$\{(\w+)\}$/.exec(value)?.[1];
    expect(page, name).toMatch(new RegExp(`\\| \`${variable}\` \\|`));
    // azd also takes variables of the shell: a name such as NODE_VERSION may be there for something else.
    expect(variable).toMatch(/^(?:AZURE_|GUEST_RESET_|API_CLIENT_ID$|ALERT_EMAIL$)/);
  }
});

test('only the name of the environment has no default, so azd asks for nothing else', () => {
  expect(all(main, /^param (\w+) [^=\n]+$/gm)).toEqual(['environmentName']);
});

test('azd zips the folder that is packed, and asks Azure to build nothing', () => {
  const folder = /^ {4}dist: (.+)$/m.exec(azure)?.[1] ?? '';
  expect(readFileSync('scripts/package.mjs', 'utf8')).toContain(`'${folder}'`);
  expect(azure).toContain('remoteBuild: false');
  // It would turn the choice above around.
  expect(existsSync('.funcignore')).toBe(false);
});

test('each hook runs alike on Windows and elsewhere, and names commands that are there', () => {
  const windows = all(azure, /windows: \{ shell: pwsh, run: ([^,}]+)/g).map((line) => line.trim());
  const posix = all(azure, /posix: \{ shell: sh, run: ([^,}]+)/g).map((line) => line.trim());
  expect(windows.map((line) => line.replace(/^npm\.cmd /, 'npm '))).toEqual(posix);
  expect(azure.match(/\brun: /g)).toHaveLength(2 * posix.length);
  const named = all(posix.join('\n'), /^npm run -s ([\w:-]+)/gm);
  expect(named).toEqual(['package', 'guest-reset', 'guest-reset', 'doctor']);
  expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
  expect(all(posix.join('\n'), /^node (\S+)/gm).filter((file) => !existsSync(file))).toEqual([]);
});

test('each hook names a command of the program, with options that it has', () => {
  const lines = all(azure, /posix: \{ shell: sh, run: npm run -s ([^,}]+)/g).map((line) => line.trim());
  expect(lines).toEqual(['package', 'guest-reset -- setup app', 'guest-reset -- setup', 'doctor -- --wait']);
  expect(COMMANDS.map(({ name }) => name)).toEqual(expect.arrayContaining(['setup app', 'setup', 'doctor']));
  expect(COMMANDS.find(({ name }) => name === 'doctor')?.usage).toContain('--wait');
});

test('what the template needs registered is looked at before, and Microsoft.App with it', () => {
  const looked = all(readFileSync('infra/hooks/providers.mjs', 'utf8'), /^ {2}'(Microsoft\.\w+)',$/gm);
  const made = SETS.flatMap((set) => evaluated(set).predictedResources).map(({ type }) => type.split('/')[0] ?? '');
  const builtIn = 'Microsoft.Authorization';
  expect(looked).toEqual([...new Set([...made, 'Microsoft.App'])].filter((name) => name !== builtIn).toSorted());
});
