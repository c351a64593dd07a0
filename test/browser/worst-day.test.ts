/** The worst days: a wrong list that is under way, answers that nobody hears, and a tenant that Microsoft blocks. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { json, submitCsv, type JobAnswer } from '../cloud/jobs.ts';
import { atJob, confirm, drop, rehearse, standing, state } from './steps.ts';
import { mailsEach, tenantOf, type Guest } from './tenant.ts';
import { useBrowser } from './world.ts';

// So slow that there is time to stop it.
const world = useBrowser({ guests: 900, seed: 29, env: { RESETS_PER_SECOND: '8' } });
const tenant = tenantOf(world);

interface Job extends JobAnswer {
  readonly reason?: string;
  readonly dryRun?: boolean;
  readonly pausedReason?: { readonly nextStep: string };
}

const listOf = (guests: readonly Guest[]): string => `user\n${guests.map(({ id }) => `${id}\n`).join('')}`;

const jobOf = async (id: string): Promise<Job> => (await json<Job>(`${world.cloud.api}/jobs/${id}`)).body;

/** What was submitted with this reason, rehearsals left out. */
async function jobsOf(reason: string): Promise<string[]> {
  const { body } = await json<{ value: Job[] }>(`${world.cloud.api}/jobs?dryRun=false&pageSize=100`);
  return body.value.filter((job) => job.reason === reason).map(({ id }) => id);
}

async function choose(page: Page, guests: readonly Guest[], reason: string): Promise<void> {
  await drop(page, { name: 'guests.csv', text: listOf(guests) });
  await rehearse(page);
  await page.getByRole('radio', { name: 'Microsoft mails each guest' }).check();
  await page.getByLabel('Reason or ticket').fill(reason);
}

const sum = (mails: ReadonlyMap<string, number>): number => [...mails.values()].reduce((all, one) => all + one, 0);

test('a wrong list is stopped while it goes out: as many were mailed as the page says, and then nobody', async () => {
  const guests = await tenant.take(300);
  const page = await world.open();
  await choose(page, guests, 'CHG-31 the wrong list');
  await page.getByRole('checkbox', { name: 'Begin with a canary' }).uncheck();
  await page.getByLabel(/^Type 300/).fill('300');
  await page.getByRole('button', { name: 'Reset 300 guests' }).click();
  const id = await atJob(page);
  await expect.poll(async () => (await standing(page))['reset'] ?? 0, { timeout: 60_000 }).toBeGreaterThan(0);

  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByRole('dialog').getByText('mails that were sent cannot be taken back').waitFor();
  await page.getByRole('dialog').getByLabel(/^Why/).fill('These are the wrong guests');
  await confirm(page, 'Pause');
  await state(page, 'Paused');
  await page.getByText('These are the wrong guests').first().waitFor();
  // What was on its way arrives; then the page and the outbox say the same.
  await expect.poll(async () => (await jobOf(id)).counts['sending'], { timeout: 30_000 }).toBe(0);
  const { succeeded = 0 } = (await jobOf(id)).counts;
  expect(succeeded).toBeLessThan(300);
  await expect.poll(() => standing(page), { timeout: 15_000 }).toEqual({ reset: succeeded, waiting: 300 - succeeded });
  expect(sum(await tenant.mails(guests))).toBe(succeeded);

  await page.getByRole('button', { name: 'Cancel job' }).click();
  await page.getByRole('dialog').getByText(`${succeeded} guests that were reset must redeem all the same`).waitFor();
  await confirm(page, 'Cancel job');
  await page.getByText(`${300 - succeeded} guests were left as they are; ${succeeded} had been reset`).waitFor();
  await expect.poll(() => standing(page)).toEqual({ reset: succeeded, canceled: 300 - succeeded });
  const mails = await tenant.mails(guests);
  expect([sum(mails), Math.max(...mails.values())]).toEqual([succeeded, 1]);
  const users = new Map((await tenant.users()).map((user) => [user.id, user.externalUserState]));
  expect(guests.map((guest) => users.get(guest.id))).toEqual(
    guests.map((guest) => (mails.get(guest.id) === 1 ? 'PendingAcceptance' : 'Accepted')),
  );
  await page.getByRole('tab', { name: 'What happened' }).click();
  const deeds = page.getByRole('list', { name: 'What happened, newest first' }).locator('li');
  expect(await deeds.count()).toBe(3);
  await deeds.nth(1).getByText('These are the wrong guests').waitFor();
});

test('of a double click whose answers are all lost, and once more after a reload, one job comes', async () => {
  const guests = await tenant.take(3);
  const page = await world.open();
  await choose(page, guests, 'CHG-32');
  const keys = new Set<string | undefined>();
  // Each is taken by the service, and nobody hears of it.
  await page.route(/\/api\/jobs\?/, async (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    keys.add(route.request().headers()['idempotency-key']);
    await route.fetch();
    return route.abort();
  });
  await page.getByRole('button', { name: 'Reset 3 guests' }).dblclick({ noWaitAfter: true });
  await page.getByText('It is not known whether the job was submitted').waitFor({ timeout: 60_000 });
  expect(await jobsOf('CHG-32')).toHaveLength(1);

  await page.reload();
  await page.getByRole('radio', { name: 'Microsoft mails each guest' }).check();
  await page.getByLabel('Reason or ticket').fill('CHG-32');
  await page.unroute(/\/api\/jobs\?/);
  await page.getByRole('button', { name: 'Reset 3 guests' }).click();
  const id = await atJob(page);
  expect(await jobsOf('CHG-32')).toEqual([id]);
  expect(keys.size).toBe(1);
  await state(page, 'Completed');
  expect(await tenant.mails(guests)).toEqual(mailsEach(guests, 1));
});

test('a tenant that is blocked in the middle stops the job, which says why and what lifts it, and goes on after', async () => {
  const guests = await tenant.take(30);
  await tenant.order('POST', '/block', { afterInvitations: 9 });
  const { id } = await submitCsv(world.cloud.api, listOf(guests), '?sendInvitationMessage=true&reason=CHG-33');
  const page = await world.open(`/jobs/${id}`);
  await state(page, 'Paused with the tenant');
  const bar = page.getByRole('main').getByRole('group').filter({ hasText: 'Everything is paused' });
  await bar.getByText('Microsoft blocks invitations', { exact: false }).waitFor();
  // What lifts it is said to a person, not as the request that a program would make.
  await bar.getByText('open a support request with Microsoft', { exact: false }).waitFor();
  expect(await bar.innerText()).not.toContain('POST');
  expect(await bar.getByRole('link', { name: 'To the tenant' }).getAttribute('href')).toMatch(/\/tenant$/);
  // It is no stop of this job, so it is not lifted here.
  expect(await page.getByRole('button', { name: 'Resume' }).count()).toBe(0);
  await expect.poll(() => standing(page), { timeout: 15_000 }).toEqual({ reset: 9, waiting: 21 });
  expect(sum(await tenant.mails(guests))).toBe(9);

  await tenant.order('DELETE', '/block');
  await fetch(`${world.cloud.api}/resume`, { method: 'POST' });
  await state(page, 'Completed');
  expect(await bar.count()).toBe(0);
  expect(await tenant.mails(guests)).toEqual(mailsEach(guests, 1));
});
