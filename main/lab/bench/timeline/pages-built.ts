import { existsSync } from 'node:fs';
import path from 'node:path';
import { hasChromium } from '#e2e/chromium.ts';
import { Failure } from '#preload/domain/failure.ts';

/** Fails in words where there is no browser, or nothing for it to show. */
export function checkThatPagesAreBuilt(): void {
  if (!hasChromium) throw new Failure('not-found', 'There is no Chromium here. Name its program in CHROMIUM.');
  if (!existsSync(path.resolve('dist/renderer/index.html')))
    throw new Failure('not-found', 'The pages are not built: run `npm run build` first.');
}
