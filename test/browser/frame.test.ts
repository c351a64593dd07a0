/** What is around each page. */
import { expect, test } from 'vitest';
import { scrollsSideways, seriousFaults } from './accessible.ts';
import { useBrowser } from './world.ts';

const world = useBrowser({ guests: 50 });

test.each([
  ['/', 'New reset'],
  ['/jobs', 'Jobs'],
  ['/guests', 'Guests'],
  ['/tenant', 'Tenant'],
])('%s is a page with one heading, which has the focus, and nothing that shuts people out', async (path, title) => {
  for (const look of [{}, { dark: true }, { width: 400 }, { width: 400, dark: true }]) {
    const page = await world.open(path, look);
    const heading = page.getByRole('heading', { level: 1 });
    await heading.waitFor();
    expect(await heading.allTextContents()).toEqual([title]);
    expect(await heading.evaluate((element) => element === document.activeElement)).toBe(true);
    await expect(seriousFaults(page)).resolves.toEqual([]);
    await expect(scrollsSideways(page)).resolves.toBe(false);
  }
});

test('light and dark follow the system until one is chosen, which is kept, and there is a way back', async () => {
  const page = await world.open('/guests');
  const select = page.getByRole('combobox', { name: 'Theme' });
  const isDark = () => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme === 'dark');
  const paper = () =>
    page.locator('main').evaluate((main) => getComputedStyle(main.parentElement ?? main).backgroundColor);
  const light = await paper();
  expect(await select.inputValue()).toBe('system');
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(isDark).toBe(true);
  const dark = await paper();
  expect(dark).not.toBe(light);

  await select.focus();
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => select.inputValue()).toBe('light');
  await expect.poll(isDark).toBe(false);
  expect(await paper()).toBe(light);
  await page.reload();
  await expect.poll(isDark).toBe(false);
  await page.emulateMedia({ colorScheme: 'light' });
  await select.selectOption('Dark');
  await expect.poll(isDark).toBe(true);
  await page.reload();
  await expect.poll(() => select.inputValue()).toBe('dark');
  expect([await isDark(), await paper()]).toEqual([true, dark]);
  await expect(seriousFaults(page)).resolves.toEqual([]);

  await select.selectOption('System');
  await expect.poll(isDark).toBe(false);
  await page.reload();
  await expect.poll(() => select.inputValue()).toBe('system');
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(isDark).toBe(true);
});

test('an address that is none says so, also where it is a word that each object knows', async () => {
  for (const word of ['nowhere', 'constructor', 'toString', '__proto__']) {
    const page = await world.open(`/${word}`);
    const heading = page.getByRole('heading', { level: 1 });
    await heading.waitFor();
    expect([word, await heading.textContent()]).toEqual([word, 'No such page']);
  }
});

test('the navigation leads to each page, and says which one this is', async () => {
  const page = await world.open();
  for (const name of ['Jobs', 'Guests', 'Tenant', 'New reset']) {
    await page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
    await page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
    const here = page.getByRole('navigation').locator('[aria-current="page"]');
    expect(await here.allTextContents()).toEqual([name]);
  }
});

test.each([
  ['/guests/%00', 'Guests'],
  ['/guests/%E0%A4%A', 'Guests'],
  ['/guests/..%2f..%2fmain.cjs', 'Guests'],
  ['/guests?q=%E0%A4%A', 'Guests'],
  ['/%E0%A4%A', 'No such page'],
  ['/no/such/page', 'No such page'],
])('an address that means nothing, %s, is told in words on the page of the console', async (path, title) => {
  const page = await world.open(path);
  await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
  if (title === 'Guests') await page.getByText('That is no object id, no UPN and no mail address').waitFor();
  expect(await page.getByText('This page has a fault').count()).toBe(0);
  await page.getByRole('navigation').getByRole('link', { name: 'Jobs', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Jobs', exact: true }).waitFor();
});

test.each(['/jobs/%00', '/jobs/%E0%A4%A', '/rehearsals/%E0%A4%A', '/jobs/..%2f..%2fmain.cjs'])(
  'of a job that cannot be, %s, the page says so',
  async (path) => {
    const page = await world.open(path);
    await page.getByRole('alert').waitFor();
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await page.getByText('This page has a fault').count()).toBe(0);
  },
);
