/** A list before it is rehearsed, and after: nothing that is done to it is lost, and what cannot be is said. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { json } from '../cloud/jobs.ts';
import { scrollsSideways, seriousFaults } from './accessible.ts';
import { atJob, drop, idIn, rehearse } from './steps.ts';
import { tenantOf, type Guest } from './tenant.ts';
import { useBrowser, type Look } from './world.ts';

const world = useBrowser({ guests: 500, seed: 41, env: { MAX_RESETS_PER_JOB: '40' } });
const tenant = tenantOf(world);

const listOf = (guests: readonly Guest[]): string => `user\n${guests.map(({ id }) => `${id}\n`).join('')}`;

const rowsOf = async (id: string): Promise<readonly string[]> =>
  (await json<{ value: { user: string }[] }>(`${world.cloud.api}/jobs/${id}/resets`)).body.value.map(
    ({ user }) => user,
  );

/** So many guests of the domain that most have. */
async function ofOneDomain(count: number): Promise<readonly [string, readonly Guest[]]> {
  const domains = Map.groupBy(await tenant.take(250), ({ mail }) => mail.split('@')[1] ?? '');
  const [most] = [...domains].toSorted(([, one], [, other]) => other.length - one.length);
  expect(most?.[1].length).toBeGreaterThanOrEqual(count);
  return [most?.[0] ?? '', most?.[1].slice(0, count) ?? []];
}

/** How many rehearsals there are. */
const rehearsals = async (): Promise<number> =>
  (await json<{ value: unknown[] }>(`${world.cloud.api}/jobs?dryRun=true&pageSize=100`)).body.value.length;

const stepTo = (page: Page, name: string) => page.getByRole('list', { name: 'Steps' }).getByRole('link', { name });

/** Holds what is sent to become a job. @returns lets it go on */
async function hold(page: Page): Promise<() => void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route(/\/api\/jobs\?/, async (route) => {
    await promise;
    await route.continue();
  });
  return resolve;
}

const toNewReset = (page: Page): Promise<void> =>
  page.getByRole('navigation').getByRole('link', { name: 'New reset', exact: true }).click();

async function leaveRowOut(page: Page, row: number): Promise<void> {
  await page.getByRole('button', { name: `Edit row ${row}`, exact: true }).click();
  await page.getByRole('button', { name: `Leave out row ${row}`, exact: true }).click();
}

const LOOKS: Look[] = [{}, { width: 400, dark: true }];

test.each(LOOKS)('while a list is on its way it cannot be changed, and goes once: %j', async (look) => {
  const guests = await tenant.take(3);
  const before = await rehearsals();
  const page = await world.open('/', look);
  await drop(page, { name: 'guests.csv', text: listOf(guests) });
  const letGo = await hold(page);
  await page.getByRole('button', { name: 'Rehearse 3 guests' }).dblclick({ noWaitAfter: true });
  await page.getByText('The list is on its way: it cannot be changed now.').waitFor();
  await expect(seriousFaults(page)).resolves.toEqual([]);
  // Neither by the mouse nor by the keyboard, and whoever listens is not led there.
  const edit = page.getByRole('button', { name: 'Edit row 2' });
  expect(await edit.evaluate((element) => element.closest('[inert]') !== null)).toBe(true);
  await edit.click({ force: true });
  await page.keyboard.press('Tab');
  expect(await page.locator('[inert] :focus').count()).toBe(0);
  expect(await page.locator('[role="group"][aria-label="Row 2"]').count()).toBe(0);
  letGo();
  await page.waitForURL(/\/rehearsals\//);
  expect(await rowsOf(idIn(page))).toEqual(guests.map(({ id }) => id));
  expect(await rehearsals()).toBe(before + 1);
});

test('whoever goes elsewhere meanwhile is not carried off, and finds the rehearsal from the list', async () => {
  const page = await world.open();
  await drop(page, { name: 'guests.csv', text: listOf(await tenant.take(2)) });
  const letGo = await hold(page);
  await page.getByRole('button', { name: 'Rehearse 2 guests' }).click();
  await page.getByRole('navigation').getByRole('link', { name: 'Guests', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Guests' }).waitFor();
  await page.getByText('“Rehearse 2 guests” was asked for, and has no answer yet.').waitFor();
  await expect(seriousFaults(page)).resolves.toEqual([]);
  const before = await rehearsals();
  letGo();
  const told = page.getByRole('status').filter({ hasText: '“Rehearse 2 guests” was done.' });
  const to = await told.getByRole('link', { name: 'To what came of it' }).getAttribute('href');
  expect(await rehearsals()).toBe(before + 1);
  await toNewReset(page);
  await stepTo(page, '2 Rehearse').click();
  await page.getByRole('heading', { level: 1, name: '2 of 2 guests would be reset' }).waitFor();
  expect(new URL(page.url()).pathname).toBe(to);
});

test('what is done to a list while it is on its way, by whoever went elsewhere and came back, stays', async () => {
  const guests = await tenant.take(3);
  const page = await world.open();
  await drop(page, { name: 'guests.csv', text: listOf(guests) });
  const rehearsed = await hold(page);
  await page.getByRole('button', { name: 'Rehearse 3 guests' }).click();
  await page.getByRole('navigation').getByRole('link', { name: 'Guests', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Guests' }).waitFor();
  await toNewReset(page);
  await leaveRowOut(page, 2);
  await page.getByRole('button', { name: 'Rehearse 2 guests' }).waitFor();
  rehearsed();
  await page.getByRole('link', { name: 'To what came of it' }).waitFor();
  await page.reload();
  await page.getByRole('button', { name: 'Rehearse 2 guests' }).waitFor();

  await page.unrouteAll();
  await rehearse(page);
  await page.getByRole('radio', { name: 'No mail: I hand out the links' }).check();
  const run = await hold(page);
  await page.getByRole('button', { name: 'Reset 2 guests' }).click();
  await stepTo(page, '1 Choose').click();
  await leaveRowOut(page, 3);
  await page.getByText('“Reset 2 guests” was asked for, and has no answer yet.').waitFor();
  run();
  const job = await page.getByRole('link', { name: 'To what came of it' }).getAttribute('href');
  expect(await rowsOf(job?.split('/').at(-1) ?? '')).toEqual(guests.slice(1).map(({ id }) => id));
  await page.reload();
  await page.getByRole('button', { name: 'Rehearse 1 guest' }).waitFor();
});

test('whoever leaves a list that is run is told that it was not, or that nobody knows', async () => {
  const guest = await tenant.takeOne();
  const page = await world.open();
  await drop(page, { name: 'guests.csv', text: listOf([guest]) });
  await rehearse(page);
  await page.getByRole('radio', { name: 'No mail: I hand out the links' }).check();
  const run = page.getByRole('button', { name: 'Reset 1 guest' });
  const { promise: answer, resolve: letGo } = Promise.withResolvers<void>();
  const status = [400, 500];
  await page.route(/\/api\/jobs\?/, async (route) => {
    await answer;
    await route.fulfill({ status: status[0] ?? 0, body: 'In front of it.' });
  });
  await run.click();
  await page.getByRole('navigation').getByRole('link', { name: 'Guests', exact: true }).click();
  letGo();
  const told = page.getByText('“Reset 1 guest” was not done.');
  await told.waitFor();
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await told.waitFor({ state: 'detached' });
  // The button is gone with it, and whoever pressed it by a key is not sent back to the top.
  const title = page.getByRole('heading', { level: 1, name: 'Guests' });
  await expect.poll(() => title.evaluate((element) => element === document.activeElement)).toBe(true);
  await page.goBack();
  // Also on the page itself: in front of the service nobody knows what it did.
  status.shift();
  await run.click();
  await page.getByText('It is not known whether the job was submitted').waitFor({ timeout: 60_000 });
  expect(await tenant.outbox(guest)).toEqual([]);
});

test('what was chosen comes along to the list and back, is confirmed anew, and a changed list is no longer run', async () => {
  const [domain, guests] = await ofOneDomain(24);
  const page = await world.open();
  await drop(page, { name: 'guests.csv', text: listOf(guests) });
  await rehearse(page);
  const choose = async (): Promise<void> => {
    await page.getByRole('radio', { name: 'No mail: I hand out the links' }).check();
    await page.getByLabel('Reason or ticket').fill('CHG-50');
    await page.getByLabel('Guests of the canary').fill('5');
    await page.getByLabel(/^Type 24/).fill('24');
  };
  const isChosen = async (): Promise<void> => {
    expect(await page.getByRole('radio', { name: 'No mail: I hand out the links' }).isChecked()).toBe(true);
    expect(await page.getByLabel('Reason or ticket').inputValue()).toBe('CHG-50');
    expect(await page.getByLabel('Guests of the canary').inputValue()).toBe('5');
    expect(await page.getByLabel(/^Type /).inputValue()).toBe('');
  };
  await choose();
  await page.getByRole('button', { name: 'The partner has a new domain' }).click();
  await page.getByLabel('Old domain').fill(domain);
  await page.getByLabel('New domain').fill('new.example');
  const before = await rehearsals();
  // Twice in one breath is once.
  await page.getByLabel('New domain').press('Enter');
  await page.keyboard.press('Enter');
  await page.getByText(`New domain: ${domain} → new.example`).waitFor();
  expect(await rehearsals()).toBe(before + 1);
  await isChosen();
  const first = idIn(page);

  await stepTo(page, '1 Choose').click();
  await page.getByText(`with the new domain ${domain} → new.example as before`, { exact: false }).waitFor();
  // Nothing was changed: the rehearsal still is of this list.
  await stepTo(page, '2 Rehearse').click();
  await isChosen();
  await stepTo(page, '1 Choose').click();
  await leaveRowOut(page, 2);
  await page.getByText('23 guests', { exact: true }).waitFor();
  expect(await stepTo(page, '2 Rehearse').count()).toBe(0);
  // By the browser's own way back: it would run somebody who was left out.
  await page.goBack();
  await page.getByText('The list was changed after this rehearsal.').waitFor();
  expect(await page.getByRole('button', { name: /^Reset \d/ }).count()).toBe(0);
  await page.getByRole('link', { name: 'Go to the list' }).click();
  // Also for whoever comes by the navigation, and after a reload.
  await toNewReset(page);
  await page.reload();
  await page.getByText('23 guests', { exact: true }).waitFor();
  expect(await rehearse(page)).toBe('23 of 23 guests would be reset');
  expect(idIn(page)).not.toBe(first);
  await page.getByText(`New domain: ${domain} → new.example`).waitFor();
  const last = idIn(page);
  expect(await rowsOf(last)).toEqual(guests.slice(1).map(({ id }) => id));
  // By its address: it would run who was left out, also after the list was run.
  await page.goto(page.url().replace(last, first));
  await page.getByText('The list was rehearsed again after this.').waitFor();
  expect(await page.getByRole('button', { name: /^Reset \d/ }).count()).toBe(0);
  await page.getByRole('link', { name: 'its last rehearsal' }).click();
  await page.getByLabel(/^Type 23/).fill('23');
  await page.getByRole('radio', { name: 'No mail: I hand out the links' }).check();
  await page.getByRole('button', { name: 'Reset 23 guests' }).click();
  const ran = await atJob(page);
  await page.goto(page.url().replace(`jobs/${ran}`, `rehearsals/${first}`));
  await page.getByRole('link', { name: 'A job', exact: true }).click();
  expect(await atJob(page)).toBe(ran);
});

test('a list whose guests nobody knows leads to its column, and that can be another one after all', async () => {
  const guest = await tenant.takeOne();
  const page = await world.open();
  await drop(page, { name: 'guests.csv', text: `place;who\nKiel;${guest.id}\n` });
  const go = page.getByRole('button', { name: /^Rehearse \d/ });
  const reason = page.getByText('Choose the column that names the guest: then the list can be rehearsed.');
  await reason.waitFor();
  expect(await go.getAttribute('aria-disabled')).toBe('true');
  expect(await go.getAttribute('aria-describedby')).toBe(await reason.getAttribute('id'));
  const which = page.getByRole('combobox', { name: 'Which column names the guest?' });
  await which.click();
  await page.getByRole('option', { name: 'place' }).click();
  await page.getByText('1 row, 1 to look at').waitFor();
  // It stays, and has the focus still.
  expect(await which.evaluate((element) => element === document.activeElement)).toBe(true);
  await which.click();
  await page.getByRole('option', { name: 'who' }).click();
  await page.getByText('who: the guest').waitFor();
  await page.getByText('1 guest', { exact: true }).waitFor();
  expect(await rehearse(page)).toBe('The guest would be reset');
});

test('by keys one goes from row to row, and is never sent back to the top', async () => {
  const [guest, other] = [await tenant.takeOne(), await tenant.takeOne()];
  const wrong = Array.from({ length: 12 }, (_none, index) => `wrong ${index}\n`).join('');
  const page = await world.open();
  await drop(page, { name: 'guests.csv', text: `user\n${wrong}${guest.id}\n${other.id}\n` });
  const problems = page.getByRole('region', { name: 'Look at these 12 rows' });
  await expect.poll(() => problems.getByRole('textbox').count()).toBe(10);
  await problems.getByRole('button', { name: 'Show 2 more' }).click();
  expect(await problems.getByRole('textbox').count()).toBe(12);
  const focused = (): Promise<string | null> =>
    page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.tagName ?? null);
  const leaveOut = page.getByRole('button', { name: 'Leave out row 13', exact: true });
  await leaveOut.focus();
  await page.keyboard.press('Enter');
  await page.getByText('13 rows, 11 to look at').waitFor();
  expect(await focused()).toBe('Leave out row 12');
  await page.getByRole('button', { name: 'Leave out these 11 rows' }).press('Enter');
  await page.getByText('2 guests', { exact: true }).waitFor();
  await expect.poll(focused).toBe('H1');

  await page.getByRole('button', { name: 'Edit row 14', exact: true }).press('Enter');
  expect(await focused()).toBe('INPUT');
  await page.getByRole('button', { name: 'Done' }).press('Enter');
  expect(await focused()).toBe('Edit row 14');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Leave out row 14', exact: true }).press('Enter');
  await page.getByText('1 guest', { exact: true }).waitFor();
  expect(await focused()).toBe('Edit row 15');
  await page.getByRole('button', { name: 'Start over' }).waitFor();
});

test('a list whose tab was closed is offered once more, and one that is worked on elsewhere is not', async () => {
  const page = await world.open();
  const offer = (tab: Page) =>
    tab.getByRole('group').filter({ hasText: 'A list that you worked on before is still here.' });
  const another = async (): Promise<Page> => {
    const tab = await page.context().newPage();
    await tab.goto(world.console);
    await tab.getByRole('button', { name: 'Choose a file' }).waitFor();
    return tab;
  };
  await drop(page, { name: 'first.csv', text: listOf(await tenant.take(3)) });
  await page.getByRole('button', { name: 'Edit row 2', exact: true }).click();
  await page.getByRole('button', { name: 'Leave out row 2', exact: true }).click();
  await page.getByText('2 guests', { exact: true }).waitFor();
  const second = await another();
  await drop(second, { name: 'second.csv', text: listOf(await tenant.take(1)) });
  await second.getByText('1 guest', { exact: true }).waitFor();
  expect(await offer(second).count()).toBe(0);
  const third = await another();
  await page.close();
  await third.reload();
  await offer(third).getByText('“first.csv”').waitFor();
  await offer(third).getByText('1 row left out', { exact: false }).waitFor();
  await expect(seriousFaults(third)).resolves.toEqual([]);
  expect(await offer(third).getByText('second.csv').count()).toBe(0);
  await offer(third).getByRole('button', { name: 'Go on with it' }).click();
  expect(await rehearse(third)).toBe('2 of 2 guests would be reset');

  await second.close();
  const fourth = await another();
  await offer(fourth).getByText('“second.csv”').waitFor();
  await offer(fourth).getByRole('button', { name: 'Forget it' }).click();
  await offer(fourth).waitFor({ state: 'hidden' });
  await fourth.reload();
  await fourth.getByRole('button', { name: 'Choose a file' }).waitFor();
  expect(await offer(fourth).count()).toBe(0);
});

test('what is done to the list of an earlier rehearsal puts another one aside, and loses nothing of it', async () => {
  const page = await world.open();
  await drop(page, { name: 'first.csv', text: listOf(await tenant.take(2)) });
  await rehearse(page);
  const first = idIn(page);
  await toNewReset(page);
  await page.getByRole('button', { name: 'Start over' }).click();
  await drop(page, { name: 'second.csv', text: listOf(await tenant.take(4)) });
  await leaveRowOut(page, 2);
  await page.getByText('3 guests', { exact: true }).waitFor();
  await page.goto(`${world.console}/?rehearsal=${first}`);
  await leaveRowOut(page, 2);
  await leaveRowOut(page, 3);
  await page.getByText('No row is left', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Start over' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Start over' }).click();
  await page.getByText('“second.csv”', { exact: false }).waitFor();
  await page.getByRole('button', { name: 'Go on with it' }).click();
  await page.getByText('3 guests', { exact: true }).waitFor();
  // Once, however much was done to the other.
  await page.getByRole('button', { name: 'Start over' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Start over' }).click();
  await page.getByRole('button', { name: 'Choose a file' }).waitFor();
  expect(await page.getByText('“second.csv”', { exact: false }).count()).toBe(0);
});

test('a file that cannot be read, or not in the end, or is too long, holds up nobody', async () => {
  const page = await world.open();
  const alert = page.getByRole('alert');
  const breakReading = (how: 'fails' | 'never ends' | 'not'): Promise<void> =>
    page.evaluate((what) => {
      const broken = (): Promise<never> =>
        what === 'fails'
          ? Promise.reject(new DOMException('It could not be read.', 'NotReadableError'))
          : new Promise(() => undefined);
      const whole = function (this: Blob): Promise<ArrayBuffer> {
        return new Response(this).arrayBuffer();
      };
      Blob.prototype.arrayBuffer = what === 'not' ? whole : broken;
    }, how);
  await page.getByText('Up to 40 guests.', { exact: false }).waitFor();
  await breakReading('fails');
  await drop(page, { name: 'guests.csv', text: 'user\n' });
  await alert.getByText('“guests.csv” cannot be read.').waitFor();

  await breakReading('never ends');
  await drop(page, { name: 'slow.csv', text: 'user\nold@fabrikam.example\n' });
  await page.getByText('The list is being read').waitFor();
  await expect(seriousFaults(page)).resolves.toEqual([]);
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.getByRole('button', { name: 'Choose a file' }).waitFor();
  const heading = page.getByRole('heading', { level: 1 });
  await expect.poll(() => heading.evaluate((element) => element === document.activeElement)).toBe(true);

  await breakReading('not');
  await drop(page, { name: 'long.csv', text: listOf(await tenant.take(41)) });
  await alert.getByText('“long.csv” has 41 rows.').waitFor();
  await alert.getByText('One list may have 40.', { exact: false }).waitFor();

  // What the browser has lost by the time it is sent.
  await drop(page, { name: 'guests.csv', text: listOf(await tenant.take(1)) });
  await page.getByRole('button', { name: 'Rehearse 1 guest' }).waitFor();
  await breakReading('fails');
  await page.getByRole('button', { name: 'Rehearse 1 guest' }).click();
  await alert.getByText('this browser cannot read the list any more', { exact: false }).waitFor();
  await page.getByRole('button', { name: 'Rehearse 1 guest' }).waitFor();
  await expect(scrollsSideways(page)).resolves.toBe(false);
});
