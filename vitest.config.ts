import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    retry: 0,
    // The default leaves a core idle on two; the tests wait more than they compute.
    maxWorkers: 2,
    reporters: ['default', './test/closing-line.ts'],
  },
});
