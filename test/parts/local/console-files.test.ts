/** The console as a browser gets it: which paths are files, in which form, and what may be kept. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { filesOf } from '../../../shared/entry/http/console/files.ts';
import { policyOf } from '../../../shared/entry/http/console/policy.ts';
import { signInOf } from '../../../shared/entry/http/console/sign-in.ts';

const folder = mkdtempSync(join(tmpdir(), 'console-'));
const SCRIPT = 'console.log("a");'.repeat(100);
beforeAll(() => {
  const root = join(folder, 'console');
  mkdirSync(join(root, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'main.cjs'), 'secret');
  writeFileSync(join(root, 'index.html'), '<!doctype html>');
  writeFileSync(join(root, 'assets/a-1.js'), SCRIPT);
  writeFileSync(join(root, 'assets/a-1.js.br'), brotliCompressSync(SCRIPT));
  writeFileSync(join(root, 'assets/a-1.js.gz'), gzipSync(SCRIPT));
});
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, accept: string | null = null) => filesOf(join(folder, 'console'))(name, accept);

test.each([
  ['br, gzip', 'br'],
  ['gzip;q=1.0, br;q=0.5', 'br'],
  ['gzip, br;q=0', 'gzip'],
  ['*', 'br'],
  ['BR', 'br'],
  ['identity', undefined],
  ['*;q=0', undefined],
  ['br;q=nonsense', undefined],
  ['', undefined],
  [null, undefined],
])('who accepts %j gets it in the form %s', (accept, encoding) => {
  expect(file('assets/a-1.js', accept)?.encoding).toBe(encoding);
});

test('the forms have the same content, and each its own tag', () => {
  const forms = ['br', 'gzip', null].map((accept) => file('assets/a-1.js', accept));
  expect(new Set(forms.map((form) => form?.etag)).size).toBe(3);
  expect(brotliDecompressSync(forms[0]?.bytes ?? new Uint8Array()).toString()).toBe(SCRIPT);
  expect(Buffer.from(forms[2]?.bytes ?? []).toString()).toBe(SCRIPT);
});

test.each([
  '../main.cjs',
  '..%2fmain.cjs',
  'assets/../../main.cjs',
  '/etc/passwd',
  'assets',
  '',
  'assets/a-1.js.br',
  '\0',
])('%j is no file', (name) => {
  expect(file(name, 'br')).toBeUndefined();
});

test('a build without the console has no files', () => {
  expect(filesOf(join(folder, 'nothing'))('index.html', null)).toBeUndefined();
});

test('the policy lets the page ask this app, and the sign-in service where there is one; nothing else is anybody’s', () => {
  expect(policyOf(undefined)).toContain("connect-src 'self';");
  expect(policyOf('https://login.example')).toContain("connect-src 'self' https://login.example;");
  expect(policyOf(undefined)).not.toMatch(/unsafe|\*|https?:/);
});

const PLATFORM = { by: 'platform', tenantId: 't', clientId: 'c', issuers: [] } as const;
test('people sign in at the cloud of the settings; a sign-in that speaks http stands behind a name of https', () => {
  const settings = { authentication: PLATFORM, tenantId: 't', apiClientId: 'c' };
  expect(signInOf({ ...settings, loginUrl: 'https://login.example' })).toEqual({
    signIn: 'entra',
    clientId: 'c',
    scope: 'api://c/access_as_user',
    authority: 'https://login.example/t',
  });
  const local = signInOf({ ...settings, loginUrl: 'http://localhost:7072' });
  expect(local).toMatchObject({ authority: 'https://login.localhost/t/v2.0', knownAuthorities: ['login.localhost'] });
  expect(local).toHaveProperty(
    'authorityMetadata',
    expect.stringContaining('http://localhost:7072/t/oauth2/v2.0/token'),
  );
});

test.each([
  [{ by: 'development', allowedHosts: [] } as const, { signIn: 'none' }],
  [{ by: 'nobody' } as const, undefined],
])('by %j the console says %j', (authentication, said) => {
  expect(signInOf({ authentication, loginUrl: 'https://login.example', tenantId: 't' })).toEqual(said);
});
