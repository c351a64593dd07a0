/** The pages that explain problems, of an app that has no settings: whoever reads them needs them most. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { API_CODES } from '../../shared/domain/api/codes.ts';
import { SUBMISSION_CODES } from '../../shared/domain/submission/codes.ts';
import { startCloud, type TestCloud } from './cloud.ts';

const CODES = Object.entries({ ...API_CODES, ...SUBMISSION_CODES });

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startCloud({ env: { AZURE_TENANT_ID: 'none' } });
}, 60_000);
afterAll(async () => {
  await cloud?.stop();
});

/** As a browser reads it. */
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };
const textOf = (html: string): string =>
  html.replaceAll(/<[^>]*>/g, '').replaceAll(/&(\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole);

async function page(path: string) {
  const answer = await fetch(`${cloud.api}${path}`);
  return { answer, html: await answer.text() };
}

/** Where each link of a page leads. */
const linksOf = (html: string, from: string): string[] =>
  [...html.matchAll(/<a href="([^"]*)">/g)].map(([, link = '']) => new URL(link, from).href);

test.each(CODES)('the page of %s says what it means and what to do', async (code, { status, title, meaning, fix }) => {
  const { answer, html } = await page(`/problems/${code}`);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  expect(html).toContain(`<code>${code}</code>, HTTP status ${status}`);
  const text = textOf(html);
  expect(html.split('`')).toHaveLength(1);
  for (const said of [title, meaning, fix]) expect(text).toContain(said.replaceAll('`', ''));
  expect(html).toContain('<html lang="en">');
});

test('the list leads to the page of every code, and each page back to the list, with a slash at the end too', async () => {
  for (const path of ['/problems', '/problems/']) {
    const { answer, html } = await page(path);
    expect(answer.status).toBe(200);
    expect(linksOf(html, answer.url).toSorted()).toEqual(
      CODES.map(([code]) => `${cloud.api}/problems/${code}`).toSorted(),
    );
  }
  for (const path of ['/problems/missingRole', '/problems/missingRole/']) {
    const { answer, html } = await page(path);
    expect(linksOf(html, answer.url)).toEqual([`${cloud.api}/problems`]);
  }
});

test('a page loads nothing, runs nothing, sends nothing and tells nobody, and its own style is all it is allowed', async () => {
  for (const path of ['/problems', '/problems/missingRole']) {
    const { answer, html } = await page(path);
    const [, style = ''] = /<style>([^<]*)<\/style>/.exec(html) ?? [];
    const hash = createHash('sha256').update(style).digest('base64');
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-security-policy':
        `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; ` +
        "frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'public, max-age=3600',
    });
    expect(html).not.toMatch(/<(?:script|link|img|iframe|form|base)|\son\w+=|\sstyle=|src=|url\(|@import|https?:/i);
  }
});

test('a code in another case of letters has the same page', async () => {
  const { html } = await page('/problems/missingRole');
  expect((await page('/problems/MISSINGrole')).html).toBe(html);
  expect((await page('/PROBLEMS/missingrole')).html).toBe(html);
});

test.each([
  ['the code of a reset', 'outcomeUnknown', 'message and nextStep beside it'],
  ['the code of a stop', 'pausedByHand', 'message and nextStep beside it'],
  ['a letter too much', 'missingRoles', 'Did you mean missingRole?'],
  ['a letter too few', 'jobNotfond', 'Did you mean jobNotFound?'],
  ['markup', '%3Cscript%3Ealert(1)%3C%2Fscript%3E', 'the code "<script>alert(1)</script>".'],
  ['another path', '..%2f..%2fjobs', 'the code "../../jobs".'],
  ['a name of every object', '__proto__', 'the code "__proto__".'],
  ['another one', 'constructor', 'the code "constructor".'],
  ['a method of every object', 'toString', 'the code "toString".'],
  ['no character', '%00', 'the code " ".'],
  ['text that turns round', '%E2%80%AEedoc', 'the code " edoc".'],
  ['thousands of letters', 'm'.repeat(6_000), `the code "${'m'.repeat(57)}...".`],
])('%s is no code: the answer names the nearest, and the list', async (_name, code, said) => {
  const { answer, html } = await page(`/problems/${code}`);
  expect([answer.status, answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual([
    404,
    'application/problem+json',
    'no-store',
  ]);
  const { detail, type } = JSON.parse(html) as { detail: string; type: string };
  expect(detail).toContain(said);
  expect(detail).toContain('GET /api/problems lists all codes of problems.');
  expect(await (await fetch(new URL(type, cloud.api))).text()).toContain('<code>codeNotFound</code>');
});

test.each(['POST', 'DELETE', 'PUT'])('%s is not what a page takes', async (method) => {
  for (const path of ['/problems', '/problems/missingRole']) {
    const answer = await fetch(`${cloud.api}${path}`, { method });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET']);
  }
});
