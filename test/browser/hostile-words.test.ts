/** Whatever a list, a colleague or Microsoft writes is text on each page: it runs nothing, and keeps to its place. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { scrollsSideways, seriousFaults } from './accessible.ts';
import { asManager, signInAsSomebody } from './sign-in.ts';
import { atJob, drop, rehearse, state } from './steps.ts';
import { tenantOf } from './tenant.ts';
import { useBrowser, type Look } from './world.ts';

const world = useBrowser({ guests: 100, seed: 41, auth: true });
const tenant = tenantOf(world);

const MARKUP = '<img src=x onerror=alert(1)>"><script>alert(2)</script>';
/** Turns what comes after it around, where nobody keeps it in. */
const TURNED = '\u202Efdp.exe';
const FAMILY = '👩‍👩‍👧‍👦🏳️‍🌈';
const LONG = 'W'.repeat(300);
const WORDS = `${MARKUP} ${TURNED} ${FAMILY}`;

/** Our own words that run from right to left, because something in front of them was not kept in. */
const turnedAround = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found: string[] = [];
    for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
      const text = node.nodeValue ?? '';
      const at = text.search(/[a-z]{2}/i);
      if (at === -1 || text.includes('\u202E')) continue;
      const [first, second] = [at, at + 1].map((from) => {
        const range = document.createRange();
        range.setStart(node, from);
        range.setEnd(node, from + 1);
        return range.getBoundingClientRect();
      });
      if (first !== undefined && second !== undefined && first.top === second.top && first.left > second.left)
        found.push(text);
    }
    return found;
  });

/** Nothing of it ran, became an element, or took more room than there is. */
async function isText(page: Page): Promise<void> {
  expect(await page.locator('main img, main script, header img').count()).toBe(0);
  await expect(turnedAround(page)).resolves.toEqual([]);
  await expect(scrollsSideways(page)).resolves.toBe(false);
  await expect(seriousFaults(page)).resolves.toEqual([]);
}

test.each<Look>([{}, { width: 480, dark: true }])('from the file to the results, %j', async (look) => {
  const [guest, refused, other] = (await tenant.take(3)).map(({ id }) => id);
  const dialogs: string[] = [];
  const page = await world.open('/', look);
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  const name = `${MARKUP} ${TURNED}`;
  await signInAsSomebody(page, { name, oid: crypto.randomUUID(), roles: ['Submit', 'Read', 'Manage'] });
  await page.getByRole('banner').getByText(MARKUP, { exact: false }).waitFor();

  // New: the name of the file, of a column, cells, and what is refused of them.
  const quote = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;
  const rows = [
    ['user', 'reference', `column ${MARKUP}`],
    [guest ?? '', WORDS, WORDS],
    [refused ?? '', LONG.slice(0, 250), LONG],
    [other ?? '', FAMILY, WORDS],
    [`${MARKUP}${TURNED}@${LONG}`, WORDS, LONG],
  ];
  const text = rows.map((cells) => cells.map(quote).join(',')).join('\n');
  await drop(page, { name: `${MARKUP}${TURNED}${LONG}.csv`, text });
  await page.getByText('4 rows, 1 to look at').waitFor();
  await isText(page);
  await page.getByRole('button', { name: 'Rehearse 4 rows' }).click();
  await page.getByRole('heading', { name: /problem.*: nothing was rehearsed/ }).waitFor();
  await isText(page);
  await page.getByRole('button', { name: 'Leave out row 5' }).click();
  expect(await rehearse(page)).toBe('3 of 3 guests would be reset');
  await page.getByRole('button', { name: /Every guest/ }).click();
  await page
    .getByRole('list', { name: /^Every guest/ })
    .getByText(WORDS)
    .waitFor();
  await isText(page);

  // Job: its reason, who submitted it, a colleague's words, and Microsoft's.
  await tenant.order('POST', '/faults', {
    kind: 'invite',
    match: { userId: refused },
    status: 400,
    code: 'BadRequest',
    message: `${WORDS} ${LONG}`,
  });
  await page.getByRole('radio', { name: 'Microsoft mails each guest' }).check();
  await page.getByLabel('Reason or ticket').fill(`${MARKUP} ${TURNED} ${LONG}`.slice(0, 200));
  await page.getByRole('button', { name: 'Reset 3 guests' }).click();
  const id = await atJob(page);
  await state(page, 'Completed with errors');
  await page.getByRole('heading', { level: 1 }).getByText(MARKUP, { exact: false }).waitFor();
  await page.getByRole('button', { name: /^Show/ }).click();
  await page
    .getByRole('list', { name: /^Graph refused/ })
    .getByText(MARKUP, { exact: false })
    .waitFor();
  await isText(page);
  for (const tab of ['All guests', 'What happened', 'Redemption', 'By cause']) {
    await page.getByRole('tab', { name: tab }).click();
    await isText(page);
  }
  await page.getByRole('tab', { name: 'All guests' }).click();
  await page.getByRole('list', { name: 'All guests' }).getByRole('button').first().click();
  await page.getByRole('dialog').getByText(WORDS).first().waitFor();
  await isText(page);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });

  // A stop with words of a colleague, and the list of jobs.
  const held = await asManager(
    world,
    `/jobs?sendInvitationMessage=true&notBefore=${later()}&reason=${escaped(WORDS)}`,
    {
      method: 'POST',
      headers: { 'content-type': 'text/csv' },
      body: `user\n${guest}\n${other}\n`,
    },
  );
  const { id: second } = (await held.json()) as { id: string };
  await asManager(world, `/jobs/${second}/pause?reason=${escaped(WORDS)}`, { method: 'POST' });
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Jobs' }).click();
  await page.getByRole('link', { name: WORDS }).first().waitFor();
  await isText(page);
  await page.getByRole('link', { name: WORDS }).first().click();
  await page.getByText(/^This job is paused, by /).waitFor();
  await isText(page);
  expect(id).not.toBe(second);
  expect(dialogs).toEqual([]);
});

const escaped = encodeURIComponent;
const later = (): string => escaped(new Date(Date.now() + 3_600_000).toISOString());
