/** The whole service at one look: what an administrator sees and does, and what the simulated tenant gets of it. */
import { ServiceBusClient } from '@azure/service-bus';
import type { Page, Route } from 'playwright-core';
import { afterEach, expect, test, vi } from 'vitest';
import { completed, json, submitCsv, type JobAnswer } from '../cloud/jobs.ts';
import { scrollsSideways, seriousFaults } from './accessible.ts';
import { picture } from './picture.ts';
import { mailsEach, sumOf, tenantOf, type Guest } from './tenant.ts';
import { dialogOf } from './steps.ts';
import { useBrowser } from './world.ts';

const world = useBrowser({ guests: 400, seed: 3 });
const tenant = tenantOf(world);

const HOSTILE = '<img src=x onerror=alert(1)> "Ünïcode" \u202Egpj.exe';
/** What comes of a key or a click, on a machine with other work. */
const SOON = { timeout: 15_000, interval: 100 };
/** The page looks every five seconds, another one every twenty. */
const BY_ITSELF = { timeout: 30_000 };

const submit = async (guests: readonly Guest[], query: Record<string, string> = {}) =>
  submitCsv(
    world.cloud.api,
    `user\n${guests.map(({ id }) => `${id}\n`).join('')}`,
    `?${new URLSearchParams({ sendInvitationMessage: 'true', verify: 'false', ...query })}`,
  );

/** However often it is stopped until then. */
const ended = (completion: string): Promise<JobAnswer> => completed(`${completion}?waitWhilePaused=true`, 90);
const post = (path: string) => fetch(`${world.cloud.api}${path}`, { method: 'POST' });
const jobOf = async (id: string): Promise<JobAnswer> => (await json<JobAnswer>(`${world.cloud.api}/jobs/${id}`)).body;
const gate = async () => (await json<{ status: string; code?: string }>(`${world.cloud.api}/tenant`)).body;
const mailed = async (): Promise<number> => sumOf(await tenant.mails());
const refused = async (): Promise<number> =>
  (await json<{ refusedByBlock: number }>(`${world.cloud.graph}/_sim/stats`)).body.refusedByBlock;

const main = (page: Page) => page.getByRole('main');
const state = (page: Page, text: string) => page.locator('h1 + *').getByText(text, { exact: true }).waitFor(BY_ITSELF);
const button = (page: Page, name: string) => main(page).getByRole('button', { name, exact: true });
const answer = (page: Page, name: string) => dialogOf(page).getByRole('button', { name, exact: true });
const audit = (page: Page) => page.getByRole('list', { name: 'Who did what, newest first' }).getByRole('listitem');
/** Shown to whoever listens, and with the focus in it: no dialog has taken it away. */
const isInPage = (page: Page): Promise<boolean> =>
  page.evaluate(
    () =>
      document.querySelector('[aria-hidden="true"] main') === null &&
      document.querySelector('main')?.contains(document.activeElement) === true,
  );

/** How many mails there are once none has come for five seconds, in which the slow job would have sent some. */
async function settled(): Promise<number> {
  let [last, since] = [await mailed(), Date.now()];
  return vi.waitUntil(
    async () => {
      const now = await mailed();
      if (now !== last) [last, since] = [now, Date.now()];
      return Date.now() - since > 5_000 && now;
    },
    { timeout: 40_000, interval: 200 },
  );
}

afterEach(async () => {
  await tenant.order('DELETE', '/block');
  await tenant.order('DELETE', '/faults');
  // Of a test that has failed: a pause may stand in front of a stop.
  for (let stops = 0; stops < 3 && (await gate()).status !== 'running'; stops++) await post('/resume');
});

test('what was given up is told with what to do, and what is well when it is asked for', async () => {
  const bus = new ServiceBusClient(
    `Endpoint=${world.cloud.state().broker.url};SharedAccessKeyName=a;SharedAccessKey=b;UseDevelopmentEmulator=true`,
  );
  const letters = bus.createReceiver('resets-bulk', { subQueueType: 'deadLetter', skipParsingBodyAsJson: true });
  await bus.createSender('resets-bulk').sendMessages({ messageId: 'notJson', body: Buffer.from(HOSTILE) });
  await vi.waitUntil(async () => (await letters.peekMessages(1)).length === 1, { timeout: 20_000, interval: 100 });
  await bus.close();
  const page = await world.open('/tenant');
  const checks = page.getByRole('region', { name: 'What the service depends on' });
  await checks.getByText('resets-bulk has 1 dead letter').waitFor();
  await checks.getByText('Service Bus Explorer').waitFor();
  expect(await checks.getByRole('list', { name: 'Well' }).count()).toBe(0);
  await checks.getByRole('button', { name: /things are well$/ }).press('Enter');
  await checks.getByText('Microsoft Graph').waitFor();
  await checks.getByText('Jobs and their results can be read.').waitFor();
});

test('who rehearsed is told from who sent, with the way to the rehearsal until that is deleted', async () => {
  const [guest] = await tenant.take(1);
  const { id, completion } = await submit(guest === undefined ? [] : [guest], { dryRun: 'true', reason: 'what if' });
  await ended(completion);
  const page = await world.open('/tenant');
  const name = `rehearsal …${id.slice(-6)}`;
  const entries = audit(page).filter({ hasText: name });
  await entries.getByRole('link', { name }).click();
  await page.getByRole('heading', { level: 1, name: /would be reset/ }).waitFor();
  expect(page.url()).toBe(`${world.console}/rehearsals/${id}`);
  await fetch(`${world.cloud.api}/jobs/${id}`, { method: 'DELETE' });
  await page.goBack();
  await entries.getByText('1 of its guests would have been reset.').waitFor(BY_ITSELF);
  expect(await entries.allTextContents()).toEqual([
    expect.stringContaining(`Deleted: ${name} of 1 guest, by local-developer`),
    expect.stringContaining(`Rehearsed: ${name} of 1 guest, by local-developer`),
  ]);
  expect(await entries.getByRole('link').count()).toBe(0);
});

test('everything is paused while a job is at work, and resumed: nothing goes out between, and nobody twice', async () => {
  // Three minutes' work: it is still there when somebody has looked and clicked, however slowly.
  const guests = await tenant.take(150);
  const { id, completion } = await submit(guests, { reason: 'CHG-20311 Fabrikam moved', maxPerMinute: '60' });
  const page = await world.open('/tenant');
  await state(page, 'Running');
  await page.getByText(`allowed here`).waitFor();
  await vi.waitUntil(async () => (await mailed()) > 0, { timeout: 30_000, interval: 100 });
  await page.getByRole('link', { name: /^1 job with/ }).waitFor(BY_ITSELF);

  await button(page, 'Pause everything').click();
  await dialogOf(page).getByText('mails that were sent cannot be taken back').waitFor();
  await dialogOf(page).getByLabel(/^Why/).fill(HOSTILE);
  await answer(page, 'Pause everything').dblclick({ noWaitAfter: true });
  await state(page, 'Paused');
  await vi.waitUntil(() => isInPage(page), SOON);
  expect((await jobOf(id)).status).toBe('paused');
  const stood = await settled();
  expect(stood).toBeLessThan(guests.length);
  await page.getByText('<img src=x onerror=alert(1)>').first().waitFor();
  expect(await main(page).locator('img').count()).toBe(0);
  await audit(page).first().getByText('Paused everything by').waitFor(BY_ITSELF);
  await picture(page, 'tenant');

  await button(page, 'Resume').click();
  const waiting = (await jobOf(id)).counts['pending'] ?? 0;
  expect(await answer(page, 'Resume').getAttribute('aria-disabled')).toBe('true');
  await dialogOf(page).getByLabel(/^Type/).fill(String(waiting));
  await answer(page, 'Resume').click();
  await dialogOf(page).waitFor({ state: 'hidden' });
  await state(page, 'Running');
  await vi.waitUntil(() => isInPage(page), SOON);
  await vi.waitUntil(async () => (await mailed()) > stood, { timeout: 30_000, interval: 200 });
  await post(`/jobs/${id}/cancel`);
  const { counts } = await ended(completion);
  const mails = [...(await tenant.mails(guests)).values()];
  expect([Math.max(...mails), mails.filter((each) => each === 1).length]).toEqual([1, counts['succeeded']]);
  await audit(page).first().getByText('Canceled').waitFor(BY_ITSELF);
  await audit(page).getByText('Resumed everything by').waitFor();
  await audit(page)
    .getByRole('link', { name: `job …${id.slice(-6)}` })
    .first()
    .click();
  await page.getByRole('heading', { level: 1, name: 'CHG-20311 Fabrikam moved' }).waitFor();
});

test('nothing is resumed before the guests who wait are counted', async () => {
  await post('/pause');
  const page = await world.open('/guests');
  const held: Route[] = [];
  let holds = true;
  await page.route(/\/api\/jobs\?/, async (route) => (holds ? void held.push(route) : route.continue()));
  await page.getByRole('link', { name: 'Tenant' }).click();
  await button(page, 'Resume').click();
  await dialogOf(page).getByText('The guests who wait are being counted.').waitFor();
  expect(await answer(page, 'Resume').getAttribute('aria-disabled')).toBe('true');
  await answer(page, 'Resume').click({ force: true });
  expect((await gate()).status).toBe('paused');
  holds = false;
  await Promise.all(held.map((route) => route.continue()));
  await answer(page, 'Resume').click();
  await dialogOf(page).waitFor({ state: 'hidden' });
  await state(page, 'Running');
});

test('a block is told by itself, here and on another page, with what lifts it; a resume tries one guest', async () => {
  const guests = await tenant.take(8);
  const page = await world.open('/tenant');
  const elsewhere = await world.open('/jobs', { width: 480, dark: true });
  await state(page, 'Running');
  await elsewhere.getByRole('heading', { level: 1 }).waitFor();
  await tenant.order('POST', '/block');
  const { completion } = await submit(guests);
  await state(page, 'Paused');
  await main(page).getByText('Microsoft blocks invitations of the tenant.').waitFor();
  await main(page).getByText('open a support request with Microsoft').waitFor();
  const banner = elsewhere.getByRole('complementary', { name: 'For all pages' });
  await banner.getByText('Everything is paused.').waitFor(BY_ITSELF);
  await expect(seriousFaults(elsewhere)).resolves.toEqual([]);
  await expect(scrollsSideways(elsewhere)).resolves.toBe(false);
  await elsewhere.emulateMedia({ colorScheme: 'light' });
  await expect(seriousFaults(elsewhere)).resolves.toEqual([]);
  await banner.getByRole('link', { name: 'Why, and what lifts it' }).click();
  await elsewhere.getByRole('heading', { level: 1, name: 'Tenant' }).waitFor();
  expect(await banner.count()).toBe(0);
  await picture(page, 'tenant-blocked');

  const before = await refused();
  await button(page, 'Resume').click();
  await dialogOf(page).getByText('One guest is tried first.').waitFor();
  await answer(page, 'Resume').click();
  await vi.waitUntil(async () => (await refused()) > before, { timeout: 30_000, interval: 200 });
  await vi.waitUntil(async () => (await gate()).status === 'paused', { timeout: 30_000, interval: 200 });
  await state(page, 'Paused');
  expect([await refused(), (await tenant.mails(guests)).get(guests[0]?.id ?? '')]).toEqual([before + 1, 0]);

  await tenant.order('DELETE', '/block');
  await button(page, 'Resume').click();
  await answer(page, 'Resume').click();
  await ended(completion);
  await state(page, 'Running');
  expect(await tenant.mails(guests)).toEqual(mailsEach(guests, 1));
});

test('where another stop has come while somebody reads, nothing is lifted, and the other one is shown', async () => {
  const guests = await tenant.take(3);
  await tenant.order('POST', '/block', { reason: 'invitationsNotAllowed' });
  const { completion } = await submit(guests);
  await vi.waitUntil(async () => (await gate()).code === 'invitationsNotAllowed', { timeout: 30_000, interval: 200 });
  await post('/pause?reason=lunch');
  const page = await world.open('/tenant');
  await main(page).getByText('There is another reason behind it').waitFor();
  await button(page, 'Resume').click();
  await dialogOf(page).getByText('there is another reason behind it').waitFor();
  await post('/resume?stop=pausedByHand');
  const before = await refused();
  await answer(page, 'Resume').click();
  await dialogOf(page).getByText('It is paused for another reason by now').waitFor();
  await expect(seriousFaults(page)).resolves.toEqual([]);
  expect([await gate(), await refused()]).toMatchObject([{ status: 'paused', code: 'invitationsNotAllowed' }, before]);
  await answer(page, 'Show why it is paused now').click();
  await dialogOf(page).waitFor({ state: 'hidden' });
  await main(page).getByText('The tenant does not allow guest invitations.').first().waitFor();
  await vi.waitUntil(() => isInPage(page), SOON);
  await tenant.order('DELETE', '/block');
  await button(page, 'Resume').click();
  await answer(page, 'Resume').click();
  await ended(completion);
  expect(await tenant.mails(guests)).toEqual(mailsEach(guests, 1));
});

/** Whether the page ever said in one breath that all runs, and offered to resume it. */
async function watchedForTwoTongues(page: Page): Promise<() => Promise<boolean>> {
  await page.evaluate(() => {
    const seen = globalThis as unknown as { hasTwoTongues?: boolean };
    new MutationObserver(() => {
      const runs = document.querySelector('h1 + *')?.textContent === 'Running';
      const buttons = [...document.querySelectorAll('main button')].map(({ textContent }) => textContent);
      if (runs === buttons.includes('Resume')) seen.hasTwoTongues = true;
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  return async () => (await page.evaluate('globalThis.hasTwoTongues')) === true;
}

test('a colleague resumes while the dialog is open: it stays, and then all of the page changes at once', async () => {
  await post('/pause?reason=lunch');
  const page = await world.open('/tenant');
  await button(page, 'Resume').click();
  await dialogOf(page).getByText('Everything goes on at once').waitFor();
  const hasTwoTongues = await watchedForTwoTongues(page);
  await post('/resume?stop=pausedByHand');
  await page.waitForResponse(
    async (each) => each.url().endsWith('/tenant') && (await each.json()).status === 'running',
  );
  expect(await dialogOf(page).count()).toBe(1);
  await page.keyboard.press('Escape');
  await dialogOf(page).waitFor({ state: 'hidden' });
  await state(page, 'Running');
  expect(await hasTwoTongues()).toBe(false);
  await vi.waitUntil(() => isInPage(page), SOON);
  expect(await button(page, 'Resume').count()).toBe(0);
});

test('nobody is shut out, with each dialog open: wide and narrow, light and dark', { timeout: 300_000 }, async () => {
  const looks = [{}, { dark: true }, { width: 480 }, { width: 360, dark: true }];
  const pages: Page[] = [];
  for (const look of looks) pages.push(await world.open('/tenant', look));
  for (const name of ['Pause everything', 'Resume']) {
    if (name === 'Resume') await post(`/pause?reason=${'W'.repeat(150)}`);
    for (const page of pages) {
      await page.bringToFront();
      await state(page, name === 'Resume' ? 'Paused' : 'Running');
      if (name === 'Resume') await page.getByRole('button', { name: /things are well$/ }).click();
      await expect(seriousFaults(page)).resolves.toEqual([]);
      await expect(scrollsSideways(page)).resolves.toBe(false);
      await button(page, name).press('Enter');
      await answer(page, name).waitFor();
      await expect(seriousFaults(page)).resolves.toEqual([]);
      await expect(scrollsSideways(page)).resolves.toBe(false);
      await page.keyboard.press('Escape');
      await dialogOf(page).waitFor({ state: 'hidden' });
      await vi.waitUntil(() => button(page, name).evaluate((element) => element === document.activeElement), SOON);
    }
  }
});

test('a wait that is longer than counts is told, and ended', async () => {
  const guests = await tenant.take(1);
  await tenant.order('POST', '/faults', { kind: 'getUser', status: 429, retryAfter: 86_400 });
  const { completion } = await submit(guests);
  const page = await world.open('/tenant');
  await state(page, 'Waiting for Microsoft');
  await page.getByText('Microsoft asked to wait even until').waitFor();
  await button(page, 'End the wait').click();
  await dialogOf(page).getByText('more slowly at first').waitFor();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expect(seriousFaults(page)).resolves.toEqual([]);
  }
  await answer(page, 'End the wait').click();
  await ended(completion);
  await state(page, 'Running');
  await page.getByText('Microsoft asked to wait last on').waitFor(BY_ITSELF);
  expect(await tenant.mails(guests)).toEqual(mailsEach(guests, 1));
});
