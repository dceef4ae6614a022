import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromiumOptions, hasChromium } from '../e2e/chromium.ts';
import { compiledReact } from './compiled-react.config.ts';

/** Components in a real browser, over answers that a test gives; none where there is no Chromium. */
export default defineConfig({
  plugins: [compiledReact()],
  // The whole window's libraries are made ready beforehand: one found late would reload the page amid a test.
  optimizeDeps: { entries: ['renderer/main.tsx', 'renderer/**/*.test.tsx'] },
  test: {
    root: new URL('..', import.meta.url).pathname,
    setupFiles: ['renderer/testing/no-complaints.ts'],
    include: hasChromium ? ['renderer/**/*.test.tsx'] : [],
    passWithNoTests: true,
    testTimeout: 30_000,
    expect: { poll: { timeout: 8_000 } },
    browser: {
      enabled: true,
      headless: true,
      provider: playwright({ launchOptions: chromiumOptions }),
      instances: [{ browser: 'chromium', viewport: { width: 400, height: 700 } }],
      screenshotFailures: false,
    },
  },
});
