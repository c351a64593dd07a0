/** The tests that a mutation run repeats: pure ones, which start no process and take seconds in all. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [
      'test/unit/domain/**/*.test.ts',
      'test/unit/entry/submission-*.test.ts',
      'test/unit/entry/submitting-page.test.ts',
    ],
    // Hundreds of damaged bodies for each mutant would take most of the time.
    exclude: [
      'test/unit/entry/submission-properties.test.ts',
      'test/unit/entry/submission-fuzz.test.ts',
      'test/unit/entry/submission-hostile.test.ts',
    ],
    // With all the mutants in it the domain is several times slower.
    testTimeout: 60_000,
    retry: 0,
    // Nor a worker for each file: it changed no verdict.
    isolate: false,
  },
});
