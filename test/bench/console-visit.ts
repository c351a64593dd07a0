/** A visit to a page of the console by somebody who is signed in and has nothing of it in the browser's cache. */
import type { Browser, CDPSession, Page } from 'playwright-core';

export interface Conditions {
  readonly megabitsPerSecond: number;
  /** Of each request, in ms. */
  readonly latencyMs: number;
  /** How many times slower the processor is than that of this machine. */
  readonly cpuSlower: number;
}

export interface Visit {
  /** Scripts, as they came over the line. */
  readonly scriptBytes: number;
  readonly requests: number;
  /** Since the address was asked for. */
  readonly firstPaintMs: number;
  readonly dataMs: number;
}

/** @param text what is to be read on the page once its data is there */
export async function look(browser: Browser, url: string, text: string, conditions?: Conditions): Promise<Visit> {
  return visited(browser, url, text, async (page, session) => {
    const sent = countSent(session);
    await session.send('Network.clearBrowserCache');
    if (conditions !== undefined) await endure(session, conditions);
    await page.reload({ waitUntil: 'commit' });
    const dataMs = await whenRead(page, text);
    const firstPaintMs = await page.evaluate(
      () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
    );
    // What the page fetches for later counts as well.
    await page.waitForLoadState('networkidle');
    return { ...sent(), firstPaintMs, dataMs };
  });
}

/** @returns frames a second while the list of a tab is scrolled by 80 pixels in each */
export async function scroll(browser: Browser, url: string, { text, tab }: { text: string; tab: string }) {
  return visited(browser, url, text, async (page) => {
    await page.getByRole('tab', { name: tab }).click();
    const list = page.getByRole('listbox');
    await list.getByRole('option').nth(10).waitFor();
    return list.evaluate(async (element) => {
      const startedAt = performance.now();
      let frames = 0;
      while (performance.now() - startedAt < 3_000) {
        element.scrollTop += 80;
        await new Promise(requestAnimationFrame);
        frames++;
      }
      return (frames * 1_000) / (performance.now() - startedAt);
    });
  });
}

async function visited<T>(
  browser: Browser,
  url: string,
  text: string,
  measure: (page: Page, session: CDPSession) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1280, height: 900 } });
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send('Network.enable');
    await page.goto(url);
    await page.getByRole('button', { name: /^ada@/ }).click();
    await whenRead(page, text);
    // What this first load still fetches would be counted to the visit that is measured, or be there for it.
    await page.waitForLoadState('networkidle');
    return await measure(page, session);
  } finally {
    await context.close();
  }
}

/** @returns milliseconds from the begin of the visit until it is to be read @throws with what is there in its place */
async function whenRead(page: Page, text: string): Promise<number> {
  try {
    const read = await page.waitForFunction(
      (words) => (document.querySelector('main')?.textContent.includes(words) === true ? performance.now() : false),
      text,
    );
    return Number(await read.jsonValue());
  } catch (cause) {
    const seen = await page.locator('body').innerText();
    throw new Error(`"${text}" is not to be read at ${page.url()}, but: ${seen}`, { cause });
  }
}

async function endure(session: CDPSession, { megabitsPerSecond, latencyMs, cpuSlower }: Conditions): Promise<void> {
  const bytesPerSecond = (megabitsPerSecond * 1_000_000) / 8;
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: latencyMs,
    downloadThroughput: bytesPerSecond,
    uploadThroughput: bytesPerSecond,
  });
  await session.send('Emulation.setCPUThrottlingRate', { rate: cpuSlower });
}

/** Counts from now on what comes over the line. */
function countSent(session: CDPSession): () => Pick<Visit, 'scriptBytes' | 'requests'> {
  const scripts = new Set<string>();
  let scriptBytes = 0;
  let requests = 0;
  session.on('Network.responseReceived', ({ requestId, type }) => {
    requests++;
    if (type === 'Script') scripts.add(requestId);
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) scriptBytes += encodedDataLength;
  });
  return () => ({ scriptBytes, requests });
}
