/** What axe-core says of a page as it stands, popups included. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Locator, Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * Fluent's guards of the focus: hidden from whoever listens, but to be focused for a moment, by design. Known as a
 * false alarm. Source: microsoft/tabster#288. Nothing else is left out.
 */
const LEFT_OUT = ['[data-tabster-dummy]'];

/** Until each colour is what it changes to, as after another theme: halfway no contrast is what one reads. */
const settled = (page: Page): Promise<void> =>
  page.evaluate(
    () =>
      new Promise<void>((isSettled) => {
        let quietFrames = 0;
        const look = (): void => {
          quietFrames = document.getAnimations().some((each) => each instanceof CSSTransition) ? 0 : quietFrames + 1;
          if (quietFrames < 3) requestAnimationFrame(look);
          else isSettled();
        };
        look();
      }),
  );

/** Faults that are serious or worse, one line each. Of a popup: open it first, and see it open. */
export async function seriousFaults(page: Page): Promise<string[]> {
  await settled(page);
  // By the debugger, to which the policy of the page does not apply.
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(
    ([exclude, options]) => {
      const { axe } = globalThis as unknown as { axe: { run(at: object, how: object): Promise<AxeResults> } };
      return axe.run({ exclude: exclude.map((selector) => [selector]) }, options);
    },
    [LEFT_OUT, { resultTypes: ['violations'] } satisfies RunOptions] as const,
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ''}`));
}

/** Whether something on the page scrolls sideways: at 400 pixels nothing may. */
export const scrollsSideways = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);

/** Waits until a popup is there and is what one sees in its middle: axe says nothing of what is covered. */
export async function isInFront(popup: Locator): Promise<void> {
  await popup.waitFor();
  await popup.evaluate(
    (element) =>
      new Promise<void>((seen) => {
        const look = (): void => {
          const { left, top, width, height } = element.getBoundingClientRect();
          const middle = document.elementFromPoint(left + width / 2, top + height / 2);
          if (width > 0 && height > 0 && element.contains(middle)) seen();
          else requestAnimationFrame(look);
        };
        look();
      }),
  );
}
