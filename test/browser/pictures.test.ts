/** The pictures of the docs, of real pages: `PICTURES=1 node test/browser/main.ts pictures` takes them anew. */
import { expect, test } from 'vitest';
import { entraExport } from '../../local/graph/entra-export.ts';
import { SAMPLE_TENANT } from '../../local/graph/samples.ts';
import { generateTenant } from '../../local/graph/tenant.ts';
import { seriousFaults } from './accessible.ts';
import { picture } from './picture.ts';
import { useBrowser } from './world.ts';

const world = useBrowser(SAMPLE_TENANT);

const LIST = 'fabrikam-guests.csv';
const TICKET = 'CHG-20311 Fabrikam moved to a new tenant';

test.runIf(process.env['PICTURES'] !== undefined)('an export is rehearsed, run, and watched', async () => {
  const tenant = generateTenant(SAMPLE_TENANT);
  const guests = tenant.guests.slice(300, 760);
  const others = tenant.special.map(({ user }) => user).slice(0, 20);
  const page = await world.open();
  const file = { name: LIST, mimeType: 'text/csv', buffer: Buffer.from(entraExport([...guests, ...others])) };
  await page.getByLabel('File with guests').setInputFiles(file);
  await page.getByRole('button', { name: /^Rehearse \d/ }).click();
  await page.getByRole('heading', { level: 1, name: /would be reset/ }).waitFor();
  await page.getByRole('radio', { name: 'Microsoft mails each guest' }).check();
  await page.getByLabel('Reason or ticket').fill(TICKET);
  const count = (await page.getByRole('button', { name: /^Reset \d+ guests/ }).innerText()).replace(/\D/g, '');
  await page.getByLabel(/^Type/).fill(count);
  await picture(page, 'console-rehearsal');

  // Some guests are refused, and once Microsoft asks to wait.
  await faults([
    ...guests
      .slice(60, 64)
      .map(({ id }) => ({ kind: 'invite', match: { userId: id }, status: 400, code: 'BadRequest' })),
    ...guests.slice(150, 156).map(({ id }) => ({ kind: 'invite', match: { userId: id }, status: 429, retryAfter: 4 })),
  ]);
  await page.getByRole('button', { name: `Reset ${count} guests` }).click();
  await page.getByRole('heading', { level: 1, name: TICKET }).waitFor();
  await page.getByRole('button', { name: 'Go on' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(/^Type/).fill(String(Number(count) - 20));
  await dialog.getByRole('button', { name: 'Go on' }).click();
  await page.getByText(/^3\d\d of \d+ done$/).waitFor();
  await picture(page, 'console-job');
  await page.getByText('Completed with errors', { exact: true }).waitFor();
  await page.goto(`${world.console}/guests/${guests[2]?.id}`);
  await page.getByRole('list', { name: 'Every reset, newest first' }).waitFor();
  await picture(page, 'console-guest');
  await page.goto(`${world.console}/tenant`);
  await page.getByText('The service can work').waitFor();
  await picture(page, 'console-tenant');
  await expect(seriousFaults(page)).resolves.toEqual([]);
});

async function faults(list: readonly object[]): Promise<void> {
  await fetch(`${world.cloud.graph}/_sim/faults`, { method: 'POST', body: JSON.stringify(list) });
}
