/** Who opens the console signs in, with the library's real code, at the simulator's page; and stays, or is told. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { scrollsSideways, seriousFaults } from './accessible.ts';
import { heading } from './steps.ts';
import { useBrowser } from './world.ts';

const world = useBrowser({ guests: 50, auth: true });

const choose = (page: Page, name: string): Promise<void> =>
  page.getByRole('button', { name: new RegExp(`^${name}@`) }).click();
const go = (page: Page, name: string): Promise<void> =>
  page.getByRole('navigation').getByRole('link', { name, exact: true }).click();

/** Nobody takes the token that the page holds any more, though it has not run out. */
const spoilToken = (page: Page): Promise<void> =>
  page.evaluate(() => {
    for (const [key, text] of Object.entries(sessionStorage)) {
      if (!key.includes('accesstoken')) continue;
      const kept = JSON.parse(text) as { secret: string };
      sessionStorage.setItem(key, JSON.stringify({ ...kept, secret: `${kept.secret.slice(0, -8)}AAAAAAAA` }));
    }
  });

test('an address that somebody was sent leads there after the sign-in, and says who one is', async () => {
  const page = await world.open('/jobs?mine=1');
  await choose(page, 'ada');
  await heading(page, 'Jobs').waitFor();
  expect(page.url()).toBe(`${world.console}/jobs?mine=1`);
  expect(await page.getByRole('banner').innerText()).toContain('ada@contoso.example');
  // Nothing of it outlives the tab.
  expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('token')))).toEqual([]);
  await page.reload();
  await heading(page, 'Jobs').waitFor();
});

test('whoever has signed in here has the library for it on its way before the page knows how to sign in', async () => {
  const page = await world.open('/');
  await choose(page, 'ada');
  await heading(page, 'New reset').waitFor();
  let isAsked = false;
  await page.route('**/console/config.json', async (route) => {
    isAsked = await library;
    await route.continue();
  });
  const library = page
    .waitForRequest((request) => request.url().includes('/assets/entra-'), { timeout: 10_000 })
    .then(
      () => true,
      () => false,
    );
  await page.reload();
  await heading(page, 'New reset').waitFor();
  expect(isAsked).toBe(true);
});

test('a token that is refused is renewed without a word', async () => {
  const page = await world.open('/');
  await choose(page, 'ada');
  await heading(page, 'New reset').waitFor();
  await spoilToken(page);
  const answers: number[] = [];
  page.on('response', (answer) => {
    if (answer.url().startsWith(`${world.cloud.api}/jobs`)) answers.push(answer.status());
  });
  await go(page, 'Jobs');
  await expect.poll(() => answers.slice(0, 2)).toEqual([401, 200]);
  await heading(page, 'Jobs').waitFor();
});

test('where only signing in again helps, the browser goes there and comes back to the page', async () => {
  const page = await world.open('/');
  await choose(page, 'ada');
  await heading(page, 'New reset').waitFor();
  await spoilToken(page);
  await fetch(`${world.cloud.graph}/_sim/sign-ins`, { method: 'DELETE' });
  await go(page, 'Jobs');
  await choose(page, 'chiara');
  await page.getByText('You have signed in again.').waitFor();
  expect(page.url()).toBe(`${world.console}/jobs`);
  expect(await page.getByRole('banner').innerText()).toContain('chiara@contoso.example');
  await expect(seriousFaults(page)).resolves.toEqual([]);
});

test('whoever signs out is nobody here, whoever was signed in before', async () => {
  const page = await world.open('/tenant');
  await choose(page, 'ben');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: /^ada@/ }).waitFor();
  await page.goto(`${world.console}/tenant`);
  await page.getByRole('button', { name: /^ada@/ }).waitFor();
  expect(new URL(page.url()).origin).toBe(world.cloud.graph);
});

test('whoever has no role is told which there are, and how to get one', async () => {
  const page = await world.open('/', { width: 400 });
  await choose(page, 'david');
  await heading(page, 'You have no role here').waitFor();
  const words = await page.getByRole('main').innerText();
  for (const word of ['Submit', 'Read', 'Manage', 'app registration', 'david@contoso.example', 'setup grant'])
    expect(words).toContain(word);
  expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
  await expect(seriousFaults(page)).resolves.toEqual([]);
  await expect(scrollsSideways(page)).resolves.toBe(false);
});

test('whoever thinks better of it, or comes back by "back", may sign in once more', async () => {
  const page = await world.open('/jobs');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await heading(page, 'You are not signed in').waitFor();
  await expect(seriousFaults(page)).resolves.toEqual([]);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('button', { name: /^ada@/ }).waitFor();
  // The page begins anew, and leaves at once: the way back is interrupted.
  await page.goBack().catch(() => undefined);
  await choose(page, 'ada');
  await heading(page, 'Jobs').waitFor();
});

test('where the browser keeps nothing for the page it says so, and does not send one to sign in without end', async () => {
  const page = await world.open('/');
  await choose(page, 'ada');
  await heading(page, 'New reset').waitFor();
  await page.addInitScript(() => {
    for (const name of ['sessionStorage', 'localStorage'])
      Object.defineProperty(globalThis, name, {
        get: () => {
          throw new DOMException('Access is denied for this document.', 'SecurityError');
        },
      });
  });
  await page.reload();
  await page.getByText('This browser keeps nothing for this page', { exact: false }).waitFor();
  await expect(seriousFaults(page)).resolves.toEqual([]);
});
