/** The sign-in ends in the middle: nothing that was typed is lost, nothing is done twice, and one is where one was. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { entraExport } from '../../local/graph/entra-export.ts';
import { asManager, endSignIn, signInAs } from './sign-in.ts';
import { atJob, drop, idIn, rehearse, state } from './steps.ts';
import { mailsEach, tenantOf } from './tenant.ts';
import { useBrowser } from './world.ts';

const world = useBrowser({ guests: 200, seed: 31, auth: true, env: { RESETS_PER_SECOND: '8' } });
const tenant = tenantOf(world);

async function jobsOf(reason: string): Promise<string[]> {
  const answer = await asManager(world, '/jobs?dryRun=false&pageSize=100');
  const { value } = (await answer.json()) as { value: { id: string; reason?: string }[] };
  return value.filter((job) => job.reason === reason).map(({ id }) => id);
}

async function backAgain(page: Page): Promise<void> {
  await signInAs(page, 'ada');
  await page.getByText('You have signed in again.').waitFor();
}

test('rows that were corrected, and choices that were made, outlive two sign-ins on the way to one job', async () => {
  const guests = await tenant.take(24);
  const [first, second] = guests;
  const list = entraExport(guests).replace(second?.id ?? '', 'cut-off');
  const page = await world.open();
  await signInAs(page, 'ada');
  await drop(page, { name: 'exportUsers.csv', text: list });
  const row = page.getByRole('group', { name: 'Row 3', exact: true });
  await row.getByLabel('id', { exact: true }).fill(second?.id ?? '');
  await row.getByLabel('id', { exact: true }).press('Enter');
  await page.getByRole('button', { name: 'Edit row 2', exact: true }).click();
  await page.getByRole('button', { name: 'Leave out row 2', exact: true }).click();
  await page.getByText('23 guests', { exact: true }).waitFor();

  await endSignIn(page, world);
  await page.getByRole('button', { name: 'Rehearse 23 guests' }).click();
  await backAgain(page);
  await page.getByText('exportUsers.csv').waitFor();
  await page.getByText('23 guests', { exact: true }).waitFor();
  expect(await rehearse(page)).toBe('23 of 23 guests would be reset');

  await page.getByRole('radio', { name: 'Microsoft mails each guest' }).check();
  await page.getByLabel('Language of the mail').fill('sv-SE');
  await page.getByRole('checkbox', { name: 'Begin with a canary' }).uncheck();
  await page.getByLabel('Reason or ticket').fill('CHG-34');
  await page.getByLabel(/^Type 23/).fill('23');
  const rehearsal = idIn(page);
  await endSignIn(page, world);
  await page.getByRole('button', { name: 'Reset 23 guests' }).click();
  await backAgain(page);
  expect(idIn(page)).toBe(rehearsal);
  expect(await jobsOf('CHG-34')).toEqual([]);
  expect(await page.getByLabel('Language of the mail').inputValue()).toBe('sv-SE');
  expect(await page.getByLabel('Reason or ticket').inputValue()).toBe('CHG-34');
  expect(await page.getByRole('checkbox', { name: 'Begin with a canary' }).isChecked()).toBe(false);
  await page.getByRole('button', { name: 'Reset 23 guests' }).click();
  const id = await atJob(page);

  // While the job is watched the sign-in ends once more: the page asks by itself, so it leaves by itself.
  await endSignIn(page, world);
  await backAgain(page);
  expect(idIn(page)).toBe(id);
  await state(page, 'Completed');
  expect(await jobsOf('CHG-34')).toEqual([id]);
  const reset = guests.filter((guest) => guest !== first);
  expect(await tenant.mails()).toEqual(mailsEach(reset, 1));
});
