/** One job, watched: what one sees of it and does with it, and what comes of that in the simulated tenant. */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { completed, json, submitCsv, type JobAnswer } from '../cloud/jobs.ts';
import { scrollsSideways, seriousFaults } from './accessible.ts';
import { picture } from './picture.ts';
import { clocksApart, dialogOf, idIn, state } from './steps.ts';
import { mailsEach, sumOf, tenantOf, type Guest } from './tenant.ts';
import { useBrowser } from './world.ts';

const world = useBrowser({ guests: 700, seed: 7 });

const tenant = tenantOf(world);

const listOf = (guests: readonly { readonly id: string }[]): string =>
  `user\n${guests.map(({ id }) => `${id}\n`).join('')}`;

async function submit(guests: readonly { readonly id: string }[], query: Record<string, string> = {}) {
  const search = new URLSearchParams({ sendInvitationMessage: 'true', verify: 'false', ...query });
  return submitCsv(world.cloud.api, listOf(guests), `?${search}`);
}

const jobOf = async (id: string): Promise<JobAnswer> => (await json<JobAnswer>(`${world.cloud.api}/jobs/${id}`)).body;

const retriesOf = async (id: string): Promise<readonly JobAnswer[]> =>
  (await json<{ value: JobAnswer[] }>(`${world.cloud.api}/jobs?retryOf=${id}`)).body.value;

async function confirm(page: Page, action: string, typed?: string): Promise<void> {
  const dialog = dialogOf(page);
  await dialog.waitFor();
  if (typed !== undefined) await dialog.getByLabel(/^Type/).fill(typed);
  // Twice as fast as anybody can: it is done once.
  await dialog.getByRole('button', { name: action, exact: true }).dblclick({ noWaitAfter: true });
  await dialog.waitFor({ state: 'hidden' });
}

test('a canary is looked at, and let go on: all get one mail', async () => {
  const guests = await tenant.take(26);
  const { id, completion } = await submit(guests, { pauseAfter: '4', reason: 'CHG-20311 Fabrikam moved' });
  const page = await world.open(`/jobs/${id}`);
  await page.getByRole('heading', { name: 'The first 4 guests have ended' }).waitFor();
  const first = page.getByRole('list', { name: 'The first guests' }).getByRole('listitem');
  await first.nth(3).waitFor();
  expect(await first.count()).toBe(4);
  // The list has object ids only: people know the guests by their addresses.
  for (const [index, { id: of, mail }] of guests.slice(0, 4).entries()) {
    const [who, how] = (await first.nth(index).textContent())?.split('Reset') ?? [];
    expect(who).toBe(`${index + 1}${mail} ${of}`);
    // In the guest's own language, where the directory has one.
    expect(how).toMatch(/^Mailed(?:, in [\w-]+)?$/);
  }
  await picture(page, 'job-canary');
  await page.setViewportSize({ width: 480, height: 900 });
  await expect(seriousFaults(page)).resolves.toEqual([]);
  await expect(scrollsSideways(page)).resolves.toBe(false);
  await page.getByRole('tab', { name: 'All guests' }).click();
  await page
    .getByRole('list', { name: 'All guests' })
    .getByRole('listitem')
    .first()
    .getByText(guests[0]?.mail ?? '', { exact: true })
    .waitFor();
  await expect(scrollsSideways(page)).resolves.toBe(false);
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.getByRole('button', { name: 'Go on' }).click();
  // Above 20 the number is typed.
  const button = dialogOf(page).getByRole('button', { name: 'Go on' });
  expect(await button.getAttribute('aria-disabled')).toBe('true');
  await confirm(page, 'Go on', '22');
  await completed(completion, 60);
  await state(page, 'Completed');
  // The time in which nobody had chosen yet is not the service's.
  await page.getByText(/^Took \d.*, \d.* of it paused$/).waitFor();
  expect(await tenant.mails(guests)).toEqual(mailsEach(guests, 1));
});

test('a canary without mail has the link of each of its guests, first and to be copied', async () => {
  const guests = await tenant.take(2);
  const { id } = await submit(guests, { sendInvitationMessage: 'false', pauseAfter: '1' });
  const page = await world.open(`/jobs/${id}`);
  await page.getByText('Open one of them below, give the guest the redeem link').waitFor();
  await page.getByRole('list', { name: 'The first guests' }).getByRole('button').first().click();
  const details = dialogOf(page);
  await details.getByRole('button', { name: 'Copy redeem link' }).click();
  expect(await details.getByRole('term').first().textContent()).toBe('Redeem link (a secret)');
  const link = await page.evaluate(async () => navigator.clipboard.readText());
  expect(await details.getByRole('definition').first().textContent()).toContain(link);
  expect(link).toMatch(/^https:\/\//);
  expect(await tenant.mails(guests)).toEqual(mailsEach(guests, 0));
});

test('a canary is stopped; what was canceled is tried again by one job, and both lead to each other', async () => {
  const guests = await tenant.take(25);
  const { id, completion } = await submit(guests, { pauseAfter: '3' });
  const page = await world.open(`/jobs/${id}`);
  await page.getByRole('button', { name: 'Stop here' }).click();
  await confirm(page, 'Stop here');
  await completed(completion, 60);
  await state(page, 'Canceled, 3 reset before');
  expect(sumOf(await tenant.mails(guests))).toBe(3);

  await page.getByRole('button', { name: 'Try 22 again' }).click();
  await confirm(page, 'Try 22 again', '22');
  await page.getByRole('link', { name: 'an earlier job' }).waitFor();
  // It has the options of the first, its canary among them.
  await page.getByRole('button', { name: 'Go on' }).click();
  await confirm(page, 'Go on');
  await completed(`${world.cloud.api}/jobs/${idIn(page)}/completion`, 60);
  expect(await tenant.mails(guests)).toEqual(mailsEach(guests, 1));
  expect((await retriesOf(id)).map((job) => job.id)).toEqual([idIn(page)]);

  await page.getByRole('link', { name: 'an earlier job' }).click();
  await page.getByText('Tried again by').waitFor();
});

test('a cause opens to its guests and its next step; when it is mended, only these are tried again', async () => {
  const guests = await tenant.take(5);
  const [holder] = guests as [Guest];
  await tenant.change(holder.id, { roles: ['Reports Reader'] });
  const nobody = { id: 'nobody@northwind.example' };
  const { id, completion } = await submit([...guests, nobody]);
  await completed(completion, 60);
  const page = await world.open(`/jobs/${id}`);
  const cause = page.getByRole('list', { name: 'Causes' }).locator('> li', { hasText: 'a directory role' });
  await cause.getByText(/remove the (guest's directory )?role/i).waitFor();
  await cause.getByRole('button', { name: /^Show/ }).click();
  await cause.getByRole('button', { name: holder.id }).click();
  const toGuest = dialogOf(page).getByRole('link', { name: 'Everything of this guest' });
  await toGuest.waitFor();
  await expect(seriousFaults(page)).resolves.toEqual([]);
  await toGuest.click();
  await page.waitForURL((url) => url.pathname.endsWith(`/guests/${holder.id}`));
  // By its role: a page that a dialog has left hidden has no heading.
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.goBack();

  await tenant.change(holder.id, { roles: [] });
  await cause.getByRole('button', { name: 'Try this one again' }).click();
  await confirm(page, 'Try 1 again');
  await page.getByRole('link', { name: 'an earlier job' }).waitFor();
  await completed(`${world.cloud.api}/jobs/${idIn(page)}/completion`, 60);
  expect(await jobOf(idIn(page))).toMatchObject({ total: 1, counts: { succeeded: 1 } });
});

test('who has redeemed is told after a look, and only the others are reminded', async () => {
  const guests = await tenant.take(4);
  const { id, completion } = await submit(guests, { reason: 'CHG-12' });
  const { endedAt = '' } = await completed(completion, 60);
  const [redeemer, ...others] = guests as [Guest, ...Guest[]];
  await tenant.order('POST', '/redeem', { userId: redeemer.id });
  const page = await world.open(`/jobs/${id}?tab=redeemed`);
  await page.getByText('Nobody has looked yet.').waitFor();
  await page.getByRole('tabpanel').getByRole('button', { name: 'Who has redeemed?' }).click();
  await confirm(page, 'Look');
  await page.getByText('1 of 4 guests has redeemed').waitFor();
  // A reminder sooner than that could be the same submission, told late by another clock: nobody is mailed twice.
  await clocksApart(Date.parse(endedAt));
  await page.getByRole('button', { name: 'Remind those who have not' }).click();
  // What it is called is seen, and can be changed, before it is there.
  expect(await dialogOf(page).getByLabel('Reason or ticket').inputValue()).toBe('Reminder: CHG-12');
  await dialogOf(page).getByLabel('Reason or ticket').fill('CHG-12 once more');
  await confirm(page, 'Remind 3');
  await page.waitForURL((url) => !url.pathname.endsWith(id));
  await page.getByRole('heading', { level: 1, name: 'CHG-12 once more' }).waitFor();
  await completed(`${world.cloud.api}/jobs/${idIn(page)}/completion`, 60);
  expect(await tenant.mails(others)).toEqual(mailsEach(others, 2));
  expect(await tenant.mails([redeemer])).toEqual(mailsEach([redeemer], 1));
});

test('a colleague’s pause is shown with its reason and lifted here; the history says who did what', async () => {
  const guests = await tenant.take(3);
  const { id } = await submit(guests, { notBefore: new Date(Date.now() + 3_600_000).toISOString() });
  const page = await world.open(`/jobs/${id}`);
  await page.getByText('Nothing is sent before').waitFor();
  await fetch(`${world.cloud.api}/jobs/${id}/pause?reason=wrong+list`, { method: 'POST' });
  await page.getByText('wrong list').first().waitFor();
  await page.getByRole('button', { name: 'Resume' }).click();
  await confirm(page, 'Resume');
  await state(page, 'Queued');
  await page.getByRole('tab', { name: 'What happened' }).click();
  const history = page.getByRole('list', { name: 'What happened, newest first' }).getByRole('listitem');
  await history.first().getByText('Resumed').waitFor();
  expect(await history.count()).toBe(3);
  await page.getByRole('button', { name: 'Cancel job' }).click();
  await confirm(page, 'Cancel job');
  await state(page, 'Canceled');
  expect(await tenant.mails(guests)).toEqual(mailsEach(guests, 0));
});

test('a job that somebody else deletes meanwhile is said to be gone, and stays to be read, and nothing more', async () => {
  const guests = await tenant.take(2);
  await tenant.change(guests[0]?.id ?? '', { roles: ['Reports Reader'] });
  const { id, completion } = await submit(guests, { reason: 'CHG-7' });
  await completed(completion, 60);
  const page = await world.open(`/jobs/${id}`);
  await state(page, 'Completed with errors');
  await page.getByRole('button', { name: 'Try this one again' }).waitFor();
  await fetch(`${world.cloud.api}/jobs/${id}`, { method: 'DELETE' });
  // As when somebody comes back to the tab.
  await page.waitForFunction(
    () => {
      document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
      return document.body.textContent.includes('This job was deleted');
    },
    undefined,
    { polling: 500 },
  );
  await page.getByRole('heading', { level: 1, name: 'CHG-7' }).waitFor();
  await page.getByRole('link', { name: 'All jobs' }).waitFor();
  const doing = page.getByRole('main').getByRole('button', { name: /Delete|again|CSV|redeemed|Remind/ });
  for (const name of ['By cause', 'Redemption']) {
    await page.getByRole('tab', { name }).click();
    await page.getByRole('tabpanel', { name }).waitFor();
    expect(await doing.allTextContents()).toEqual([]);
  }
  await tenant.change(guests[0]?.id ?? '', { roles: [] });
});

test('the results are saved as the service gives them', async () => {
  const { id, completion } = await submit(await tenant.take(2));
  await completed(completion, 60);
  const page = await world.open(`/jobs/${id}`);
  const waiting = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Results as CSV' }).click();
  const saved = readFileSync(await (await waiting).path(), 'utf8');
  const answer = await fetch(`${world.cloud.api}/jobs/${id}/resets?format=csv`);
  expect(saved).toBe(new TextDecoder('utf-8', { ignoreBOM: true }).decode(await answer.arrayBuffer()));
});

test('of a large job the last row is one request away, by keys alone', async () => {
  const rows = Array.from({ length: 20_000 }, (_none, index) => ({ id: `guest${index}@fabrikam.example` }));
  const { id } = await submit(rows, { notBefore: new Date(Date.now() + 3_600_000).toISOString() });
  const page = await world.open(`/jobs/${id}?tab=guests`);
  const list = page.getByRole('listbox', { name: /^All guests/ });
  await page.getByText('guest0@fabrikam.example').waitFor();
  const asked: string[] = [];
  page.on('request', (request) => void (request.url().includes('/resets?') && asked.push(request.url())));
  await list.focus();
  await page.keyboard.press('End');
  await page.getByText('guest19999@fabrikam.example').waitFor();
  expect(asked.filter((url) => url.includes('from=19801'))).not.toEqual([]);
  expect(await page.getByRole('option').count()).toBeLessThan(80);
  await page.keyboard.press('Enter');
  await dialogOf(page).getByRole('heading', { name: 'guest19999@fabrikam.example' }).waitFor();
  await page.keyboard.press('Escape');
  await dialogOf(page).waitFor({ state: 'hidden' });
  expect(await list.evaluate((element) => element === document.activeElement)).toBe(true);
  await expect(seriousFaults(page)).resolves.toEqual([]);
});

test('whichever list is open when a job ends shows how each guest of it ended', async () => {
  for (const [guests, list, row] of [
    [3, 'list', 'listitem'],
    [21, 'list', 'listitem'],
    [201, 'listbox', 'option'],
  ] as const) {
    const { id } = await submit(await tenant.take(guests), { pauseAfter: '2' });
    const page = await world.open(`/jobs/${id}?tab=guests`);
    await page.getByRole('heading', { name: 'The first 2 guests have ended' }).waitFor();
    const rows = page.getByRole(list, { name: /^All guests/ }).getByRole(row);
    await rows.filter({ hasText: 'Waiting' }).first().waitFor();
    await page.getByRole('button', { name: 'Go on' }).click();
    await confirm(page, 'Go on', guests > 22 ? String(guests - 2) : undefined);
    await state(page, 'Completed');
    await vi.waitFor(async () => expect(await rows.filter({ hasNotText: 'Reset' }).count()).toBe(0), 15_000);
    // Of a long one only those that are seen.
    expect(await rows.count()).toBeGreaterThanOrEqual(Math.min(guests, 15));
  }
});

test('of a row in a long list nothing is cut, and none lies upon another, however narrow', async () => {
  const nobody = Array.from({ length: 201 }, (_none, index) => ({ id: `nobody${index}@${'long.'.repeat(9)}example` }));
  const { id, completion } = await submit(nobody);
  await completed(completion, 60);
  for (const width of [1280, 480, 320]) {
    const page = await world.open(`/jobs/${id}?tab=guests`, { width });
    const rows = page.getByRole('option');
    await rows.filter({ hasText: 'No user of the tenant has' }).nth(8).waitFor();
    await expect.poll(() => rows.evaluateAll(faultsOfRows)).toEqual([]);
    await expect(scrollsSideways(page)).resolves.toBe(false);
  }
});

/** Words that do not fit into their row, and rows that do not lie below the one before. */
function faultsOfRows(rows: Element[]): string[] {
  const isCut = ({ scrollWidth, clientWidth, scrollHeight, clientHeight }: Element): boolean =>
    scrollWidth > clientWidth || scrollHeight > clientHeight + 1;
  const cut = rows.flatMap((row) => [...row.children].filter(isCut)).map(({ textContent }) => `cut: ${textContent}`);
  const places = rows.map((row) => row.getBoundingClientRect()).toSorted((one, other) => one.top - other.top);
  const covered = places.filter(({ top }, index) => top < (places[index - 1]?.bottom ?? 0) - 1);
  return [...cut, ...covered.map(({ top }) => `covered, at ${top}`)];
}

test('the chart has the colours of the theme, also when that changes while it is looked at', async () => {
  const { id, completion } = await submit(await tenant.take(3));
  await completed(completion, 60);
  const drawn = (page: Page) =>
    page.locator('main canvas').evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
  const openDrawn = async (look: { dark: boolean }) => {
    const page = await world.open(`/jobs/${id}`, look);
    return { page, picture: await drawn(page) };
  };
  const { picture: dark } = await openDrawn({ dark: true });
  const { page, picture: light } = await openDrawn({ dark: false });
  expect(light).not.toBe(dark);

  const isDrawn = (wanted: string) => vi.waitFor(async () => expect((await drawn(page)) === wanted).toBe(true), 15_000);
  await page.emulateMedia({ colorScheme: 'dark' });
  await isDrawn(dark);
  await page.emulateMedia({ colorScheme: 'light' });
  await isDrawn(light);
  await page.getByLabel('Theme').selectOption('Dark');
  await isDrawn(dark);
});

test.each([
  ['jobs', { notBefore: new Date(Date.now() + 3_600_000).toISOString() }, 'Queued'],
  ['rehearsals', { dryRun: 'true' }, 'would be reset'],
])('what is among the %s is asked for while it is still found out who looks', async (kind, query, seen) => {
  const { id } = await submit(await tenant.take(1), query);
  const page = await world.open('/');
  const asked = page.waitForRequest((request) => request.url().endsWith(`/api/jobs/${id}`));
  const isAnswered = vi.fn();
  await page.route('**/api/me', async (route) => {
    await asked;
    isAnswered();
    await route.continue();
  });
  await page.goto(new URL(`/api/console/${kind}/${id}`, page.url()).href);
  await page.getByRole('main').getByText(seen).first().waitFor({ timeout: 60_000 });
  expect(isAnswered).toHaveBeenCalled();
});

test('a dry run is looked at on its own page', async () => {
  const { id } = await submit(await tenant.take(1), { dryRun: 'true' });
  const page = await world.open(`/jobs/${id}`);
  await page.waitForURL((url) => url.pathname.includes('/rehearsals/'));
  expect(idIn(page)).toBe(id);
});

test('what is not there is said in plain words, with the way to what is', async () => {
  const page = await world.open();
  for (const [path, thing, list] of [
    ['/jobs/7ybr1z9vj7e0mzpqmbtznnz118', 'job', 'All jobs'],
    ['/jobs/7ybr1z9vj', 'job', 'All jobs'],
    ['/rehearsals/7ybr1z9vj7e0mzpqmbtznnz118', 'rehearsal', 'All rehearsals'],
  ] as const) {
    await page.goto(`${world.console}${path}`);
    await page.getByRole('heading', { level: 1, name: `No such ${thing}` }).waitFor();
    const said = page.getByRole('alert');
    expect(await said.textContent()).toContain('may have been deleted, or the address is mistyped');
    // Words for programs help nobody here, and asking again helps nobody.
    expect(await said.textContent()).not.toMatch(/trace|GET|\/api|jobNotFound/);
    expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(0);
    await expect(seriousFaults(page)).resolves.toEqual([]);
    await said.getByRole('link', { name: list }).click();
    await page.getByRole('heading', { level: 1, name: 'Jobs' }).waitFor();
    await expect.poll(() => page.getByRole('alert').count()).toBe(0);
  }
});

test('that everything is paused is said once on a job that waits for it, and above the list of jobs', async () => {
  const { id } = await submit(await tenant.take(1), { notBefore: new Date(Date.now() + 3_600_000).toISOString() });
  await fetch(`${world.cloud.api}/pause?reason=helpdesk+is+overrun`, { method: 'POST' });
  try {
    const page = await world.open(`/jobs/${id}`);
    const banner = page.getByRole('complementary', { name: 'For all pages' });
    await page.getByRole('main').getByText('helpdesk is overrun').waitFor();
    await page.waitForResponse((response) => response.url().endsWith('/api/tenant'));
    await expect.poll(() => banner.count()).toBe(0);
    const said = await page.getByRole('main').innerText();
    expect(said.match(/everything is paused/gi)).toHaveLength(1);
    await page.getByRole('navigation', { name: 'Where this is' }).getByRole('link', { name: 'Jobs' }).click();
    await banner.getByText('Everything is paused.').waitFor();
  } finally {
    await fetch(`${world.cloud.api}/resume`, { method: 'POST' });
  }
});

test('whatever comes from outside is text, and nobody is shut out: wide and narrow, light and dark', async () => {
  const hostile = `<img src=x onerror=alert(1)> ${'W'.repeat(120)} "Ünïcode" \u202Egpj.exe`;
  const { id, completion } = await submit([...(await tenant.take(2)), { id: 'x'.repeat(60) + '@fabrikam.example' }], {
    reason: hostile,
  });
  await completed(completion, 60);
  for (const look of [{}, { dark: true }, { width: 360 }, { width: 360, dark: true }]) {
    const page = await world.open(`/jobs/${id}`, look);
    await page.getByRole('heading', { level: 1 }).getByText('<img src=x onerror=alert(1)>').waitFor();
    expect(await page.locator('main img').count()).toBe(0);
    for (const name of ['By cause', 'All guests', 'What happened', 'Redemption']) {
      await page.getByRole('tab', { name }).click();
      await expect(seriousFaults(page)).resolves.toEqual([]);
      await expect(scrollsSideways(page)).resolves.toBe(false);
    }
    await page.getByRole('button', { name: 'As a table' }).click();
    await page.getByRole('region', { name: 'Invitations over time' }).waitFor();
    await page.getByRole('button', { name: 'Delete' }).focus();
    await page.keyboard.press('Enter');
    await dialogOf(page).getByText('A deletion cannot be undone.').waitFor();
    await expect(seriousFaults(page)).resolves.toEqual([]);
    await page.keyboard.press('Escape');
    await dialogOf(page).waitFor({ state: 'hidden' });
    const isBack = page.getByRole('button', { name: 'Delete' });
    await expect(isBack.evaluate((element) => element === document.activeElement)).resolves.toBe(true);
  }
});
