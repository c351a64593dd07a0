/** Nothing of a page waits for what could have been on its way before, and nothing that is there is waited for. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { heading } from './steps.ts';
import { useBrowser } from './world.ts';

const world = useBrowser({ guests: 50 });

const WAITING = 'The page is on its way';

/** Has the page, now or when it begins next, note that it says it waits for its own file. */
const watch = (words: string): void =>
  new MutationObserver(() => {
    if (document.body?.textContent.includes(words)) document.documentElement.dataset['waited'] = 'yes';
  }).observe(document, { childList: true, subtree: true, characterData: true });
const hasWaited = async (page: Page): Promise<boolean> =>
  (await page.locator('html').getAttribute('data-waited')) === 'yes';

/** @returns comes to an end when the file of a page, and all that it needs, has come */
async function pageFile(page: Page): Promise<void> {
  const open = new Set<string>();
  await new Promise<void>((resolve) => {
    let isThere = false;
    page.on('request', (request) => {
      if (request.url().includes('/assets/')) open.add(request.url());
    });
    page.on('requestfinished', (request) => {
      open.delete(request.url());
      isThere ||= request.url().includes('/assets/page-');
      if (isThere && open.size === 0) resolve();
    });
  });
}

test('how to sign in is asked before the first script has come, and once', async () => {
  const page = await world.open('/jobs');
  await heading(page, 'Jobs').waitFor();
  let asked = 0;
  page.on('request', (request) => {
    if (request.url().endsWith('/console/config.json')) asked++;
  });
  const early = page
    .waitForRequest('**/console/config.json', { timeout: 10_000 })
    .then(() => 'before the script')
    .catch(() => 'not before the script');
  await page.route('**/assets/index-*.js', async (route) => {
    await early;
    await route.continue();
  });
  await page.reload();
  await heading(page, 'Jobs').waitFor();
  expect(await early).toBe('before the script');
  expect(asked).toBe(1);
});

test('a page whose file is there when it is known who looks is shown at once', async () => {
  const page = await world.open('/jobs');
  await heading(page, 'Jobs').waitFor();
  const file = pageFile(page);
  await page.route('**/api/me', async (route) => {
    await file;
    await route.continue();
  });
  await page.addInitScript(watch, WAITING);
  await page.reload();
  await heading(page, 'Jobs').waitFor();
  expect(await hasWaited(page)).toBe(false);
});

test.each(['the mouse', 'the keyboard'])('a page is fetched when %s points at the way to it', async (pointer) => {
  const page = await world.open('/jobs');
  await heading(page, 'Jobs').waitFor();
  await page.waitForLoadState('networkidle');
  await page.evaluate(watch, WAITING);
  const file = pageFile(page);
  const link = page.getByRole('navigation').getByRole('link', { name: 'Tenant' });
  await (pointer === 'the mouse' ? link.hover() : link.focus());
  await file;
  await link.press('Enter');
  await heading(page, 'Tenant').waitFor();
  expect(await hasWaited(page)).toBe(false);
});
