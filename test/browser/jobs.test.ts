/** All jobs in a list: how they are told from each other, and what the address may ask for. */
import type { Locator } from 'playwright-core';
import { expect, test } from 'vitest';
import { completed, submitCsv } from '../cloud/jobs.ts';
import { isInFront, scrollsSideways, seriousFaults } from './accessible.ts';
import { tenantOf } from './tenant.ts';
import { useBrowser } from './world.ts';

const world = useBrowser({ guests: 100, seed: 61 });
const tenant = tenantOf(world);

async function ended(guests: readonly { readonly id: string }[], query: Record<string, string> = {}): Promise<string> {
  const list = `user\n${guests.map(({ id }) => `${id}\n`).join('')}`;
  const search = new URLSearchParams({ sendInvitationMessage: 'true', verify: 'false', ...query });
  const { id, completion } = await submitCsv(world.cloud.api, list, `?${search}`);
  await completed(completion, 60);
  return id;
}

/** Where the words end, in pixels from the left. */
const endOfWords = (locator: Locator): Promise<number> =>
  locator.evaluate((element) => {
    const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    let right = 0;
    while (texts.nextNode() !== null) {
      range.selectNodeContents(texts.currentNode);
      right = range.getBoundingClientRect().right;
    }
    return right;
  });

const NOBODY = { id: 'nobody@northwind.example' };

test('each job is called by its reason, or by its size and when, with what came of it; rows are even', async () => {
  const guests = await tenant.take(12);
  const done = await ended(guests);
  // They were reset a moment ago.
  const skipped = await ended(guests.slice(0, 2));
  const rehearsal = await ended([...(await tenant.take(1)), NOBODY], { dryRun: 'true' });
  const long = await ended(await tenant.take(1), {
    reason: `CHG-51 ${'Fabrikam has moved to a new tenant. '.repeat(4)}`,
  });
  const page = await world.open('/jobs?kind=both');
  const row = (id: string) => page.getByRole('row').filter({ has: page.locator(`a[href$="/${id}"]`) });
  await row(done)
    .getByRole('link', { name: /^12 guests, \d+ \w{3} \d\d:\d\d$/ })
    .waitFor();
  await row(done).getByText('Completed', { exact: true }).waitFor();
  await row(skipped).getByText('All skipped', { exact: true }).waitFor();
  await row(rehearsal).getByText('1 of 2 would be reset', { exact: true }).waitFor();
  expect((await row(rehearsal).innerText()).match(/rehearsal/gi)).toEqual(['rehearsal']);

  const numbers = page
    .getByRole('row')
    .locator(':nth-child(3)')
    .filter({ hasText: /^Done$|^[\d,]+ of [\d,]+$/ });
  const ends = await Promise.all((await numbers.all()).map(endOfWords));
  expect(ends).toHaveLength(5);
  expect(Math.max(...ends) - Math.min(...ends)).toBeLessThan(1);
  const heights = await Promise.all(
    [done, skipped, rehearsal, long].map(async (id) => (await row(id).boundingBox())?.height ?? 0),
  );
  expect(new Set(heights.slice(0, 3)).size).toBe(1);
  // Of several lines the first stands on the line of the row.
  const top = (locator: Locator) => locator.evaluate((element) => element.getClientRects()[0]?.top ?? 0);
  const [reason, when] = [row(long).getByRole('link').locator('bdi'), row(long).getByRole('cell').last()];
  expect(heights[3]).toBeGreaterThan(heights[0] ?? 0);
  expect(Math.abs((await top(reason)) - (await top(when)) - 12)).toBeLessThan(3);
});

test('an address that asks for what there is not is refused, not shortened', async () => {
  await ended(await tenant.take(1), { reason: 'CHG-52' });
  const page = await world.open();
  const asked: string[] = [];
  page.on('request', (request) => void (/\/api\/jobs\?/.test(request.url()) && asked.push(request.url())));
  await page.goto(`${world.console}/jobs?status=bogus,completed&stauts=failed`);
  const said = page.getByRole('alert');
  await said.getByText('There is no state “bogus”.').waitFor();
  await said.getByText('Jobs have no “stauts” to choose by.').waitFor();
  expect([asked, await page.getByRole('table').count()]).toEqual([[], 0]);
  await expect(seriousFaults(page)).resolves.toEqual([]);
  await said.getByRole('link', { name: 'all jobs' }).click();
  await page.getByRole('link', { name: 'CHG-52' }).waitFor();
  expect([await said.count(), asked.length]).toEqual([0, 1]);
});

test('the conditions are chosen by keys, stand in the address, and what opens shuts nobody out', async () => {
  for (const look of [{}, { dark: true }, { width: 480 }, { width: 320, dark: true }]) {
    const page = await world.open('/jobs?kind=both', look);
    await page.getByText('All skipped').first().waitFor();
    for (const name of ['Submitted by', 'Kind', 'State']) {
      const box = page.getByRole('combobox', { name });
      await box.focus();
      await page.keyboard.press('Enter');
      // Where several may be chosen it is a menu.
      const list = page.getByRole(name === 'State' ? 'menu' : 'listbox');
      await isInFront(list);
      await expect(seriousFaults(page)).resolves.toEqual([]);
      await expect(scrollsSideways(page)).resolves.toBe(false);
      await page.keyboard.press('Escape');
      await list.waitFor({ state: 'hidden' });
    }
    await page.getByRole('combobox', { name: 'Kind' }).click();
    await page.getByRole('option', { name: 'Rehearsals', exact: true }).click();
    await page.getByRole('combobox', { name: 'State' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Some cannot be reset' }).click();
    await page.waitForURL(/kind=rehearsals/);
    expect(new URL(page.url()).searchParams.get('status')).toBe('completedWithErrors');
    await page.keyboard.press('Escape');
    await page.getByText('1 of 2 would be reset').waitFor();
    expect(await page.getByText('All skipped').count()).toBe(0);
  }
});
