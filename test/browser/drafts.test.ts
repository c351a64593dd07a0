/** What somebody has typed is still there after the sign-in ended in between, and nowhere once they have it back. */
import { expect, test } from 'vitest';
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
