/** Who may look at the tenant, who may stop it, and who may see who did what. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { json } from '../cloud/jobs.ts';
import { scrollsSideways, seriousFaults } from './accessible.ts';
import { useBrowser } from './world.ts';

const world = useBrowser({ guests: 50, auth: true });

const ADA = { oid: '66666666-6666-4666-8666-666666666666', name: 'ada@contoso.example', roles: ['Submit', 'Manage'] };

const openAs = async (name: string): Promise<Page> => {
  const page = await world.open('/tenant');
  await page.getByRole('button', { name: new RegExp(`^${name}@`) }).click();
  await page.getByRole('heading', { level: 1, name: 'Tenant' }).waitFor();
  return page;
};

async function asAda(method: 'GET' | 'POST', path: string): Promise<{ readonly code?: string }> {
  const { body } = await json<{ access_token: string }>(`${world.cloud.graph}/_sim/token`, {
    method: 'POST',
    body: JSON.stringify(ADA),
  });
  const headers = { Authorization: `Bearer ${body.access_token}` };
  const answer = await json<{ code?: string }>(`${world.cloud.api}${path}`, { method, headers });
  expect(answer.status).toBe(200);
  return answer.body;
}

test.each([
  ['ben', 'Submit', 'This is for whoever has the role Read or Manage.', 'No job of yours is'],
  ['chiara', 'Read', 'Paused everything by ada@contoso.example', 'No job is'],
])('%s, who has the role %s, is told what stands, and offered nothing', async (name, _role, audit, jobs) => {
  const page = await openAs(name);
  await page.getByText('Pausing everything is for whoever has the role Manage.').waitFor();
  await asAda('POST', '/pause?reason=lunch');
  await page.getByText('by ada@contoso.example: lunch').waitFor();
  await page.getByText('Resuming is for whoever has the role Manage').waitFor();
  const log = page.getByRole('region', { name: 'Who did what' });
  await log.getByText(audit).first().waitFor();
  await page.getByText(jobs).waitFor();
  await page.getByRole('button', { name: /things are well$/ }).waitFor();
  const offered = page.getByRole('main').getByRole('button', { name: /^(Pause|Resume|End)/ });
  expect(await offered.count()).toBe(0);
  await expect(seriousFaults(page)).resolves.toEqual([]);
  await page.setViewportSize({ width: 400, height: 900 });
  await expect(scrollsSideways(page)).resolves.toBe(false);
  await asAda('POST', '/resume?stop=pausedByHand');
  await page.getByText('Running', { exact: true }).waitFor();
});

test('whoever has the role Manage stops it in their own name', async () => {
  const page = await openAs('ada');
  await page.getByRole('main').getByRole('button', { name: 'Pause everything' }).click();
  await page.getByRole('dialog').getByLabel(/^Why/).fill('lunch');
  await page.getByRole('dialog').getByRole('button', { name: 'Pause everything' }).click();
  await page.getByText('by ada@contoso.example: lunch').waitFor();
  await page.getByRole('main').getByRole('button', { name: 'Resume' }).waitFor();
  expect(await asAda('GET', '/tenant')).toMatchObject({ code: 'pausedByHand' });
});
