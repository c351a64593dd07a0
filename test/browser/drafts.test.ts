/** What somebody has typed is still there after the sign-in ended in between, and nowhere once they have it back. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { signInAs } from './sign-in.ts';
import { drop } from './steps.ts';
import { useBrowser } from './world.ts';

const world = useBrowser({ guests: 50, auth: true });

test('what was typed is there again after signing in anew, and does not stay on the machine', async () => {
  const page = await world.open('/');
  await page.getByRole('button', { name: /^ada@/ }).click();
  const typed = page.getByRole('textbox', { name: 'Guests' });
  await typed.fill('anna@fabrikam.example\nben@fabrikam.example');
  // No one takes the token any more, nor can it be renewed.
  await page.evaluate(() => {
    for (const [key, text] of Object.entries(sessionStorage))
      if (key.includes('accesstoken'))
        sessionStorage.setItem(key, text.replace(/"secret":"[^"]*"/, '"secret":"a.b.c"'));
  });
  await fetch(`${world.cloud.graph}/_sim/sign-ins`, { method: 'DELETE' });
  await page.getByRole('navigation').getByRole('link', { name: 'Jobs', exact: true }).click();
  await page.getByRole('button', { name: /^ada@/ }).click();
  await page.getByRole('heading', { level: 1, name: 'Jobs', exact: true }).waitFor();
  await page.getByRole('navigation').getByRole('link', { name: 'New reset', exact: true }).click();
  await expect.poll(() => typed.inputValue()).toBe('anna@fabrikam.example\nben@fabrikam.example');

  const kept = await page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open('guest-reset');
        opening.addEventListener('error', () => reject(new Error('cannot be opened')));
        opening.addEventListener('success', () => {
          const counting = opening.result.transaction('drafts').objectStore('drafts').count();
          counting.addEventListener('success', () => resolve(counting.result));
        });
      }),
  );
  expect(kept).toBe(0);
});

test('a list whose tab was closed is offered to whoever worked on it, and to nobody else', async () => {
  const first = await world.open('/');
  const context = first.context();
  const tabOf = async (name: string): Promise<Page> => {
    const tab = await context.newPage();
    await tab.goto(world.console);
    await signInAs(tab, name);
    return tab;
  };
  for (const name of ['ben', 'ada']) {
    const tab = await tabOf(name);
    await drop(tab, { name: `${name}.csv`, text: 'user\nanna@fabrikam.example\n' });
    await tab.getByText('1 guest', { exact: true }).waitFor();
    await tab.close();
  }
  const offer = (tab: Page) =>
    tab.getByRole('group').filter({ hasText: 'A list that you worked on before is still here.' });
  const bens = await tabOf('ben');
  await offer(bens).getByText('“ben.csv”').waitFor();
  await offer(bens).getByRole('button', { name: 'Forget it' }).click();
  await offer(bens).waitFor({ state: 'hidden' });
  const adas = await tabOf('ada');
  await offer(adas).waitFor();
  expect(await offer(adas).textContent()).toContain('“ada.csv”');
});
