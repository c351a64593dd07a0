/** The built app itself: what it loads at its start, and what minifying it has to leave alone. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from 'vitest';
import type { LoadedBundle } from './fixtures/load-bundle.ts';

const LOADER = fileURLToPath(new URL('fixtures/load-bundle.ts', import.meta.url));
const BUNDLE = fileURLToPath(new URL('../../dist/main.cjs', import.meta.url));

let loaded: LoadedBundle;
beforeAll(async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [LOADER, BUNDLE], { env: { NODE_NO_WARNINGS: '1' } });
  loaded = JSON.parse(stdout) as LoadedBundle; // Written by our own fixture.
});

test('the code that waits for its first use does wait in the one file that everything is in', () => {
  expect(loaded.functions).toContain('submitJob');
  expect(loaded.required).toContain('node:https');
  // What the SDKs of identity and of Service Bus ask for as soon as they are evaluated.
  expect(loaded.required.filter((name) => /^(node:)?(child_process|dns|fs)$/.test(name))).toEqual([]);
});

test('errors keep the names of their classes, and stack traces those of functions', () => {
  expect(loaded.error.className).toBe('ConfigError');
  expect(loaded.error.stack).toMatch(/at readConfig .*\n.*at readConfigNow /);
});
