import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';

/** Files of a project share workers: what one starts it ends. */
const project = (
  name: string,
  include: readonly string[],
  setupFiles: string[] = [],
): TestProjectInlineConfiguration => ({
  extends: true,
  test: { name, include: include.map((folder) => `test/${folder}/**/*.test.ts`), setupFiles },
});

export default defineConfig({
  test: {
    projects: [
      // Pure rules, and every order of events: no I/O but files.
      project('unit', ['unit', 'model'], ['./test/left-over.ts']),
      // Real parts, one or a few at a time: tables, Graph, broker, functions host. What is left over is not looked for
      // yet: a timer of a time-out would fail the files after it.
      project('parts', ['parts']),
      // The built app in the whole local cloud.
      project('cloud', ['cloud'], ['./test/left-over.ts']),
    ],
    tags: [{ name: 'long', description: 'Computes for seconds: left out of `npm run test:fast`.' }],
    isolate: false,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    retry: 0,
    // The tests wait nearly half of their time: three keep two cores busy.
    maxWorkers: 3,
    reporters: ['default', './test/closing-line.ts'],
  },
});
