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

test('the navigation leads to each page, and says which one this is', async () => {
  const page = await world.open();
  for (const name of ['Jobs', 'Guests', 'Tenant', 'New reset']) {
    await page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
    await page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
    const here = page.getByRole('navigation').locator('[aria-current="page"]');
    expect(await here.allTextContents()).toEqual([name]);
  }
});
