/**
 * The first day of an administrator whose partner has moved, from the file to the last guest: dropped, corrected,
 * rehearsed, begun with a canary, gone on, what failed tried again, and the results in a file.
 */
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { entraExport } from '../../local/graph/entra-export.ts';
import { atJob, confirm, drop, rehearse, standing, state } from './steps.ts';
import { mailsEach, tenantOf, type Guest } from './tenant.ts';
import { useBrowser } from './world.ts';

const world = useBrowser({ guests: 300, seed: 23 });
const tenant = tenantOf(world);

const CANARY = 4;

type Row = Readonly<Record<string, string>>;

/** As a program reads it that knows nothing of ours. */
const rowsOf = (file: string): Row[] => parse(file, { bom: true, columns: true });

async function download(page: Page, button: string): Promise<string> {
  const waiting = page.waitForEvent('download');
  await page.getByRole('button', { name: button }).click();
  return readFileSync(await (await waiting).path(), 'utf8');
}

const causeOf = (page: Page, words: string) =>
  page.getByRole('list', { name: 'Causes' }).locator('> li', { hasText: words });

test('a day from the export of 29 columns to the last guest: each is mailed once, and nobody else', async () => {
  const guests = await tenant.take(30);
  const [mistyped, holder, late, refused, gone] = [1, 12, 20, 22, 24].map((index) => guests[index]) as [
    Guest,
    Guest,
    Guest,
    Guest,
    Guest,
  ];
  const before = new Map((await tenant.users()).map((user) => [user.id, user]));
  await tenant.change(holder.id, { roles: ['Reports Reader'] });
  // Somebody has worked on the export by hand: one id is cut off, one guest stands in it twice.
  const list = entraExport([...guests, ...guests.slice(5, 6)]).replace(mistyped.id, mistyped.id.slice(0, 20));
  const header = Object.keys(rowsOf(list)[0] ?? {});
  expect(header).toHaveLength(29);

  const page = await world.open();
  await drop(page, { name: 'exportUsers.csv', text: list });
  await page.getByText('An export of users from Entra, 29 columns.').waitFor();
  await page.getByRole('button', { name: 'Rehearse 31 rows' }).click();
  await page.getByRole('heading', { name: /problems: nothing was rehearsed/ }).waitFor();
  const cell = page.getByRole('group', { name: 'Row 3', exact: true }).getByLabel('id', { exact: true });
  await cell.fill(mistyped.id);
  await cell.press('Enter');
  await page.getByRole('button', { name: 'Leave out row 32' }).click();

  expect(await rehearse(page)).toBe('29 of 30 guests would be reset');
  await page
    .getByText(/directory role/)
    .first()
    .waitFor();
  expect(await tenant.mails()).toEqual(new Map());

  await page.getByRole('radio', { name: 'Microsoft mails each guest' }).check();
  await page.getByLabel('Guests of the canary').fill(String(CANARY));
  await page.getByLabel('Reason or ticket').fill('CHG-20311 Fabrikam moves');
  await page.getByLabel(/^Type 29/).fill('29');
  await page.getByRole('button', { name: 'Reset 29 guests' }).click();
  const id = await atJob(page);
  await page.getByRole('heading', { name: `The first ${CANARY} guests have ended`, exact: false }).waitFor();
  const canary = page.getByRole('list', { name: 'The first guests' }).getByRole('listitem');
  await canary.nth(CANARY - 1).waitFor();
  expect(await canary.count()).toBe(CANARY);
  const sent = guests.filter((guest) => guest !== holder);
  expect(await tenant.mails()).toEqual(mailsEach(sent.slice(0, CANARY), 1));

  // Between the canary and the rest the tenant changes.
  await tenant.change(late.id, { roles: ['Reports Reader'] });
  await tenant.change(gone.id, { deleted: true });
  await tenant.order('POST', '/faults', {
    kind: 'invite',
    match: { userId: refused.id },
    status: 400,
    code: 'BadRequest',
    message: 'The invited user cannot be invited today.',
  });
  await page.getByRole('button', { name: 'Go on' }).click();
  await confirm(page, 'Go on', '25');
  await state(page, 'Completed with errors');
  await expect.poll(() => standing(page)).toEqual({ reset: 26, failed: 3 });

  // The role is taken away, and only this guest is tried again.
  await tenant.change(late.id, { roles: [] });
  await causeOf(page, 'refused with 403').getByRole('button', { name: 'Try this one again' }).click();
  await confirm(page, 'Try 1 again');
  await page.getByRole('link', { name: 'an earlier job' }).waitFor();
  await state(page, 'Completed');

  // The results: the columns of the file as they were, and what became of each.
  await page.getByRole('link', { name: 'an earlier job' }).click();
  await page.getByText('Tried again by').waitFor();
  const results = rowsOf(await download(page, 'Results as CSV'));
  const given = rowsOf(list);
  expect(Object.keys(results[0] ?? {}).slice(0, 29)).toEqual(header);
  const asGiven = (row: Row): Row => Object.fromEntries(header.map((name) => [name, row[name] ?? '']));
  expect(results.map(asGiven)).toEqual(
    sent.map(({ id: of, userPrincipalName }) => ({
      ...given.find((one) => one['userPrincipalName'] === userPrincipalName),
      id: of,
    })),
  );
  const outcomes = new Map(results.map((one) => [one['id'], [one['result.status'], one['result.code']]]));
  const failures = new Map([
    // The service knows who holds a role from minutes ago; Graph itself has said no.
    [late.id, ['failed', 'notAuthorized']],
    [refused.id, ['failed', 'requestRefused']],
    [gone.id, ['failed', 'guestNotFound']],
  ]);
  expect(outcomes).toEqual(new Map(sent.map((guest) => [guest.id, failures.get(guest.id) ?? ['succeeded', 'reset']])));

  // Whom Graph refused comes back as the file of the cause, and goes the same way once more.
  const refusal = causeOf(page, 'refused the request');
  await refusal.getByRole('button', { name: /^Show/ }).click();
  const rest = await download(page, 'These as CSV');
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'New reset' }).click();
  await drop(page, { name: 'refused.csv', text: rest });
  expect(await rehearse(page)).toBe('The guest would be reset');
  await page.getByRole('radio', { name: 'Microsoft mails each guest' }).check();
  await page.getByRole('button', { name: 'Reset 1 guest' }).click();
  expect(await atJob(page)).not.toBe(id);
  await state(page, 'Completed');

  const reset = sent.filter((guest) => guest !== gone);
  expect(await tenant.mails()).toEqual(mailsEach(reset, 1));
  const changed = (await tenant.users()).filter((user) => user.resets !== before.get(user.id)?.resets);
  expect(new Map(changed.map((user) => [user.id, user.externalUserState]))).toEqual(
    new Map(reset.map((guest) => [guest.id, 'PendingAcceptance'])),
  );
});
