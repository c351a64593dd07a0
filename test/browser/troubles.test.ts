/** What happens around a page while somebody works on it: the line, the service, colleagues, a new version. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { completed, submitCsv } from '../cloud/jobs.ts';
import { scrollsSideways, seriousFaults } from './accessible.ts';
import { atJob, confirm, dialogOf, rehearse, standing, state } from './steps.ts';
import { mailsEach, tenantOf, type Guest } from './tenant.ts';
import { useBrowser } from './world.ts';

const world = useBrowser({ guests: 200, seed: 37, env: { RESETS_PER_SECOND: '8' } });
const tenant = tenantOf(world);

const submit = (guests: readonly Guest[], query: Record<string, string> = {}) =>
  submitCsv(
    world.cloud.api,
    `user\n${guests.map(({ id }) => `${id}\n`).join('')}`,
    `?${new URLSearchParams({ sendInvitationMessage: 'true', ...query })}`,
  );

const later = (): string => new Date(Date.now() + 3_600_000).toISOString();

const lostBar = (page: Page) => page.getByRole('group').filter({ hasText: 'The service does not answer.' });

test('a lost line is said, what was seen stays, and the page goes on by itself when it is back', async () => {
  const guests = await tenant.take(40);
  const { completion } = await submit(guests);
  for (const look of [{}, { width: 480, dark: true }]) {
    const page = await world.open(`/jobs/${completion.split('/').at(-2)}`, look);
    await page.getByText(/\d of 40 done/).waitFor();
    await page.context().setOffline(true);
    await lostBar(page).waitFor();
    await page.getByText(/\d of 40 done/).waitFor();
    await expect(seriousFaults(page)).resolves.toEqual([]);
    await expect(scrollsSideways(page)).resolves.toBe(false);
    await completed(completion, 60);
    await page.context().setOffline(false);
    await lostBar(page).waitFor({ state: 'hidden' });
    await state(page, 'Completed');
    expect(await standing(page)).toEqual({ reset: 40 });
  }
  expect(await tenant.mails(guests)).toEqual(mailsEach(guests, 1));
});

test('what is asked for while the service is away is done when it is there again, once', async () => {
  const guests = await tenant.take(2);
  const page = await world.open();
  await page.getByLabel('Guests', { exact: true }).fill(guests.map(({ mail }) => mail).join('\n'));
  await page.getByRole('button', { name: 'Take these' }).click();
  await rehearse(page);
  await page.getByRole('radio', { name: 'Microsoft mails each guest' }).check();
  await page.route('**/api/**', (route) => route.abort());
  await page.getByRole('button', { name: 'Reset 2 guests' }).click();
  await lostBar(page).waitFor();
  await page.unroute('**/api/**');
  await atJob(page);
  await state(page, 'Completed');
  expect(await lostBar(page).count()).toBe(0);
  expect(await tenant.mails(guests)).toEqual(mailsEach(guests, 1));
});

test('a page whose file is gone since an update offers to load it again, and what was typed is still there', async () => {
  const page = await world.open();
  const typed = page.getByRole('textbox', { name: 'Guests' });
  await typed.fill('anna@fabrikam.example');
  await page.route(/\/console\/assets\/.*\.js$/, (route) => route.fulfill({ status: 404, body: 'Not found' }));
  world.expectFault(/dynamically imported module/);
  await page.getByRole('navigation').getByRole('link', { name: 'Jobs', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'The console was updated' }).waitFor();
  await expect(seriousFaults(page)).resolves.toEqual([]);
  await page.unroute(/\/console\/assets\/.*\.js$/);
  await page.getByRole('button', { name: 'Load again' }).click();
  await page.getByRole('heading', { level: 1, name: 'Jobs' }).waitFor();
  await page.getByRole('navigation').getByRole('link', { name: 'New reset', exact: true }).click();
  await expect.poll(() => typed.inputValue()).toBe('anna@fabrikam.example');
});

test('a job that a colleague cancels under an open question is shown as that, to whoever listens too', async () => {
  const { id } = await submit(await tenant.take(3), { notBefore: later() });
  const page = await world.open(`/jobs/${id}`);
  await page.getByRole('button', { name: 'Pause' }).click();
  await dialogOf(page).getByLabel(/^Why/).fill('Wrong list');
  await fetch(`${world.cloud.api}/jobs/${id}/cancel`, { method: 'POST' });
  await dialogOf(page).waitFor({ state: 'hidden', timeout: 60_000 });
  await page.getByRole('heading', { level: 1 }).waitFor();
  await state(page, 'Canceled');
  await page.getByText('3 guests were left as they are').waitFor();
  const heading = page.getByRole('heading', { level: 1 });
  await expect.poll(() => heading.evaluate((element) => element === document.activeElement)).toBe(true);
});

test('everything that a colleague pauses and resumes is followed, with the colleague’s words', async () => {
  const { id } = await submit(await tenant.take(2), { notBefore: later() });
  const page = await world.open(`/jobs/${id}`);
  await state(page, 'Queued');
  await fetch(`${world.cloud.api}/pause?reason=helpdesk+is+overrun`, { method: 'POST' });
  const bar = page.getByRole('main').getByRole('group').filter({ hasText: 'Everything is paused' });
  await bar.getByText('helpdesk is overrun').waitFor();
  await state(page, 'Paused with the tenant');
  await fetch(`${world.cloud.api}/resume`, { method: 'POST' });
  await state(page, 'Queued');
  expect(await bar.count()).toBe(0);
});

test('a job that waits with the tenant says so everywhere; with a pause of its own it stays when all goes on', async () => {
  await fetch(`${world.cloud.api}/pause`, { method: 'POST' });
  const guests = await tenant.take(2);
  await submit(guests, { reason: 'Waits with the tenant' });
  const page = await world.open('/jobs');
  await page
    .getByRole('row', { name: /Waits with the tenant/ })
    .getByText('Paused with the tenant')
    .waitFor();
  await page.getByRole('link', { name: 'Waits with the tenant' }).click();
  await state(page, 'Paused with the tenant');
  expect(await page.getByRole('button', { name: 'Resume' }).count()).toBe(0);
  await page.getByRole('button', { name: 'Pause this job, too' }).click();
  await dialogOf(page).getByText('stays paused when everything goes on').waitFor();
  await confirm(page, 'Pause');
  await page.getByText('Somebody has paused this job itself, too').waitFor();
  expect(await page.getByRole('button', { name: 'Pause' }).count()).toBe(0);
  await fetch(`${world.cloud.api}/resume`, { method: 'POST' });
  await state(page, 'Paused');
  expect(await tenant.mails(guests)).toEqual(mailsEach(guests, 0));
  await page.getByRole('button', { name: 'Resume' }).click();
  await confirm(page, 'Resume');
  await state(page, 'Completed');
  expect(await tenant.mails(guests)).toEqual(mailsEach(guests, 1));
});

test('without a line another page is not lost for good, and a part that cannot be had takes no page away', async () => {
  // More than are seen at one glance: the list of them is a part of its own.
  const { id } = await submit(await tenant.take(21), { notBefore: later() });
  const page = await world.open(`/jobs/${id}?tab=happened`);
  await page.getByRole('list', { name: 'What happened, newest first' }).getByText('Submitted').first().waitFor();
  world.expectFault(/dynamically imported module|preload/);
  await page.context().setOffline(true);
  await page.getByRole('tab', { name: /^All guests/ }).click();
  await page.getByText('The list could not be fetched.').waitFor();
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('21 guests');
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Tenant' }).click();
  await page.getByRole('heading', { level: 1, name: 'This page could not be fetched' }).waitFor();
  await page.getByRole('button', { name: 'Load again' }).click();
  await page.getByRole('button', { name: 'No answer yet: load again' }).waitFor();
  await page.context().setOffline(false);
  await page.getByRole('button', { name: 'No answer yet: load again' }).click();
  await page.getByRole('heading', { level: 1, name: 'Tenant' }).waitFor();
});
