import { existsSync } from 'node:fs';
import path from 'node:path';
import { hasChromium, launchChromium } from '#e2e/chromium.ts';
import { ServedStudio } from '#e2e/fixtures/served-studio.ts';
import { correctionsShown, type CorrectionShown } from '#e2e/pages/corrections-shown.ts';
import type { Archive } from './archive-project.ts';
import type { BenchContext } from './bench-case.ts';

const corrections = 20;
const pages = path.resolve(import.meta.dirname, '../../../dist/renderer/index.html');

/**
 * The same in the window, in Chromium: from the key that accepts to the picture with the other proposals of the video on
 * screen as they are scored by it. Null, with a word, where there is no browser, or the pages are not built. The archive's folder
 * goes with it.
 */
export async function correctingInWindow(context: BenchContext, archive: Archive): Promise<CorrectionShown[] | null> {
  if (!hasChromium || !existsSync(pages)) {
    context.say('the window is left out: it needs Chromium, and `npm run build`');
    return null;
  }
  await using studio = new ServedStudio(archive.folder);
  const link = await studio.start(archive.location);
  await using chromium = await launchChromium();
  return await correctionsShown(chromium.context.pages()[0]!, link, corrections, context.say);
}
