import { defineConfig } from 'vitest/config';

/** Journeys through the whole program; each starts real processes in a home of its own. */
export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['e2e/**/*.test.ts'],
    exclude: ['e2e/doubles/**'],
    environment: 'node',
    pool: 'forks',
    // Much of a journey is waiting; more at a time would be of no use on two cores.
    maxWorkers: 2,
    testTimeout: 480_000,
    hookTimeout: 480_000,
    // What a person would wait for on a busy machine; a poll that succeeds takes no longer than it must.
    expect: { poll: { timeout: 60_000, interval: 50 } },
  },
});
