/** The built app itself: what it loads at its start, and what minifying it has to leave alone. */
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from 'vitest';
import type { LoadedBundle } from '../fixtures/load-bundle.ts';

const require = createRequire(import.meta.url);
const LOADER = fileURLToPath(new URL('../fixtures/load-bundle.ts', import.meta.url));
const BUNDLE = fileURLToPath(new URL('../../../dist/main.cjs', import.meta.url));

let loaded: LoadedBundle;
beforeAll(async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [LOADER, BUNDLE], { env: { NODE_NO_WARNINGS: '1' } });
  loaded = JSON.parse(stdout) as LoadedBundle; // Written by our own fixture.
});

test('what waits for its first use is in files of its own, and these are not read at the start', () => {
  expect(loaded.functions).toContain('submitJob');
  expect(loaded.required).toContain('node:https');
  expect(loaded.required.filter((name) => name.startsWith('./'))).toEqual([]);
  // What the SDKs of identity and of Service Bus ask for as soon as they are evaluated.
  expect(loaded.required.filter((name) => /^(node:)?(child_process|dns|fs)$/.test(name))).toEqual([]);
});

test('each of these files names what the runtime takes from it', () => {
  const exportsOf = (file: string): string[] => Object.keys(require(`../../../dist/${file}.cjs`) as object);
  expect({
    identity: exportsOf('identity'),
    graph: exportsOf('graph'),
    serviceBus: exportsOf('service-bus'),
  }).toMatchObject({
    identity: ['appIdentity'],
    graph: ['connectGraph'],
    serviceBus: expect.arrayContaining(['connectQueue']),
  });
});

test('errors keep the names of their classes, and stack traces those of functions, which is what the log tells', () => {
  expect(JSON.parse(loaded.line)).toMatchObject({
    event: 'deliveryFailed',
    error: 'ConfigError',
    where: expect.stringMatching(/^readConfig:readConfigNow/),
  });
});
