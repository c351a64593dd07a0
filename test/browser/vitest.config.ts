import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** Beside the tests of `npm test`: these need a Chromium. */
export default defineConfig({
  test: {
    root: join(import.meta.dirname, '../..'),
    include: ['test/browser/**/*.test.ts'],
    setupFiles: ['./test/left-over.ts'],
    isolate: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // As long as Playwright waits for what is to be seen.
    expect: { poll: { timeout: 30_000 } },
    retry: 0,
    maxWorkers: 2,
    reporters: ['default', './test/closing-line.ts'],
  },
});
