import type { Page } from 'playwright-core';

/** In the page: when a key was pressed, and when the window showed what it changed; milliseconds of its clock. */
interface Seen {
  readonly pressedMs: number;
  readonly shownMs: number;
}

/** So many corrections first let the engine read what it has not read yet. */
const unmeasured = 2;
/** Between two corrections, as a person looks. */
const lookMs = 2000;
/** One proposal at least is among so many segments. */
const mostSegments = 500;
/** On a machine that has much else to do. */
const longestMs = 120_000;

/**
 * Accepts proposals of the first video of a project one by one, with keys: milliseconds from the key of each to
 * the picture with the other proposals of the video as they are scored by it.
 */
export async function correctionsShown(page: Page, link: string, count: number): Promise<number[]> {
  page.setDefaultTimeout(longestMs);
  await page.addInitScript({ content: noteCorrections });
  await page.goto(link);
  await page.getByRole('region', { name: 'Library' }).getByRole('option').first().click();
  const segments = page.getByRole('listbox', { name: /^Segments of/u });
  await segments.getByRole('option').first().waitFor();
  const tookMs: number[] = [];
  for (let made = 0; made < unmeasured + count; made += 1) {
    await segments.focus();
    const selected = segments.getByRole('option', { selected: true });
    for (let looked = 0; looked === 0 || !(await selected.innerText()).includes(', proposed'); looked += 1) {
      if (looked > mostSegments) throw new Error('The first video shows no proposal to correct.');
      await page.keyboard.press('ArrowDown');
    }
    await page.evaluate('correctionSeen = { pressedMs: 0, shownMs: 0 }');
    await page.keyboard.press('a');
    const seen = (): Promise<Seen> => page.evaluate<Seen>('correctionSeen');
    const waitedUntil = Date.now() + longestMs;
    while ((await seen()).shownMs === 0) {
      if (Date.now() > waitedUntil) throw new Error('No proposal was scored by a correction in the window.');
      await page.waitForTimeout(100);
    }
    const { pressedMs, shownMs } = await seen();
    tookMs.push(shownMs - pressedMs);
    await page.waitForTimeout(lookMs);
  }
  return tookMs.slice(unmeasured);
}

/**
 * Before the page's own code: notes the key, and when a picture was drawn after the rows of other proposals had come, told
 * in the stream of changes or fetched anew.
 */
const noteCorrections = `
  globalThis.correctionSeen = { pressedMs: 0, shownMs: 0 };
  addEventListener('keydown', (event) => {
    if (event.key === 'a') globalThis.correctionSeen.pressedMs ||= event.timeStamp;
  }, { capture: true });
  const noteShown = () => {
    const seen = globalThis.correctionSeen;
    if (seen.pressedMs === 0 || seen.shownMs > 0) return;
    requestAnimationFrame(() => requestAnimationFrame(() => (seen.shownMs ||= performance.now())));
  };
  const follow = async (stream) => {
    const decoder = new TextDecoder();
    for await (const bytes of stream) {
      const text = decoder.decode(bytes, { stream: true });
      if (text.split('"state":"proposed"').length > 2) noteShown();
    }
  };
  const own = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const response = await own(input, init);
    if (response.url.endsWith('/segments/list')) void response.clone().arrayBuffer().then(noteShown);
    if (response.url.endsWith('/studio/changes')) void follow(response.clone().body);
    return response;
  };`;
