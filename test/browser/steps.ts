/** What an administrator does on the pages, as the stories tell it. */
import type { Locator, Page } from 'playwright-core';
import { vi } from 'vitest';
import { CLOCKS_APART_MS } from '../../shared/domain/clocks.ts';

export interface ListFile {
  readonly name: string;
  readonly text: string;
}

/** Drags a file onto the page, as from the desktop. */
export const drop = (page: Page, file: ListFile): Promise<void> => dropAll(page, [file]);

export async function dropAll(page: Page, files: readonly ListFile[]): Promise<void> {
  const zone = page.getByText('Drop a CSV here').locator('xpath=..');
  await zone.waitFor();
  const dataTransfer = await page.evaluateHandle((dropped) => {
    const data = new DataTransfer();
    for (const { name, text } of dropped) data.items.add(new File([text], name, { type: 'text/csv' }));
    return data;
  }, files);
  await zone.dispatchEvent('dragover', { dataTransfer });
  await zone.dispatchEvent('drop', { dataTransfer });
}

/** @returns the heading of the rehearsal, when it has ended */
export async function rehearse(page: Page): Promise<string | null> {
  await page.getByRole('button', { name: /^Rehearse \d/ }).click();
  const answer = page.getByRole('heading', { level: 1, name: /would be reset|would be skipped|cannot be reset/ });
  await answer.waitFor();
  return answer.textContent();
}

/** What the page is called. */
export const heading = (page: Page, name: string): Locator =>
  page.getByRole('heading', { level: 1, name, exact: true });

export const idIn = (page: Page): string => new URL(page.url()).pathname.split('/').at(-1) ?? '';

/** @returns the id of the job that the page has gone to */
export async function atJob(page: Page): Promise<string> {
  await page.waitForURL(/\/jobs\/[^/]+$/);
  return idIn(page);
}

export const dialogOf = (page: Page): Locator => page.getByRole('dialog');

/** Answers the question of a dialog. @param typed the number, where one is asked for */
export async function confirm(page: Page, action: string, typed?: string): Promise<void> {
  const dialog = dialogOf(page);
  await dialog.waitFor();
  if (typed !== undefined) await dialog.getByLabel(/^Type/).fill(typed);
  await dialog.getByRole('button', { name: action, exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
}

/** Waits until the job that is looked at is said to be in this state. */
export const state = (page: Page, text: string): Promise<void> =>
  page.locator('h1 + *').getByText(text, { exact: true }).waitFor({ timeout: 60_000 });

/** The numbers of the bar, by their words: `{ reset: 4, waiting: 22 }`. */
export async function standing(page: Page): Promise<Readonly<Record<string, number>>> {
  const items = await page.getByRole('list', { name: 'How the guests stand' }).getByRole('listitem').allTextContents();
  return Object.fromEntries(
    items.map((item) => {
      const [, number = '', words = ''] = /^([\d,]+)(.*)$/.exec(item) ?? [];
      return [words, Number(number.replaceAll(',', ''))];
    }),
  );
}

/** Waits until no reset from now on could be taken for one that had ended by then, told late by another clock. */
export const clocksApart = (ended: number): Promise<boolean> =>
  vi.waitUntil(() => Date.now() > ended + CLOCKS_APART_MS, 10_000);
