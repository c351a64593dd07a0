/** Who may what, as each of them sees it: four eyes on a large job, and pages for whoever has one role, or none. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { scrollsSideways, seriousFaults } from './accessible.ts';
import { asManager, signInAs, signInAsSomebody } from './sign-in.ts';
import { atJob, confirm, drop, rehearse, state } from './steps.ts';
import { mailsEach, tenantOf, type Guest } from './tenant.ts';
import { useBrowser } from './world.ts';

const world = useBrowser({ guests: 100, seed: 43, auth: true, env: { HOLD_JOBS_ABOVE: '3' } });
const tenant = tenantOf(world);

const EVA = { name: 'eva@contoso.example', oid: '77777777-7777-4777-8777-777777777771', roles: ['Manage'] };

/** Sees what others have submitted, and submits, but changes nothing of theirs. */
const FAY = {
  name: 'fay@contoso.example',
  oid: '77777777-7777-4777-8777-777777777772',
  roles: ['Submit', 'Read'],
};

const listOf = (guests: readonly Guest[]): string => `user\n${guests.map(({ id }) => `${id}\n`).join('')}`;

/** @returns the id of a job of Mara, who has every role */
async function submit(guests: readonly Guest[], query = ''): Promise<string> {
  const answer = await asManager(world, `/jobs?sendInvitationMessage=true${query}`, {
    method: 'POST',
    headers: { 'content-type': 'text/csv' },
    body: listOf(guests),
  });
  return ((await answer.json()) as { id: string }).id;
}

const buttons = async (page: Page): Promise<string[]> => {
  const all = await page.getByRole('main').getByRole('button').allTextContents();
  return all.filter((text) =>
    /^(Pause|Resume|Go on|Stop here|Approve|Cancel job|Try|Remind|Delete|Who has redeemed|Results)/.test(text),
  );
};

test('a large job waits for somebody else: whoever submitted it is told whom, and who approves it is named', async () => {
  const guests = await tenant.take(4);
  const ada = await world.open();
  await signInAs(ada, 'ada');
  const [header = '', ...rows] = listOf(guests).trimEnd().split('\n');
  const withCopy = rows.map((row, index) => `${row},${index === 0 ? 'boss@contoso.example' : ''}`);
  await drop(ada, { name: 'guests.csv', text: [`${header},ccRecipient`, ...withCopy, ''].join('\n') });
  await rehearse(ada);
  await ada.getByRole('radio', { name: 'Microsoft mails each guest' }).check();
  await ada.getByLabel('Reason or ticket').fill('CHG-41');
  await ada.getByText('Of more than 3 guests the job waits until somebody else approves it').waitFor();
  await ada.getByRole('button', { name: 'Reset 4 guests' }).click();
  const id = await atJob(ada);
  await ada.getByText('Held until somebody approves it').waitFor();
  await ada.getByText('You submitted it, so somebody else must approve it: whoever has Manage').waitFor();
  // She has the role, too: it is not hers to use here.
  expect(await buttons(ada)).not.toContain('Approve');
  expect(await tenant.mails(guests)).toEqual(mailsEach(guests, 0));

  const reader = await world.open(`/jobs/${id}`);
  await signInAs(reader, 'chiara');
  await reader.getByText('Approving it needs another role: whoever has Manage').waitFor();
  expect(await buttons(reader)).toEqual(['Results as CSV']);

  const eva = await world.open(`/jobs/${id}`, { width: 480 });
  await signInAsSomebody(eva, EVA);
  await eva.getByText('Look at the guests below before you approve it.').waitFor();
  await eva.getByRole('button', { name: 'Approve' }).click();
  const dialog = eva.getByRole('dialog');
  await dialog.getByText('Your name stands with the job.').waitFor();
  // All that will happen to the guests stands with the question.
  for (const fact of ['CHG-41', 'Microsoft sends it', 'Named in 1 row'])
    await dialog.getByRole('definition').filter({ hasText: fact }).waitFor();
  await expect(seriousFaults(eva)).resolves.toEqual([]);
  await confirm(eva, 'Approve');
  await state(eva, 'Completed');
  await eva.getByRole('definition').filter({ hasText: EVA.name }).waitFor();
  // Ada has looked on all the time.
  await state(ada, 'Completed');
  await ada.getByRole('tab', { name: 'What happened' }).click();
  await ada.getByRole('list', { name: 'What happened, newest first' }).getByText(`Approved by ${EVA.name}`).waitFor();
  expect(await tenant.mails(guests)).toEqual(mailsEach(guests, 1));
});

test('a reader sees every job and its results, does nothing to them, and is told how to get the role', async () => {
  const id = await submit(await tenant.take(2), '&reason=CHG-42');
  // Nothing is asked of her at the first page: she is led to what there is.
  const page = await world.open('/', { width: 480 });
  await signInAs(page, 'chiara');
  await page.getByRole('link', { name: 'CHG-42' }).click();
  expect(await atJob(page)).toBe(id);
  await state(page, 'Completed');
  expect(await buttons(page)).toEqual(['Results as CSV']);
  const waiting = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Results as CSV' }).click();
  await (await waiting).path();

  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'New reset' }).click();
  await page.getByRole('heading', { name: 'You need the role Submit' }).waitFor();
  await page.getByText('setup grant 66666666-6666-4666-8666-666666666668 Submit', { exact: false }).waitFor();
  expect(await page.getByLabel('File with guests').count()).toBe(0);
  await page.getByRole('main').getByRole('link', { name: 'Jobs' }).waitFor();
  await expect(seriousFaults(page)).resolves.toEqual([]);
  await expect(scrollsSideways(page)).resolves.toBe(false);

  // A colleague's rehearsal may be looked at, not run.
  const rehearsal = await submit(await tenant.take(1), '&dryRun=true');
  await page.goto(`${world.console}/rehearsals/${rehearsal}`);
  await page.getByRole('heading', { level: 1, name: 'The guest would be reset' }).waitFor();
  await page.getByText('You need the role Submit to reset guests.').waitFor();
  await page.getByText('setup grant 66666666-6666-4666-8666-666666666668 Submit', { exact: false }).waitFor();
});

test('whoever may only submit sees their own jobs, and of another’s no more than that it is not there', async () => {
  const others = await submit(await tenant.take(1), '&reason=CHG-43');
  const page = await world.open('/jobs');
  await signInAs(page, 'ben');
  await page.getByText('No job yet.').waitFor();
  await page.getByText('Here are the jobs that you submitted.').waitFor();
  expect(await page.getByLabel('Submitted by').count()).toBe(0);
  await page.goto(`${world.console}/jobs/${others}`);
  await page.getByRole('heading', { level: 1, name: 'No such job' }).waitFor();
  await page.getByText('you see the jobs that you submitted. All others need Read or Manage.').waitFor();
  expect(await page.getByText('CHG-43').count()).toBe(0);
});

test('whoever may only manage stops and cancels the job of another, and tries nothing again', async () => {
  const guests = await tenant.take(2);
  const later = encodeURIComponent(new Date(Date.now() + 3_600_000).toISOString());
  const id = await submit(guests, `&notBefore=${later}`);
  const page = await world.open(`/jobs/${id}`);
  await signInAsSomebody(page, EVA);
  await page.getByRole('button', { name: 'Cancel job' }).click();
  await confirm(page, 'Cancel job');
  await state(page, 'Canceled');
  await page.getByText(`Canceled by ${EVA.name}`).first().waitFor();
  expect(await buttons(page)).toEqual(['Results as CSV', 'Delete']);
  expect(await tenant.mails(guests)).toEqual(mailsEach(guests, 0));
});

test('a canary of somebody else is let go on by whoever manages; who may not is told who may', async () => {
  const guests = await tenant.take(2);
  const id = await submit(guests, '&pauseAfter=1');
  const reader = await world.open(`/jobs/${id}`);
  await signInAsSomebody(reader, FAY);
  await reader.getByText('Going on is for who submitted it, or somebody with the role Manage.').waitFor();
  expect(await buttons(reader)).toEqual(['Results as CSV']);

  const eva = await world.open(`/jobs/${id}`);
  await signInAsSomebody(eva, EVA);
  await eva.getByRole('button', { name: 'Go on' }).click();
  await confirm(eva, 'Go on');
  await state(eva, 'Completed');
  // The reader has looked on all the time.
  await state(reader, 'Completed');
  expect(await tenant.mails(guests)).toEqual(mailsEach(guests, 1));
});

test('who has redeemed is looked at by whoever manages, and who has not is reminded only by whoever may submit', async () => {
  const guests = await tenant.take(2);
  const id = await submit(guests);
  const page = await world.open(`/jobs/${id}?tab=redeemed`);
  await signInAsSomebody(page, EVA);
  await state(page, 'Completed');
  await page.getByRole('tabpanel').getByRole('button', { name: 'Who has redeemed?' }).click();
  await confirm(page, 'Look');
  await page.getByText('0 of 2 guests have redeemed').waitFor();
  expect(await buttons(page)).not.toContain('Remind those who have not');
  expect(await buttons(page)).toContain('Who has redeemed?');

  const submitter = await world.open(`/jobs/${id}?tab=redeemed`);
  await signInAsSomebody(submitter, FAY);
  await submitter.getByRole('button', { name: 'Remind those who have not' }).waitFor();
  expect(await buttons(submitter)).not.toContain('Who has redeemed?');
});
