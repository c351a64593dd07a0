/** What must not happen twice, or by one click too many, in the dialogs of a job. */
import type { Page, Route } from 'playwright-core';
import { expect, test } from 'vitest';
import { completed, json, submitCsv, type JobAnswer } from '../cloud/jobs.ts';
import { seriousFaults } from './accessible.ts';
import { atJob, dialogOf, idIn } from './steps.ts';
import { mailsEach, tenantOf, type Guest } from './tenant.ts';
import { useBrowser } from './world.ts';

const world = useBrowser({ guests: 200, seed: 29 });
const tenant = tenantOf(world);

const submit = async (guests: readonly Guest[], query: Record<string, string> = {}) =>
  submitCsv(
    world.cloud.api,
    `user\n${guests.map(({ id }) => `${id}\n`).join('')}`,
    `?${new URLSearchParams({ sendInvitationMessage: 'true', verify: 'false', ...query })}`,
  );

/** @returns the id of a job that was canceled before anything was sent: each of its guests can be tried again */
async function submitCanceled(guests: readonly Guest[]): Promise<string> {
  const { id, completion } = await submit(guests, { notBefore: new Date(Date.now() + 3_600_000).toISOString() });
  await fetch(`${world.cloud.api}/jobs/${id}/cancel`, { method: 'POST' });
  await completed(completion, 60);
  return id;
}

const retriesOf = async (id: string): Promise<readonly string[]> =>
  (await json<{ value: JobAnswer[] }>(`${world.cloud.api}/jobs?retryOf=${id}`)).body.value.map((job) => job.id);

/** @returns the id of another job, when the page has gone to it */
async function atOther(page: Page, id: string): Promise<string> {
  await page.waitForURL((url) => /\/jobs\/[^/]+$/.test(url.pathname) && !url.pathname.endsWith(id));
  return idIn(page);
}

test('a retry whose answers are lost is one job; made in another tab as well, it is asked about first', async () => {
  const guests = await tenant.take(24);
  const { id, completion } = await submit(guests, { pauseAfter: '1' });
  await expect
    .poll(async () => (await json<JobAnswer>(`${world.cloud.api}/jobs/${id}`)).body.status, { timeout: 60_000 })
    .toBe('paused');
  await fetch(`${world.cloud.api}/jobs/${id}/cancel`, { method: 'POST' });
  await completed(completion, 60);

  const page = await world.open(`/jobs/${id}`);
  const other = await page.context().newPage();
  await other.goto(page.url());
  for (const tab of [page, other]) {
    await tab.getByRole('button', { name: 'Try 23 again' }).click();
    await dialogOf(tab)
      .getByLabel(/^Type 23/)
      .fill('23');
  }
  const keys = new Set<string | undefined>();
  // Each is taken by the service, and nobody hears of it.
  await page.route(/\/retry/, async (route) => {
    keys.add(route.request().headers()['idempotency-key']);
    await route.fetch();
    return route.abort();
  });
  const again = dialogOf(page).getByRole('button', { name: 'Try 23 again' });
  await again.dblclick({ noWaitAfter: true });
  await dialogOf(page).getByText('It is not known whether it was done').waitFor({ timeout: 60_000 });
  await page.unroute(/\/retry/);
  const answered = page.waitForRequest(/\/retry/);
  await again.click();
  keys.add((await answered).headers()['idempotency-key']);
  await page.waitForURL((url) => !url.pathname.endsWith(id));
  const retry = await atJob(page);
  expect(await retriesOf(id)).toEqual([retry]);
  expect(keys.size).toBe(1);

  await dialogOf(other).getByRole('button', { name: 'Try 23 again' }).click();
  await dialogOf(other).getByText('The same was submitted before.').waitFor();
  expect(await dialogOf(other).getByRole('link', { name: 'To that job' }).getAttribute('href')).toContain(retry);
  await dialogOf(other).getByRole('button', { name: 'Do it all the same' }).waitFor();
  expect(await retriesOf(id)).toEqual([retry]);

  await fetch(`${world.cloud.api}/jobs/${retry}/resume`, { method: 'POST' });
  await expect.poll(() => tenant.mails(guests), { timeout: 60_000 }).toEqual(mailsEach(guests, 1));
});

test('a job of many is deleted only when the number is typed', async () => {
  const { id, completion } = await submit(await tenant.take(21), { sendInvitationMessage: 'false' });
  await completed(completion, 60);
  const page = await world.open(`/jobs/${id}`);
  await page.getByRole('button', { name: 'Delete' }).click();
  const answer = dialogOf(page).getByRole('button', { name: 'Delete' });
  await dialogOf(page).getByText('A deletion cannot be undone.').waitFor();
  await dialogOf(page)
    .getByLabel(/^Type 21/)
    .fill('20');
  expect(await answer.getAttribute('aria-disabled')).toBe('true');
  await page.keyboard.press('Enter');
  expect((await json(`${world.cloud.api}/jobs/${id}`)).status).toBe(200);
  await dialogOf(page)
    .getByLabel(/^Type 21/)
    .fill('21');
  await page.keyboard.press('Enter');
  await page.waitForURL(`${world.console}/jobs`);
  await expect.poll(async () => (await fetch(`${world.cloud.api}/jobs/${id}`)).status).toBe(404);
});

test('a stop that nobody has seen yet is not lifted by going on after a canary', async () => {
  const guests = await tenant.take(4);
  const { id } = await submit(guests, { pauseAfter: '1' });
  const page = await world.open(`/jobs/${id}`);
  await page.getByRole('button', { name: 'Go on' }).click();
  const answer = dialogOf(page).getByRole('button', { name: 'Go on' });
  await answer.waitFor();
  // The page does not hear of what a colleague does now.
  await page.route(new RegExp(`/api/jobs/${id}$`), () => undefined);
  expect((await fetch(`${world.cloud.api}/jobs/${id}/pause`, { method: 'POST' })).ok).toBe(true);
  await answer.click();
  await dialogOf(page).getByText('It was not done.').waitFor();
  expect((await json<JobAnswer>(`${world.cloud.api}/jobs/${id}`)).body.status).toBe('paused');
  expect([...(await tenant.mails(guests)).values()].filter((mails) => mails > 0)).toHaveLength(1);
  await page.unrouteAll({ behavior: 'ignoreErrors' });
});

test('of what was done the page tells nothing more, where it shows it before the answer has come', async () => {
  const { id } = await submit(await tenant.take(4), { pauseAfter: '1' });
  const page = await world.open(`/jobs/${id}`);
  await page.getByRole('button', { name: 'Go on' }).click();
  const ended = page.getByText('Completed', { exact: true }).first();
  await page.route(/\/resume/, async (route) => {
    const response = await route.fetch();
    await ended.waitFor({ timeout: 60_000 });
    await route.fulfill({ response });
  });
  const answered = page.waitForResponse(/\/resume/, { timeout: 90_000 });
  await dialogOf(page).getByRole('button', { name: 'Go on' }).click();
  await ended.waitFor({ timeout: 60_000 });
  const told = page.getByText(/^“Go on” was/);
  expect(await told.count()).toBe(0);
  await (await answered).finished();
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  expect(await told.count()).toBe(0);
});

test('a retry that is rehearsed first leads back to where it can be run', async () => {
  const guests = await tenant.take(2);
  const id = await submitCanceled(guests);
  const page = await world.open(`/jobs/${id}`);
  await page.getByRole('button', { name: 'Try 2 again' }).click();
  await dialogOf(page).getByRole('button', { name: 'Rehearse first' }).click();
  await page.getByRole('heading', { level: 1, name: '2 of 2 guests would be reset' }).waitFor();
  await page.getByRole('link', { name: 'an earlier job' }).click();
  await page.getByRole('button', { name: 'Try 2 again' }).waitFor();
  expect(await tenant.mails(guests)).toEqual(mailsEach(guests, 0));
});

test('while the service is away a dialog says so, may be closed, and the page tells what came of it: it is done once', async () => {
  const guests = await tenant.take(2);
  const id = await submitCanceled(guests);
  const page = await world.open(`/jobs/${id}`);
  await page.getByRole('button', { name: 'Try 2 again' }).click();
  // Each is taken by the service, and nobody hears of it.
  const keys = new Set<string | undefined>();
  await page.route(/\/retry/, async (route) => {
    keys.add(route.request().headers()['idempotency-key']);
    await route.fetch();
    return route.abort();
  });
  await dialogOf(page).getByRole('button', { name: 'Try 2 again' }).click();
  await dialogOf(page).getByText('The service does not answer.').waitFor();
  await dialogOf(page).getByText('It may be done already').waitFor();
  await expect(seriousFaults(page)).resolves.toEqual([]);
  await page.keyboard.press('Escape');
  await dialogOf(page).waitFor({ state: 'hidden' });
  const told = page.getByRole('status').filter({ hasText: '“Try 2 again”' });
  await told.getByText('was asked for, and has no answer yet').waitFor();
  // Asked for once more meanwhile, it is the same thing.
  await page.getByRole('button', { name: 'Try 2 again' }).click();
  await dialogOf(page).getByRole('button', { name: 'Try 2 again' }).waitFor();
  await page.unroute(/\/retry/);
  const answered = page.waitForRequest(/\/retry/);
  await dialogOf(page).getByRole('button', { name: 'Try 2 again' }).click();
  keys.add((await answered).headers()['idempotency-key']);
  const retry = await atOther(page, id);
  await told.getByText('“Try 2 again” was done.').waitFor({ timeout: 60_000 });
  await told.getByRole('link', { name: 'Back to that page' }).waitFor();
  await expect(seriousFaults(page)).resolves.toEqual([]);
  await told.getByRole('button', { name: 'Dismiss' }).click();
  await told.waitFor({ state: 'hidden' });
  expect([keys.size, await retriesOf(id)]).toEqual([1, [retry]]);
});

test('an answer that is late is told in the dialog; what a gateway says for the service is no proof of nothing', async () => {
  const { id } = await submit(await tenant.take(2), { notBefore: new Date(Date.now() + 3_600_000).toISOString() });
  const page = await world.open(`/jobs/${id}`);
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  const late: Route[] = [];
  await page.route(/\/pause/, (route) => void late.push(route));
  await dialogOf(page).getByRole('button', { name: 'Pause' }).click();
  await dialogOf(page).getByText('The service does not answer.').waitFor();
  await late[0]?.fulfill({ status: 500, body: 'A gateway failed.' });
  await dialogOf(page).getByText('It is not known whether it was done.').waitFor();
  expect(await dialogOf(page).getByText('The service does not answer.').count()).toBe(0);
});
