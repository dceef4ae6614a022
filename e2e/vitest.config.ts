import { defineConfig } from 'vitest/config';

/** Journeys through the whole program; each starts real processes, so they run one after another. */
export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['e2e/**/*.test.ts'],
    exclude: ['e2e/doubles/**'],
    environment: 'node',
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 480_000,
    hookTimeout: 480_000,
    // What a person would wait for on a busy machine; a poll that succeeds takes no longer than it must.
    expect: { poll: { timeout: 60_000, interval: 50 } },
  },
});
