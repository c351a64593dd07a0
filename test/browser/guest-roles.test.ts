/** What of a guest's page is for whom, with the real sign-in and the real judge behind it. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { json } from '../cloud/jobs.ts';
import { seriousFaults } from './accessible.ts';
import { heading } from './steps.ts';
import { useBrowser } from './world.ts';

const world = useBrowser({ guests: 50, seed: 5, auth: true });

interface User {
  readonly id: string;
  readonly displayName: string;
  readonly mail: string | null;
  readonly externalUserState: string | null;
  readonly roles: readonly string[];
}

let guests: readonly User[] | undefined;

/** The same one each time, whatever became of it. */
async function guestAt(index: number): Promise<User & { readonly mail: string }> {
  guests ??= (await json<User[]>(`${world.cloud.graph}/_sim/users`)).body.filter(
    ({ mail, externalUserState, roles }) => mail !== null && externalUserState === 'Accepted' && roles.length === 0,
  );
  const guest = guests[index];
  if (guest === undefined || guest.mail === null) throw new Error('The tenant has too few guests.');
  return { ...guest, mail: guest.mail };
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const items = (page: Page) => page.getByRole('list', { name: 'Every reset, newest first' }).getByRole('listitem');

async function openAs(person: string, path: string): Promise<Page> {
  const page = await world.open(path);
  await page.getByRole('button', { name: new RegExp(`^${person}@`) }).click();
  return page;
}

const BEN = { oid: '66666666-6666-4666-8666-666666666667', name: 'ben@contoso.example', roles: ['Submit'] };

/** Another way than the console. */
async function asBen(method: 'POST', path: string): Promise<void> {
  const { body } = await json<{ access_token: string }>(`${world.cloud.graph}/_sim/token`, {
    method: 'POST',
    body: JSON.stringify(BEN),
  });
  const headers = { Authorization: `Bearer ${body.access_token}`, Prefer: 'wait=30' };
  const { ok } = await fetch(`${world.cloud.api}${path}`, { method, headers });
  expect(ok).toBe(true);
}

async function search(page: Page, name: string): Promise<void> {
  await page.getByRole('searchbox', { name: 'Guest' }).fill(name);
  await button(page, 'Look up').click();
}

test('with the role Read one sees the guest and the history, and can neither reset nor erase', async () => {
  const guest = await guestAt(0);
  const page = await openAs('chiara', `/guests/${guest.id}`);
  await heading(page, guest.displayName).waitFor();
  await page.getByText('Nothing was tried for this guest').waitFor();
  expect(await button(page, 'Reset again').count()).toBe(0);
  expect(await button(page, 'Erase history').count()).toBe(0);
});

test('with Submit alone one resets, sees what one has submitted oneself, and is told who grants more', async () => {
  const guest = await guestAt(1);
  const page = await openAs('ben', '/guests');
  await search(page, guest.mail);
  await page.getByText('No job of yours tells of this guest').waitFor();
  await expect(seriousFaults(page)).resolves.toEqual([]);
  await search(page, guest.id);
  await page.getByText('needs the role Read or Manage').waitFor();
  expect(await button(page, 'Erase history').count()).toBe(0);
  await button(page, 'Reset again').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: 'Microsoft mails the guest' }).check();
  await dialog.getByLabel(/^Reason or ticket/).fill('by ben');
  await dialog.getByRole('button', { name: 'Reset this guest' }).click();
  await heading(page, 'by ben').waitFor();
  await page.locator('h1 + *').getByText('Completed', { exact: true }).waitFor();
  const { body } = await json<{ userId: string }[]>(`${world.cloud.graph}/_sim/mails`);
  expect(body.map(({ userId }) => userId)).toEqual([guest.id]);

  // Now a job of one's own tells which guest has that address.
  await page.getByRole('link', { name: 'Guests' }).click();
  await search(page, guest.mail);
  await items(page).first().getByRole('link', { name: 'by ben' }).waitFor();
  expect(page.url()).toBe(`${world.console}/guests/${guest.id}`);
  await page.getByText('Of the jobs that you have submitted.').waitFor();
  await expect(seriousFaults(page)).resolves.toEqual([]);
});

test('what others have submitted is seen with Read, and erased by whoever has Manage', async () => {
  const guest = await guestAt(2);
  await asBen('POST', `/guests/${guest.id}/resets?sendInvitationMessage=false`);
  const reader = await openAs('chiara', `/guests/${guest.id}`);
  await items(reader).first().getByText('ben@contoso.example').waitFor();
  const manager = await openAs('ada', `/guests/${guest.id}`);
  await button(manager, 'Erase history').click();
  await manager.getByRole('dialog').getByRole('button', { name: 'Erase', exact: true }).click();
  await manager.getByText('The guest is erased.').waitFor();
  await button(reader, 'Look again').click();
  await reader.getByText('Nothing was tried for this guest').waitFor();
  expect(await items(reader).count()).toBe(0);
});
