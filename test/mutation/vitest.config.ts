/** The tests that a mutation run repeats: pure ones, which start no process and take seconds in all. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/unit/domain/**/*.test.ts', 'test/unit/submission-*.test.ts'],
    retry: 0,
    // A worker for each file would take most of the time; it changed no verdict.
    isolate: false,
  },
});
