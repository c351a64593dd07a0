/** From a list to a job: what one sees, corrects and chooses, and what comes of it in the simulated tenant. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { completed, json, type JobAnswer } from '../cloud/jobs.ts';
import { scrollsSideways, seriousFaults } from './accessible.ts';
import { picture } from './picture.ts';
import { atJob, clocksApart, confirm, dialogOf, dropAll, idIn, rehearse } from './steps.ts';
import { mailsEach, sumOf, tenantOf, type Guest } from './tenant.ts';
import { useBrowser, type Look } from './world.ts';

const world = useBrowser({ guests: 400, seed: 11 });
const tenant = tenantOf(world);

const HOSTILE = '<img src=x onerror=alert(1)>"\'; =HYPERLINK("https://evil.example") \u202Etxet';
const ENTRA = readFileSync(join(import.meta.dirname, '../corpus/entra-users.csv'), 'utf8')
  .replace(/^\uFEFF/, '')
  .replace(/\r?\n[^]*/, '')
  .split(',');

/** As the admin center writes it, as Excel saves it in many countries. */
function entraExport(guests: readonly Guest[]): Buffer {
  const rows = guests.map((guest, index) =>
    ENTRA.map((name) => {
      if (name === 'displayName') return `"${HOSTILE.replaceAll('"', '""')} ${index}"`;
      if (name === 'userPrincipalName') return guest.userPrincipalName;
      return name === 'objectId' || name === 'id' ? guest.id : '';
    }).join(';'),
  );
  return Buffer.from(`\uFEFF${[ENTRA.join(';'), ...rows].join('\r\n')}\r\n`);
}

async function give(page: Page, name: string, buffer: Buffer): Promise<void> {
  await page.getByLabel('File with guests').setInputFiles({ name, mimeType: 'text/csv', buffer });
}

async function paste(page: Page, text: string): Promise<void> {
  await page.getByLabel('Guests', { exact: true }).fill(text);
  await page.getByRole('button', { name: 'Take these' }).click();
}

/** What is sent from now on to become a job. */
function submissionsOf(page: Page): string[] {
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST' && /\/api\/jobs\?/.test(request.url())) sent.push(request.url());
  });
  return sent;
}

const stepOf = (page: Page): Promise<string[]> =>
  page.getByRole('list', { name: 'Steps' }).locator('[aria-current="step"]').allTextContents();

/** What was submitted with this reason, rehearsals left out. */
async function jobsOf(reason: string): Promise<JobAnswer[]> {
  const { body } = await json<{ value: (JobAnswer & { reason?: string; dryRun?: boolean })[] }>(
    `${world.cloud.api}/jobs?pageSize=100`,
  );
  return body.value.filter((job) => job.reason === reason && job.dryRun !== true);
}

test('an Entra export is recognised, rehearsed, and becomes one job whose canary is mailed first', async () => {
  const guests = await tenant.take(24);
  const nobody = {
    ...(await tenant.takeOne()),
    id: crypto.randomUUID(),
    userPrincipalName: 'nobody_x.example#EXT#@contoso.example',
  };
  const page = await world.open();
  const sent = submissionsOf(page);
  await give(page, 'export <b>.csv', entraExport([...guests, nobody]));
  await page.getByText(`An export of users from Entra, ${ENTRA.length} columns.`).waitFor();
  await page.getByText('25 guests', { exact: true }).waitFor();
  // Of object ids alone nobody knows whom the list has.
  const rows = page.getByRole('list', { name: /^Rows of the list/ }).getByRole('listitem');
  await rows.first().getByText(`${HOSTILE} 0`, { exact: true }).waitFor();
  expect(await rows.first().textContent()).toContain(`${HOSTILE} 0 ${guests[0]?.id}`);
  await picture(page, 'console-choose');
  expect(await stepOf(page)).toEqual(['1 Choose']);
  expect(await rehearse(page)).toBe('24 of 25 guests would be reset');
  await page.getByText('Nothing was changed and nobody was mailed', { exact: false }).waitFor();
  expect(await tenant.mails(guests)).toEqual(mailsEach(guests, 0));
  // The directory has told nothing of who is not in it: the list knows whom it means.
  await page.getByRole('button', { name: /No user of the tenant/ }).click();
  const missing = page.getByRole('list', { name: /^No user/ }).getByRole('listitem');
  await missing.getByText(`${HOSTILE} 24`, { exact: true }).waitFor();
  await missing.getByText(nobody.id).waitFor();
  // Nothing in the list says whether Microsoft mails, and it is long: it goes up once.
  expect(sent).toHaveLength(1);
  expect(await stepOf(page)).toEqual(['2 Rehearse']);

  const run = page.getByRole('button', { name: 'Reset 24 guests' });
  expect(await run.getAttribute('aria-disabled')).toBe('true');
  await page.getByText('Choose whether Microsoft mails the guests.').waitFor();
  await page.getByRole('radio', { name: 'Microsoft mails each guest' }).check();
  const language = page.getByLabel('Language of the mail');
  const below = page.getByRole('button', { name: 'The partner has a new domain' });
  await language.fill('swedish');
  const before = await below.boundingBox();
  await language.press('Tab');
  await page.getByText('"swedish" is not a language tag. Write one such as de or en-US.').waitFor();
  // Else it would not be hit by whoever leaves the field by pressing it.
  expect(await below.boundingBox()).toEqual(before);
  await page.getByText('Correct the language of the mail.').waitFor();
  expect(await seriousFaults(page)).toEqual([]);
  await language.fill('sv-SE');
  await page.getByLabel('Reason or ticket').fill('CHG-1 <script>');
  const canary = page.getByLabel('Guests of the canary');
  expect(await canary.inputValue()).toBe('20');
  await canary.fill('24');
  await page.getByText('With 24 the job would not pause: it has 24 guests.').waitFor();
  expect(await run.getAttribute('aria-disabled')).toBe('true');
  await canary.fill('20');
  await page.getByLabel(/^Type 24/).fill('24');
  await picture(page, 'console-rehearsal');
  await run.dblclick({ noWaitAfter: true });
  const id = await atJob(page);
  await page.getByRole('heading', { level: 1, name: 'CHG-1 <script>' }).waitFor();
  await expect.poll(async () => sumOf(await tenant.mails(guests)), { timeout: 60_000 }).toBe(20);

  expect((await jobsOf('CHG-1 <script>')).map((job) => [job.id, job.total])).toEqual([[id, 24]]);
  const { body: job } = await json<{ options: { messageLanguage?: string } }>(`${world.cloud.api}/jobs/${id}`);
  expect(job.options.messageLanguage).toBe('sv-SE');
});

test('each problem stands beside its row, is corrected in place, and survives a reload', async () => {
  const [first, second, third] = [await tenant.takeOne(), await tenant.takeOne(), await tenant.takeOne()];
  const page = await world.open();
  await paste(page, `${first.mail}\nbob(at)fabrikam.example\n${first.mail}\n${second.id}\n`);
  await page.getByText('4 rows, 2 to look at').waitFor();
  await page.getByRole('button', { name: 'Rehearse 4 rows' }).click();
  await page.getByRole('heading', { name: /problems: nothing was rehearsed/ }).waitFor();
  await page.getByRole('group', { name: 'Row 3' }).getByText('Row 1 names the same guest').waitFor();
  await picture(page, 'console-problems');
  await expect(seriousFaults(page)).resolves.toEqual([]);

  await page.getByRole('group', { name: 'Row 2' }).getByLabel('user').fill(third.mail);
  await page.getByRole('button', { name: 'Leave out row 3' }).click();
  await page.getByText('3 guests', { exact: true }).waitFor();
  await page.reload();
  await page.getByText('3 guests', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Put back 1 row left out' }).waitFor();
  expect(await rehearse(page)).toBe('3 of 3 guests would be reset');
});

test('one guest goes the same way with less, and without mail nobody is mailed', async () => {
  const guest = await tenant.takeOne();
  const page = await world.open();
  await paste(page, `Anna Berg <${guest.mail}>`);
  expect(await rehearse(page)).toBe('The guest would be reset');
  // Whoever listens to the page is told as well.
  await page.locator('output[aria-live="polite"]', { hasText: 'The guest would be reset.' }).waitFor();
  expect(await page.getByLabel(/canary/).count()).toBe(0);
  expect(await page.getByLabel(/^Type/).count()).toBe(0);
  await page.getByRole('radio', { name: 'No mail: I hand out the links' }).check();
  expect(await page.getByLabel('Language of the mail').count()).toBe(0);
  // Enter runs nothing: else there would be a job with half of the reason, and no field any more.
  await page.getByLabel('Reason or ticket').fill('CHG-30');
  await page.getByLabel('Reason or ticket').press('Enter');
  await page.getByLabel('Reason or ticket').fill('CHG-30 Anna');
  await page.getByRole('button', { name: 'Reset 1 guest' }).click();
  const job = await completed(`${world.cloud.api}/jobs/${await atJob(page)}/completion`, 60);
  expect(job.counts['succeeded']).toBe(1);
  expect([await jobsOf('CHG-30'), (await jobsOf('CHG-30 Anna')).length]).toEqual([[], 1]);
  expect(await tenant.mails([guest])).toEqual(mailsEach([guest], 0));
});

test('where only some rows say whether Microsoft mails, the choice is about the others', async () => {
  const [silent, unmailed] = [await tenant.takeOne(), await tenant.takeOne()];
  const page = await world.open();
  await give(page, 'guests.csv', Buffer.from(`user,sendEmail\n${silent.mail},\n${unmailed.mail},false\n`));
  expect(await rehearse(page)).toBe('2 of 2 guests would be reset');
  await page.getByRole('radio', { name: 'Microsoft mails each guest whose row says nothing' }).check();
  await page.getByRole('button', { name: 'Reset 2 guests' }).click();
  await completed(`${world.cloud.api}/jobs/${await atJob(page)}/completion`, 60);
  expect(await tenant.mails([silent, unmailed])).toEqual(
    new Map([
      [silent.id, 1],
      [unmailed.id, 0],
    ]),
  );
});

test('a lost answer makes no second job; the same list once more asks first', async () => {
  const guests = await tenant.take(21);
  const list = Buffer.from(`user\n${guests.map(({ id }) => id).join('\n')}\n`);
  const page = await world.open();
  const second = await page.context().newPage();
  await second.goto(world.console);
  for (const tab of [page, second]) {
    await give(tab, 'guests.csv', list);
    await rehearse(tab);
    await tab.getByRole('radio', { name: 'No mail: I hand out the links' }).check();
    await tab.getByLabel('Reason or ticket').fill('CHG-2');
    await tab.getByLabel(/^Type 21/).fill('21');
  }
  // The rehearsal of the first, in one more tab.
  const third = await page.context().newPage();
  await third.goto(page.url());
  await third.getByRole('radio', { name: 'No mail: I hand out the links' }).check();
  await third.getByLabel('Reason or ticket').fill('CHG-2');
  await third.getByLabel(/^Type 21/).fill('21');
  // The job is made, and nobody hears of it.
  let isLost = false;
  let onTheWay: string[] = [];
  await page.route(/\/api\/jobs\?/, async (route) => {
    if (isLost) return route.continue();
    isLost = true;
    await route.fetch();
    onTheWay = await stepOf(page);
    return route.abort();
  });
  // One may go back before the page of the job has come: this one was hidden meanwhile, and not begun anew.
  await page.route('**/assets/page-*.js', () => undefined);
  await page.getByRole('button', { name: 'Reset 21 guests' }).click();
  const id = await atJob(page);
  expect([isLost, onTheWay]).toEqual([true, ['3 Run']]);
  expect(await jobsOf('CHG-2')).toHaveLength(1);
  // Where the same is asked for once more, it is the same job.
  await third.getByRole('button', { name: 'Reset 21 guests' }).click();
  expect(await atJob(third)).toBe(id);
  expect(await jobsOf('CHG-2')).toHaveLength(1);
  await page.goBack();
  await page.getByText('This rehearsal has become').waitFor();
  expect(await stepOf(page)).toEqual(['2 Rehearse']);
  expect(await page.getByRole('link', { name: '3 Run' }).getAttribute('href')).toContain(id);

  await second.getByRole('button', { name: 'Reset 21 guests' }).click();
  await second.getByText('This list was submitted already.').waitFor();
  expect(await second.getByRole('link', { name: 'Look at the earlier job' }).getAttribute('href')).toContain(id);
  expect(await jobsOf('CHG-2')).toHaveLength(1);
  // What is changed after the question is confirmed anew.
  const allTheSame = second.getByRole('button', { name: 'Submit all the same' });
  await second.getByLabel(/^Type 21/).fill('2');
  expect(await allTheSame.getAttribute('aria-disabled')).toBe('true');
  await allTheSame.click({ force: true });
  await second.getByLabel(/^Type 21/).fill('21');
  expect(await jobsOf('CHG-2')).toHaveLength(1);
  await allTheSame.click();
  expect(await atJob(second)).not.toBe(id);
  expect(await jobsOf('CHG-2')).toHaveLength(2);
});

test('a cause opens to its guests, and leads back to them in the list', async () => {
  const [first, second] = [await tenant.takeOne(), await tenant.takeOne()];
  const page = await world.open();
  await paste(page, [first.mail, 'nobody.at.all@fabrikam.example'].join('; '));
  await rehearse(page);
  // The whole line opens, not a sign at its end alone.
  await page.getByText('No user of the tenant has this id', { exact: false }).click();
  await page
    .getByRole('list', { name: /^No user/ })
    .getByText('nobody.at.all@fabrikam.example')
    .waitFor();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'These as CSV' }).click(),
  ]);
  expect(readFileSync(await download.path(), 'utf8')).toContain('nobody.at.all@fabrikam.example');
  await page.getByRole('button', { name: 'Correct in the list' }).click();
  const row = page.getByRole('group', { name: 'Row 2' });
  await row.getByLabel('user').fill(second.mail);
  await row.getByLabel('user').press('Enter');
  await row.getByText('Changed: rehearse to know.').waitFor();
  expect(await row.getByText('No user of the tenant', { exact: false }).count()).toBe(0);
  expect(await rehearse(page)).toBe('2 of 2 guests would be reset');
});

test('a row of an export that nothing names, or a wrong id, is named by its address after all', async () => {
  const [first, second, third] = [await tenant.takeOne(), await tenant.takeOne(), await tenant.takeOne()];
  const without = { ...second, id: '', userPrincipalName: '' };
  const page = await world.open();
  await give(page, 'export.csv', entraExport([first, without, { ...third, id: 'cut-off' }]));
  await page.getByText('3 rows, 2 to look at').waitFor();
  const named = page.getByRole('group', { name: 'Row 3' });
  const id = named.getByLabel('id', { exact: true });
  await id.fill(second.mail);
  await id.press('Enter');
  await named.getByText('is not an object id.', { exact: false }).waitFor();
  await id.fill('');
  await id.press('Enter');
  await named.getByLabel('mail', { exact: true }).fill(second.mail);
  await named.getByLabel('mail', { exact: true }).press('Enter');
  const wrong = page.getByRole('group', { name: 'Row 4' }).getByLabel('id', { exact: true });
  await wrong.fill('');
  await wrong.press('Enter');
  await page.getByText('3 guests', { exact: true }).waitFor();
  expect(await rehearse(page)).toBe('3 of 3 guests would be reset');
});

test('whom to look at first goes into a file, and leads back to the list, by the rows of the file', async () => {
  const [first, second, third] = [await tenant.takeOne(), await tenant.takeOne(), await tenant.takeOne()];
  await tenant.change(third.id, { accountEnabled: false });
  const page = await world.open();
  await give(page, 'guests.csv', Buffer.from(`user\n${first.id}\n\n${second.id}\n${third.id}\n`));
  await page.getByRole('button', { name: 'Edit row 2' }).click();
  await page.getByRole('button', { name: 'Leave out row 2' }).click();
  await rehearse(page);
  const group = page.getByRole('region', { name: 'Look first' });
  await group.getByRole('button', { name: /^1/ }).click();
  expect(await group.getByRole('listitem').textContent()).toMatch(/^5/);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    group.getByRole('button', { name: 'These as CSV' }).click(),
  ]);
  const saved = readFileSync(await download.path(), 'utf8');
  expect([second.id, third.id].map((id) => saved.includes(id))).toEqual([false, true]);
  await group.getByRole('button', { name: 'Correct in the list' }).click();
  const problems = page.getByRole('region', { name: '1 row to correct' });
  await problems.getByRole('button', { name: 'Leave out row 5' }).click();
  expect(await rehearse(page)).toBe('The guest would be reset');
});

test('a colleague without the list sees all of a rehearsal, and who can run it', async () => {
  const guest = await tenant.takeOne();
  const page = await world.open();
  await paste(page, guest.mail);
  await rehearse(page);
  const colleague = await world.open(`/rehearsals/${idIn(page)}`);
  await colleague.getByRole('heading', { level: 1, name: 'The guest would be reset' }).waitFor();
  await colleague.getByText('The list is not in this browser.', { exact: false }).waitFor();
  expect(await colleague.getByRole('button', { name: /^Reset/ }).count()).toBe(0);
});

test('a new domain is rehearsed anew, and shows who gets which address', async () => {
  const guest = await tenant.takeOne();
  const domain = guest.mail.split('@')[1] ?? '';
  const page = await world.open();
  await paste(page, guest.id);
  await rehearse(page);
  await page.getByRole('radio', { name: 'No mail: I hand out the links' }).check();
  await page.getByLabel('Reason or ticket').fill('CHG-5');
  const opener = page.getByRole('button', { name: 'The partner has a new domain' });
  const run = page.getByRole('button', { name: 'Reset 1 guest' });
  await opener.click();
  await page.getByLabel('Old domain').fill('mistaken.example');
  // What was typed and is not rehearsed would be no part of the job.
  await page.getByText('The new domain is not rehearsed').waitFor();
  expect(await run.getAttribute('aria-disabled')).toBe('true');
  await opener.click();
  await page.getByLabel('Old domain').waitFor({ state: 'hidden' });
  expect(await run.getAttribute('aria-disabled')).not.toBe('true');
  expect(await opener.evaluate((element) => element === document.activeElement)).toBe(true);
  await opener.click();
  expect(await page.getByLabel('Old domain').inputValue()).toBe('');
  await page.getByLabel('Old domain').fill(domain);
  await page.getByLabel('Old domain').press('Enter');
  await page.getByLabel('New domain').fill('moved.example');
  // What Enter does here is to rehearse, although the form around it could be run.
  await page.getByLabel('New domain').press('Enter');
  await page.getByText(`New domain: ${domain} → moved.example`).waitFor();
  await page.getByRole('button', { name: /Every guest/ }).click();
  const item = page.getByRole('list', { name: /^Every guest/ }).getByRole('listitem');
  await item.waitFor();
  // People know the guest by the address of before; the list has an object id only.
  expect(await item.getByRole('link').textContent()).toBe(guest.mail);
  await item.getByText(guest.id).waitFor();
  expect(await item.textContent()).toContain('@moved.example');
  // Who was to get no mail gets none of this rehearsal either.
  expect(await page.getByRole('radio', { name: 'No mail: I hand out the links' }).isChecked()).toBe(true);
  expect(await page.getByLabel('Reason or ticket').inputValue()).toBe('CHG-5');
  expect(await tenant.mails([guest])).toEqual(mailsEach([guest], 0));
});

test('who was reset a short time ago is skipped, until it is said that they are reset too', async () => {
  const guests = await tenant.take(3);
  const list = guests.map(({ id }) => id).join('\n');
  const page = await world.open();
  const runIt = async (reason: string): Promise<void> => {
    await page.getByRole('radio', { name: 'Microsoft mails each guest' }).check();
    await page.getByLabel('Reason or ticket').fill(reason);
    await page.getByRole('button', { name: 'Reset 3 guests' }).click();
    await completed(`${world.cloud.api}/jobs/${await atJob(page)}/completion`, 60);
  };
  await paste(page, list);
  await rehearse(page);
  await runIt('CHG-3');
  const ended = Date.now();
  expect(await tenant.mails(guests)).toEqual(mailsEach(guests, 1));

  await page.goto(world.console);
  await paste(page, list);
  expect(await rehearse(page)).toBe('All 3 guests would be skipped');
  await page.getByRole('button', { name: /Another job has reset the guest within 24 hours before/ }).click();
  const skipped = page.getByRole('region', { name: 'Would be skipped' });
  await expect.poll(() => skipped.getByRole('link').count()).toBe(3);
  expect(await skipped.textContent()).not.toMatch(/skipIfResetWithinHours|\/api\/|\d{4}-\d\d-\d\dT/);
  expect(await page.getByRole('link', { name: 'Go back to the list' }).count()).toBe(0);
  expect(await seriousFaults(page)).toEqual([]);
  await page.getByRole('button', { name: /^Reset these too/ }).click();
  await page.getByRole('heading', { level: 1, name: '3 of 3 guests would be reset' }).waitFor();
  await page.getByText('Who was reset a short time ago is reset again.').waitFor();
  expect(await tenant.mails(guests)).toEqual(mailsEach(guests, 1));
  await clocksApart(ended);
  await runIt('CHG-4');
  expect(await tenant.mails(guests)).toEqual(mailsEach(guests, 2));
});

test('what is no list is named, with what to do; several files are not taken for one', async () => {
  const page = await world.open();
  const alert = page.getByRole('alert');
  await give(page, `${HOSTILE}.xlsx`, Buffer.from('PK\u0003\u0004 xl/workbook.xml'));
  await alert.getByText('It is an Excel workbook. In Excel save it as “CSV UTF-8', { exact: false }).waitFor();
  expect(await page.locator('main img').count()).toBe(0);
  await expect(seriousFaults(page)).resolves.toEqual([]);
  await give(page, 'header.csv', Buffer.from('user,reference\r\n'));
  await alert.getByText('It has only a header (user, reference) and no rows.', { exact: false }).waitFor();
  await paste(page, ';;');
  await alert.getByText('What was pasted has no guests.').waitFor();
  await dropAll(page, [
    { name: 'one.csv', text: 'user\n' },
    { name: 'two.csv', text: 'user\n' },
  ]);
  await alert.getByText('2 files were given.').waitFor();
  await give(page, 'guests.csv', Buffer.from('user\nnonsense\na@fabrikam.example\n'));
  await page.getByText('2 rows, 1 to look at').waitFor();
  expect(await page.getByText('2 files were given.').count()).toBe(0);
});

test('starting over asks where something would be lost, and only there', async () => {
  const guest = await tenant.takeOne();
  const page = await world.open();
  const file = Buffer.from(`user\n${guest.mail}\n${guest.id.slice(1)}\n`);
  const startOver = page.getByRole('button', { name: 'Start over' });
  const isAtHeading = () =>
    page.getByRole('heading', { level: 1 }).evaluate((element) => element === document.activeElement);
  await give(page, 'guests.csv', file);
  await startOver.click();
  await page.getByLabel('Guests', { exact: true }).waitFor();
  await expect.poll(isAtHeading).toBe(true);

  await give(page, 'guests.csv', file);
  await page.getByRole('button', { name: 'Leave out row 3' }).click();
  await startOver.click();
  await dialogOf(page).getByText('1 row left out').waitFor();
  await page.keyboard.press('Escape');
  await dialogOf(page).waitFor({ state: 'hidden' });
  await page.getByText('1 guest', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Put back 1 row left out' }).waitFor();
  await startOver.click();
  await confirm(page, 'Start over');
  await page.getByLabel('Guests', { exact: true }).waitFor();
  await expect.poll(isAtHeading).toBe(true);

  await paste(page, guest.mail);
  await startOver.click();
  await dialogOf(page).getByText('What was pasted is kept nowhere else.').waitFor();
  await confirm(page, 'Start over');
  expect(await page.getByLabel('Guests', { exact: true }).inputValue()).toBe('');
  await page.reload();
  await page.getByLabel('Guests', { exact: true }).waitFor();
});

const LOOKS: Look[] = [{}, { dark: true }, { width: 480 }, { width: 320, dark: true }];

test.each(LOOKS)('nothing shuts people out or scrolls sideways, popups open: %j', async (look) => {
  const [guest, other] = [await tenant.takeOne(), await tenant.takeOne()];
  const isSound = async (): Promise<void> => {
    await expect(seriousFaults(page)).resolves.toEqual([]);
    await expect(scrollsSideways(page)).resolves.toBe(false);
  };
  const page = await world.open('/', look);
  await isSound();
  await give(page, `${'long'.repeat(40)}.csv`, Buffer.from(`who;place\n${guest.id};Kiel\n${other.id};Graz\n`));
  await page.getByRole('combobox', { name: 'Which column names the guest?' }).click();
  await page.getByRole('option', { name: 'who' }).waitFor();
  await isSound();
  await page.getByRole('option', { name: 'who' }).click();
  await page.getByRole('button', { name: 'Edit row 2' }).click();
  await page.getByRole('group', { name: 'Row 2' }).waitFor();
  await isSound();
  await page.getByRole('button', { name: 'Start over' }).click();
  await dialogOf(page).getByText('a column named').waitFor();
  await isSound();
  await page.keyboard.press('Escape');
  await dialogOf(page).waitFor({ state: 'hidden' });
  expect(await rehearse(page)).toBe('2 of 2 guests would be reset');
  await page.getByRole('button', { name: /Every guest/ }).click();
  const guests = page.getByRole('list', { name: /^Every guest/ }).getByRole('listitem');
  await guests.first().waitFor();
  await page.getByRole('button', { name: 'The partner has a new domain' }).click();
  await page.getByLabel('Language of the mail').fill('swedish');
  await page.getByLabel('Language of the mail').press('Tab');
  await page.getByText('is not a language tag').waitFor();
  await isSound();
});
