import { readFile } from 'node:fs/promises';
import type { CDPSession, Page } from 'playwright-core';
import { launchChromium, type OpenChromium } from '#e2e/chromium.ts';
import type { ServedStudio } from '#e2e/fixtures/served-studio.ts';
import { StudioPage } from '#e2e/pages/studio-page.ts';

/** What a wheel does over the timeline. */
export type Motion = 'pan' | 'zoom' | 'scroll';

/** Milliseconds of each picture of a motion. */
export interface DrawnPictures {
  /** From one picture to the next, as the display asks for them. */
  readonly apart: readonly number[];
  /** Of the page's own thread for one: hearing the wheel, drawing, layout and handing on. */
  readonly work: readonly number[];
}

export interface Nudges {
  /** Milliseconds from each key to the picture in which the inspector shows the new time. */
  readonly untilShown: readonly number[];
  /** The longest task of the page from the first key to a while after the last, milliseconds; 0: none of over 50 ms. */
  readonly longestTask: number;
  /** Milliseconds of the page's own thread for one, on average, whatever else the machine had to do. */
  readonly computingEach: number;
  /** Milliseconds of the studio's main process for one, on average, all its threads together. */
  readonly mainEach: number;
  /** Bytes that the page fetched for one, on average. */
  readonly bytesEach: number;
}

const mebibyte = 2 ** 20;

/** The studio in a real Chromium that draws in software, and how quick it is in the hand. */
export class StudioInChromium implements AsyncDisposable {
  readonly #studio: ServedStudio;
  readonly #chromium: OpenChromium;
  readonly #devtools: CDPSession;
  readonly page: Page;

  private constructor(studio: ServedStudio, chromium: OpenChromium, devtools: CDPSession) {
    this.#studio = studio;
    this.#chromium = chromium;
    this.#devtools = devtools;
    [this.page] = chromium.context.pages() as [Page];
  }

  static async open(studio: ServedStudio, project: string): Promise<StudioInChromium> {
    const chromium = await launchChromium({ width: 1440, height: 900 });
    const [page] = chromium.context.pages() as [Page];
    page.setDefaultTimeout(120_000);
    const devtools = await chromium.context.newCDPSession(page);
    await devtools.send('Network.enable');
    await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
    await page.addInitScript(watchFromTheStart);
    await new StudioPage(page).open(await studio.start(project));
    return new StudioInChromium(studio, chromium, devtools);
  }

  /** Selects a video; milliseconds from the click until its timeline is drawn, with as many segments as are expected. */
  async select(name: string, segmentCount: number): Promise<number> {
    const option = this.page.getByRole('region', { name: 'Library' }).getByRole('option').filter({ hasText: name });
    await option.first().waitFor();
    return option.first().evaluate(selectAndWait, { name, shown: shownWords(segmentCount) });
  }

  /** Loads the page anew with the long video selected; milliseconds until its timeline is drawn. */
  async reload(segmentCount: number): Promise<number> {
    // What is selected is noted a moment later.
    await this.page.waitForTimeout(1_500);
    await this.page.reload();
    return this.page.evaluate(waitForSegments, shownWords(segmentCount));
  }

  /** Turns the wheel once for every picture. */
  async move(motion: Motion, pictures: number): Promise<DrawnPictures> {
    return this.page.evaluate(turnTheWheel, { motion, pictures });
  }

  /** Waits until so many tracks of sensors say the value at the playhead: they are drawn by then. */
  async seesTracks(count: number): Promise<void> {
    const told = this.page.locator('[data-series]').filter({ hasText: /\d/ });
    await told.nth(count - 1).waitFor();
    // Tiles beside those in view come a moment later; the network is never idle, since the studio listens for changes.
    await this.page.waitForTimeout(2_000);
  }

  /** Selects a segment in the middle of what is in view, by keys. */
  async selectASegment(): Promise<void> {
    await this.page.getByRole('listbox', { name: /^Segments of/ }).focus();
    await this.page.keyboard.press('ArrowDown');
    await this.page.getByLabel('Start of the segment').waitFor();
  }

  /** Moves the start of the selected segment by a frame, again and again. */
  async nudge(times: number): Promise<Nudges> {
    let bytes = 0;
    const count = (event: { readonly encodedDataLength: number }): void => void (bytes += event.encodedDataLength);
    this.#devtools.on('Network.loadingFinished', count);
    await this.page.evaluate(forgetLongTasks);
    const before = await this.#computedMs();
    const mainBefore = await processorMs(this.#studio.pid);
    const untilShown: number[] = [];
    for (let time = 0; time < times; time += 1) {
      const shown = this.page.evaluate(waitForInspector);
      await this.page.evaluate(() => undefined);
      await this.page.keyboard.press(time % 2 === 0 ? 'Alt+ArrowRight' : 'Alt+ArrowLeft');
      untilShown.push(await shown);
      // A person looks; what else an edit makes the page fetch comes meanwhile.
      await this.page.waitForTimeout(400);
    }
    await this.page.waitForTimeout(1_500);
    this.#devtools.off('Network.loadingFinished', count);
    return {
      untilShown,
      longestTask: await this.page.evaluate(longestTask),
      computingEach: ((await this.#computedMs()) - before) / times,
      mainEach: ((await processorMs(this.#studio.pid)) - mainBefore) / times,
      bytesEach: bytes / times,
    };
  }

  /** After a garbage collection: what scripts hold, and what the process holds in all; MiB. */
  async memory(): Promise<{ readonly heap: number; readonly renderer: number }> {
    await this.#devtools.send('HeapProfiler.collectGarbage');
    const { usedSize } = await this.#devtools.send('Runtime.getHeapUsage');
    const browser = await this.#chromium.context.browser()!.newBrowserCDPSession();
    const { processInfo } = await browser.send('SystemInfo.getProcessInfo');
    await browser.detach();
    const sizes = await Promise.all(
      processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => residentMiB(id)),
    );
    return { heap: usedSize / mebibyte, renderer: Math.max(...sizes) };
  }

  /** What the page's own thread has computed since it began, by its own clock. */
  async #computedMs(): Promise<number> {
    const { metrics } = await this.#devtools.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration')!.value * 1000;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#chromium[Symbol.asyncDispose]();
    await this.#studio.stop();
  }
}

const shownWords = (segmentCount: number): string => `· ${segmentCount.toLocaleString('en')} segment`;

async function residentMiB(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) / 1024;
}

/** What a process has computed since it began; Linux counts it in hundredths of a second. */
async function processorMs(pid: number): Promise<number> {
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).replace(/^.*\) /s, '').split(' ');
  const [user, system] = fields.slice(11, 13).map(Number) as [number, number];
  return (user + system) * 10;
}

// What follows runs in the page, each function by itself.

interface Watched {
  longTasks?: number[];
}

function watchFromTheStart(): void {
  const watched = globalThis as Watched;
  watched.longTasks = [];
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) watched.longTasks?.push(duration);
  }).observe({ type: 'longtask', buffered: true });
}

function forgetLongTasks(): void {
  (globalThis as Watched).longTasks = [];
}

const longestTask = (): number => Math.max(0, ...((globalThis as Watched).longTasks ?? []));

async function waitForSegments(shown: string): Promise<number> {
  return new Promise((resolve) => {
    const look = (): void => {
      const timeline = document.querySelector('section[aria-label=Timeline]');
      if (timeline?.textContent.includes(shown))
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
      else requestAnimationFrame(look);
    };
    look();
  });
}

async function selectAndWait(
  option: HTMLElement | SVGElement,
  { name, shown }: { readonly name: string; readonly shown: string },
): Promise<number> {
  const begun = performance.now();
  (option as HTMLElement).click();
  return new Promise((resolve) => {
    const look = (): void => {
      const list = document.querySelector('[role=listbox][aria-label^="Segments of"]');
      const timeline = document.querySelector('section[aria-label=Timeline]');
      if (list?.getAttribute('aria-label')?.endsWith(name) === true && timeline?.textContent.includes(shown) === true)
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - begun)));
      else requestAnimationFrame(look);
    };
    look();
  });
}

async function turnTheWheel({
  motion,
  pictures,
}: {
  readonly motion: Motion;
  readonly pictures: number;
}): Promise<DrawnPictures> {
  const canvas = document.querySelector('[data-testid=timeline-canvas]')!;
  const box = canvas.getBoundingClientRect();
  const apart: number[] = [];
  const work: number[] = [];
  const afterPicture = new MessageChannel();
  afterPicture.port1.start();
  let before: number | null = null;
  let turned = 0;
  return new Promise((resolve) => {
    const turn = (): void => {
      const heard = performance.now();
      let begun = 0;
      // Asked for before the timeline asks, so that it comes first.
      requestAnimationFrame((now) => {
        begun = performance.now();
        if (before !== null) apart.push(now - before);
        before = now;
        // A message is read once the picture has been laid out and handed on.
        afterPicture.port2.postMessage(null);
      });
      // There and back again, so that neither end is reached.
      const sign = Math.floor(turned / 30) % 2 === 0 ? 1 : -1;
      turned += 1;
      canvas.dispatchEvent(
        new WheelEvent('wheel', {
          bubbles: true,
          cancelable: true,
          clientX: box.left + box.width * 0.4,
          clientY: box.bottom - 20,
          deltaY: motion === 'zoom' ? sign * -60 : sign * 40,
          ctrlKey: motion === 'zoom',
          shiftKey: motion === 'pan',
        }),
      );
      const handled = performance.now() - heard;
      const handedOn = (): void => {
        work.push(handled + performance.now() - begun);
        if (turned < pictures) turn();
        else resolve({ apart, work });
      };
      afterPicture.port1.addEventListener('message', handedOn, { once: true });
    };
    turn();
  });
}

async function waitForInspector(): Promise<number> {
  const field = document.querySelector<HTMLInputElement>('input[aria-label="Start of the segment"]')!;
  const { value } = field;
  return new Promise((resolve) => {
    let pressed = 0;
    addEventListener(
      'keydown',
      (event) => {
        if (event.key.startsWith('Arrow')) pressed = event.timeStamp;
      },
      { capture: true, signal: AbortSignal.timeout(30_000) },
    );
    const look = (): void => {
      const shown = document.querySelector<HTMLInputElement>('input[aria-label="Start of the segment"]');
      if (shown && shown.value !== value && pressed > 0) setTimeout(() => resolve(performance.now() - pressed));
      else requestAnimationFrame(look);
    };
    look();
  });
}
