import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withAzdEnvironment } from '../../../cli/azd-environment.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'azd-'));
  for (const name of ['dev', 'prod']) {
    mkdirSync(join(folder, '.azure', name), { recursive: true });
    writeFileSync(
      join(folder, '.azure', name, '.env'),
      `API_URL="https://${name}.example/api"\nGUEST_RESET_GRAPH_CLOUD="USGov"\n`,
    );
  }
  writeFileSync(join(folder, '.azure', 'config.json'), '{"version":1,"defaultEnvironment":"dev"}');
  writeFileSync(join(folder, '.env'), 'API_URL=https://elsewhere.example/api');
});
afterAll(() => rmSync(folder, { recursive: true }));

test.for([
  [
    "azd's default environment",
    {},
    { AZURE_ENV_NAME: 'dev', API_URL: 'https://dev.example/api', GRAPH_CLOUD: 'USGov' },
  ],
  [
    'the one that is named',
    { AZURE_ENV_NAME: 'prod' },
    { AZURE_ENV_NAME: 'prod', API_URL: 'https://prod.example/api' },
  ],
  [
    'what the environment says before it',
    { API_URL: 'https://own.example/api' },
    { API_URL: 'https://own.example/api' },
  ],
  ['a cloud of its own', { GRAPH_CLOUD: 'China' }, { GRAPH_CLOUD: 'China' }],
  ['nothing of one that is not there', { AZURE_ENV_NAME: 'test' }, { AZURE_ENV_NAME: 'test', API_URL: undefined }],
  ['nothing outside of its folder', { AZURE_ENV_NAME: '..' }, { API_URL: undefined }],
] as const)('the program knows %s', ([, env, expected]) => {
  const known = withAzdEnvironment(env, folder);
  for (const [name, value] of Object.entries(expected)) expect(known[name], name).toBe(value);
});

test('where azd has no environment, the environment is as it was', () => {
  expect(withAzdEnvironment({ PATH: '/bin' }, join(folder, 'nowhere'))).toEqual({
    PATH: '/bin',
    GRAPH_CLOUD: undefined,
  });
});
