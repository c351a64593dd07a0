/** Pictures of the real pages for the docs: `PICTURES=1 node test/browser/main.ts` writes them anew. */
import { join } from 'node:path';
import type { Page } from 'playwright-core';

const FOLDER = join(import.meta.dirname, '../../docs/images');

/** Does nothing but where pictures are asked for. @param name of the file, without `.png` */
export async function picture(page: Page, name: string): Promise<void> {
  if (process.env['PICTURES'] === undefined) return;
  await page.screenshot({ path: join(FOLDER, `${name}.png`), animations: 'disabled', caret: 'hide', fullPage: true });
}
