/** A local cloud with the console, and a Chromium that looks at it. What a page does wrong fails its test. */
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { startCloud, type CloudOptions, type TestCloud } from '../cloud/cloud.ts';
import { findChromium } from './chromium.ts';

export interface Look {
  /** Pixels; 1280 by default. */
  readonly width?: number;
  readonly height?: number;
  readonly dark?: boolean;
}

export interface BrowserWorld {
  readonly cloud: TestCloud;
  readonly browser: Browser;
  /** `http://localhost:PORT/api/console` */
  readonly console: string;
  /**
   * A page of somebody who was never here before, at an address below the console. It is closed after the test, which
   * fails where the page has violated its policy, thrown, or written an error.
   */
  open(path?: string, look?: Look): Promise<Page>;
  /** What the page is meant to report in this test: it fails as well where that does not come. */
  expectFault(words: RegExp): void;
}

/** Chromium's own words for a request that was refused: that is the page's business, and shown there. */
const REFUSED = /^Failed to load resource/;

/** For the tests of a file, which share the cloud and the browser. */
export function useBrowser(options: CloudOptions = {}): BrowserWorld {
  let cloud: TestCloud;
  let browser: Browser;
  const contexts: BrowserContext[] = [];
  const faults: string[] = [];
  const expected: RegExp[] = [];

  beforeAll(async () => {
    const executablePath = findChromium() ?? '';
    // Without a sandbox of its own: whoever runs this may be root, and the pages are ours.
    [cloud, browser] = await Promise.all([
      startCloud(options),
      chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] }),
    ]);
  });
  afterEach(async () => {
    await Promise.all(contexts.splice(0).map((context) => context.close()));
    const meant = expected.splice(0);
    const found = faults.splice(0);
    expect(found.filter((fault) => !meant.some((words) => words.test(fault)))).toEqual([]);
    expect(meant.filter((words) => !found.some((fault) => words.test(fault)))).toEqual([]);
  });
  afterAll(async () => {
    await Promise.all([cloud?.stop(), browser?.close()]);
  });

  return {
    get cloud() {
      return cloud;
    },
    get browser() {
      return browser;
    },
    get console() {
      return `${cloud.api}/console`;
    },
    expectFault: (words) => void expected.push(words),
    async open(path = '/', { width = 1280, height = 900, dark = false } = {}) {
      const context = await browser.newContext({
        viewport: { width, height },
        colorScheme: dark ? 'dark' : 'light',
        locale: 'en-GB',
        timezoneId: 'Europe/Stockholm',
        reducedMotion: 'reduce',
        permissions: ['clipboard-read', 'clipboard-write'],
      });
      contexts.push(context);
      await listen(context, faults);
      const page = await context.newPage();
      await page.goto(`${cloud.api}/console${path}`);
      return page;
    },
  };
}

async function listen(context: BrowserContext, faults: string[]): Promise<void> {
  await context.exposeBinding('policyViolated', (_source, what: string) => void faults.push(`policy: ${what}`));
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) => {
      const { policyViolated } = globalThis as unknown as { policyViolated: (what: string) => void };
      policyViolated(`${violatedDirective} ${blockedURI} ${sample}`);
    });
  });
  context.on('weberror', (error) => void faults.push(`thrown: ${error.error().stack ?? String(error.error())}`));
  context.on('console', (message) => {
    if (message.type() === 'error' && !REFUSED.test(message.text())) faults.push(`console: ${message.text()}`);
  });
}
