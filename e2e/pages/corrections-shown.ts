import type { Page } from 'playwright-core';

/** One correction, as the window showed what was learned from it. */
export interface CorrectionShown {
  readonly fromKeyToPictureMs: number;
  /** Until the window was told of the new proposals, by the stream of changes. */
  readonly untilToldMs: number;
  /** Of the page's own thread until then, whatever else the machine had to do. */
  readonly pageMs: number;
}

/** In the page: when a key was pressed, and when the window was told and showed what it changed; milliseconds of its clock. */
interface Seen {
  readonly pressedMs: number;
  readonly toldMs: number;
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
 * Accepts proposals of the first video of a project one by one, with keys, and waits after each for the picture with the
 * proposals of this video as they are scored by it. What does not come in time ends the row, and is told by `say`.
 */
export async function correctionsShown(
  page: Page,
  link: string,
  count: number,
  say: (words: string) => void,
): Promise<CorrectionShown[]> {
  page.setDefaultTimeout(longestMs);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable');
  const pageMs = async (): Promise<number> => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0);
  };
  await page.addInitScript({ content: noteCorrections });
  await page.goto(link);
  await page.getByRole('region', { name: 'Library' }).getByRole('option').first().click();
  const segments = page.getByRole('listbox', { name: /^Segments of/u });
  await segments.getByRole('option').first().waitFor();
  const shown: CorrectionShown[] = [];
  for (let made = 0; made < unmeasured + count; made += 1) {
    await segments.focus();
    const selected = segments.getByRole('option', { selected: true });
    for (let looked = 0; looked === 0 || !(await selected.innerText()).includes(', proposed'); looked += 1) {
      if (looked > mostSegments) throw new Error('The first video shows no proposal to correct.');
      await page.keyboard.press('ArrowDown');
    }
    const before = await pageMs();
    await page.evaluate('correctionSeen = { pressedMs: 0, toldMs: 0, shownMs: 0 }');
    await page.keyboard.press('a');
    const seen = (): Promise<Seen> => page.evaluate<Seen>('correctionSeen');
    const waitedUntil = Date.now() + longestMs;
    while ((await seen()).shownMs === 0 && Date.now() < waitedUntil) await page.waitForTimeout(50);
    const { pressedMs, toldMs, shownMs } = await seen();
    if (shownMs === 0) {
      say(`correction ${made + 1} of ${unmeasured + count}: nothing new was shown in ${longestMs / 1000} s`);
      break;
    }
    const one = {
      fromKeyToPictureMs: shownMs - pressedMs,
      untilToldMs: toldMs - pressedMs,
      pageMs: (await pageMs()) - before,
    };
    say(`correction ${made + 1} of ${unmeasured + count}: ${Math.round(one.fromKeyToPictureMs)} ms`);
    if (made >= unmeasured) shown.push(one);
    await page.waitForTimeout(lookMs);
  }
  return shown;
}

/**
 * Before the page's own code: notes the key, and when a picture was drawn after the rows of other proposals of the video
 * in view had come, told in the stream of changes or fetched because it told of them. That is the video whose segments were asked for
 * first; that it was scored is told at the end, also where all stayed as it was.
 */
const noteCorrections = `
  globalThis.correctionSeen = { pressedMs: 0, toldMs: 0, shownMs: 0 };
  let inView = 0;
  // Since when there are proposals that were told of without their rows.
  let withoutRowsMs = null;
  addEventListener('keydown', (event) => {
    if (event.key === 'a') globalThis.correctionSeen.pressedMs ||= event.timeStamp;
  }, { capture: true });
  const noteShown = () => {
    const seen = globalThis.correctionSeen;
    if (seen.toldMs === 0 || seen.shownMs > 0 || withoutRowsMs !== null) return;
    requestAnimationFrame(() => requestAnimationFrame(() => (seen.shownMs ||= performance.now())));
  };
  const hear = (change) => {
    const seen = globalThis.correctionSeen;
    if (seen.pressedMs === 0 || !change?.videoIds?.includes(inView)) return;
    const isAnew = change.topic === 'segments' && (change.rows?.placed.some(({ state }) => state === 'proposed') ?? true);
    if (!isAnew && change.topic !== 'curves') return;
    seen.toldMs ||= performance.now();
    if (isAnew && change.rows === undefined) withoutRowsMs = performance.now();
    noteShown();
  };
  const follow = async (stream) => {
    let text = '';
    for await (const piece of stream.pipeThrough(new TextDecoderStream())) {
      const lines = (text + piece).split('\\n');
      text = lines.pop();
      for (const line of lines) if (line.startsWith('data: ')) hear(JSON.parse(line.slice(6)).json);
    }
  };
  const own = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const list = /\\/segments\\/(\\d+)$/.exec(new URL(input.url ?? input, location.href).pathname);
    if (list === null) {
      const response = await own(input, init);
      if (response.url.endsWith('/studio/changes')) void follow(response.clone().body).catch(() => undefined);
      return response;
    }
    // Others are asked for ahead.
    inView ||= Number(list[1]);
    const isInView = Number(list[1]) === inView;
    const askedMs = performance.now();
    const response = await own(input, init);
    void response.clone().arrayBuffer().then(() => {
      if (isInView && withoutRowsMs !== null && askedMs >= withoutRowsMs) withoutRowsMs = null;
      noteShown();
    }, () => undefined);
    return response;
  };`;
