/** What opens on the page of a job: each is in front when it is looked at, and shuts nobody out, light and dark. */
import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { completed, submitCsv } from '../cloud/jobs.ts';
import { isInFront, scrollsSideways, seriousFaults } from './accessible.ts';
import { dialogOf } from './steps.ts';
import { tenantOf } from './tenant.ts';
import { useBrowser } from './world.ts';

const world = useBrowser({ guests: 200, seed: 67 });
const tenant = tenantOf(world);

const LOOKS = [{}, { dark: true }, { width: 480, height: 600 }, { width: 320, height: 600, dark: true }];

const submit = (guests: readonly { readonly id: string }[], query: Record<string, string> = {}) =>
  submitCsv(
    world.cloud.api,
    `user\n${guests.map(({ id }) => `${id}\n`).join('')}`,
    `?${new URLSearchParams({ sendInvitationMessage: 'true', verify: 'false', ...query })}`,
  );

async function shutsNobodyOut(popup: Locator): Promise<void> {
  const page = popup.page();
  await isInFront(popup);
  await expect(seriousFaults(page)).resolves.toEqual([]);
  await expect(scrollsSideways(page)).resolves.toBe(false);
  expect(await popup.evaluate(outOfSight)).toEqual([]);
  await page.keyboard.press('Escape');
  await popup.waitFor({ state: 'hidden' });
}

/** What one would have to scroll to before reading, up to the first words or sideways, and what has no room at all. */
function outOfSight(popup: Element): string[] {
  const all = [popup, ...popup.querySelectorAll('*')];
  const scrolled = all
    .filter((each) => /auto|scroll|hidden/.test(getComputedStyle(each).overflow) && each.clientWidth > 1)
    .filter((each) => each.scrollTop > 0 || each.scrollWidth > each.clientWidth);
  const squeezed = [...popup.querySelectorAll('a, button')].filter((each) => each.getBoundingClientRect().height < 10);
  return [...scrolled, ...squeezed].map(({ className, textContent }) => `${className}: ${textContent}`);
}

/** Opened and left by keys; the focus is back on what opened it. */
async function tryDialog(opener: Locator, title: string): Promise<void> {
  await opener.focus();
  await opener.press('Enter');
  const dialog = dialogOf(opener.page()).filter({ has: opener.page().getByRole('heading', { name: title }) });
  await shutsNobodyOut(dialog);
  await expect.poll(() => opener.evaluate((element) => element === document.activeElement)).toBe(true);
}

const button = (page: Page, name: string | RegExp) => page.getByRole('main').getByRole('button', { name }).first();

test('of a job that waits, and of one behind its canary', async () => {
  const later = new Date(Date.now() + 3_600_000).toISOString();
  const waiting = await submit(await tenant.take(22), { notBefore: later });
  const canary = await submit(await tenant.take(24), { pauseAfter: '2' });
  for (const look of LOOKS) {
    const page = await world.open(`/jobs/${waiting.id}`, look);
    await tryDialog(button(page, 'Pause'), 'Pause this job?');
    await tryDialog(button(page, 'Cancel job'), 'Cancel this job?');
    await page.goto(`${world.console}/jobs/${canary.id}?tab=guests`);
    await tryDialog(button(page, 'Go on'), 'Go on with the rest?');
    await tryDialog(button(page, 'Stop here'), 'Stop here?');
    const box = page.getByRole('combobox', { name: 'State' });
    await box.press('Enter');
    await shutsNobodyOut(page.getByRole('listbox').filter({ hasText: 'Waiting (22)' }));
    expect(await dialogOf(page).count()).toBe(0);
  }
});

test('of a job that has ended', async () => {
  const guests = await tenant.take(3);
  await tenant.change(guests[0]?.id ?? '', { roles: ['Reports Reader'] });
  const { id, completion } = await submit(guests);
  await completed(completion, 60);
  const [, redeemer] = guests;
  await tenant.order('POST', '/redeem', { userId: redeemer?.id });
  await fetch(`${world.cloud.api}/jobs/${id}/check`, { method: 'POST' });
  for (const look of LOOKS) {
    const page = await world.open(`/jobs/${id}?tab=causes`, look);
    await tryDialog(button(page, 'Who has redeemed?'), 'Look who has redeemed?');
    await tryDialog(button(page, 'Delete'), 'Delete this job?');
    await tryDialog(button(page, 'Try this one again'), 'Try 1 guest again?');
    await button(page, /^Show/).click();
    await tryDialog(page.getByRole('tabpanel').getByRole('button', { name: guests[0]?.id ?? '' }), guests[0]?.id ?? '');
    await page.getByRole('tab', { name: 'Redemption' }).click();
    await page.getByText('1 of 2 guests has redeemed').waitFor();
    await tryDialog(button(page, 'Remind those who have not'), 'Remind 1 guest?');
    expect(await dialogOf(page).count()).toBe(0);
  }
});
