import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Electron's binary cannot run everywhere; hosts are tested under a double of the module.
    alias: { electron: new URL('./e2e/doubles/electron.ts', import.meta.url).pathname },
    include: [
      'main/**/*.test.ts',
      'native-models/**/*.test.ts',
      'preload/**/*.test.ts',
      'renderer/**/*.test.ts',
      'e2e/doubles/**/*.test.ts',
    ],
    environment: 'node',
    pool: 'forks',
    // By itself one core less, which on two is one file at a time; much of a file is waiting.
    maxWorkers: '100%',
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
