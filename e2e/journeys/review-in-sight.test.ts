// What is reviewed is in sight: enough of the queue, the segment closely, and nothing cut off however large the letters.
import { describe, expect, test } from 'vitest';
import { hasChromium } from '../chromium.ts';
import { setOut } from '../fixtures/journey.ts';
import { longClipFps } from '../fixtures/long-clip.ts';
import { makeProposedLongClip } from '../fixtures/project-of-long-clip.ts';
import { readSpoken } from '../fixtures/sees-truth.ts';

const longName = 'Geschwindigkeitsbegrenzungsüberschreitung';

describe.runIf(hasChromium)('the review', () => {
  const journey = setOut(
    async (studio) => {
      const classes = ['first class', 'second class', longName, 'fourth class', 'fifth class'];
      return { project: await makeProposedLongClip(studio, { seconds: 240, classes }) };
    },
    { width: 1440, height: 900 },
  );
  const window = () => journey().window;
  const queue = () => journey().page.getByRole('listbox', { name: 'Proposals to review' });
  /** Rows of the queue that are to be seen whole. */
  const rowsInSight = async () =>
    queue().evaluate((list) => {
      const { top, bottom } = list.getBoundingClientRect();
      return [...list.querySelectorAll('[role=option]')].filter((row) => {
        const box = row.getBoundingClientRect();
        return box.top >= top - 1 && box.bottom <= bottom + 1;
      }).length;
    });
  /** Frames from the left end of what the timeline shows to its right end, as its ruler answers. */
  const framesInSight = async () => {
    const { x, y, width } = (await journey().page.getByTestId('timeline-canvas').boundingBox())!;
    const frameAt = async (left: number) => {
      const before = await window().frameNumber();
      await journey().page.mouse.click(left, y + 4);
      await expect.poll(() => window().frameNumber()).not.toBe(before);
      return window().frameNumber();
    };
    return -(await frameAt(x + 2)) + (await frameAt(x + width - 2));
  };
  /** Names of what a person would have to scroll sideways for, or could not reach at all. */
  const cutOff = async () =>
    journey().page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('button, [role=option], input, [role=tab]')]
        .filter((each) => each.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
        .map((each) => ({
          box: each.getBoundingClientRect(),
          name: each.getAttribute('aria-label') ?? each.textContent,
        }))
        .filter(({ box }) => box.width > 2 && (box.left < -1 || box.right > globalThis.innerWidth + 1))
        .map(({ name }) => name),
    );

  test('shows at least six rows at 1440 × 900 and four at 1280 × 720, the alternatives once', async () => {
    await window().frameNumber();
    await window().showEveryProposal();
    await expect.poll(() => queue().getByRole('option').count()).toBeGreaterThan(8);
    await window().press('n');
    await journey()
      .page.getByRole('article', { name: /^In focus/ })
      .waitFor();
    await expect.poll(rowsInSight).toBeGreaterThanOrEqual(6);
    // The timeline has closed in on what is reviewed, with room to both sides.
    const { startS, endS } = readSpoken('long.mp4', (await window().selectedSegment.textContent())!);
    await window().press('k');
    const share = (endS - startS) / ((await framesInSight()) / longClipFps);
    expect(share).toBeGreaterThan(1 / 13);
    expect(share).toBeLessThan(0.8);
    expect(
      await journey()
        .page.getByRole('list', { name: /^(Class ranking|Or is it)$/ })
        .count(),
    ).toBe(1);
    await journey().page.setViewportSize({ width: 1280, height: 720 });
    await expect.poll(rowsInSight).toBeGreaterThanOrEqual(4);
    expect(await cutOff()).toEqual([]);
  });

  test('has the next one’s first picture before anybody decides, and no more than that', async () => {
    const { page } = journey();
    const pictures = page.locator('[data-next-picture]');
    const selected = async () =>
      page
        .getByRole('listbox', { name: /^Segments of/ })
        .getByRole('option', { selected: true })
        .getAttribute('id');
    await expect
      .poll(() => pictures.evaluateAll((all) => all.map((each) => each.dataset['ready'])))
      .toEqual(['true', 'true']);
    const before = await selected();
    const ids = await pictures.evaluateAll((all) => all.map((each) => each.dataset['nextPicture']!));
    expect(ids.map((id) => `timeline-segment-${id}`)).toContain(before);
    const next = ids.find((id) => `timeline-segment-${id}` !== before)!;
    await window().press('a');
    await expect.poll(selected).toBe(`timeline-segment-${next}`);
    await expect.poll(() => page.locator(`[data-next-picture="${next}"]`).getAttribute('data-ready')).toBe('true');
    await expect.poll(() => pictures.count()).toBe(2);
  });

  test('at 200 % nothing is cut off at the sides, names of one long word included', async () => {
    await journey().page.setViewportSize({ width: 720, height: 450 });
    await expect.poll(cutOff).toEqual([]);
    await window().press('Alt+2');
    await window().panel('Classes').getByText(longName).waitFor();
    await expect.poll(cutOff).toEqual([]);
    await window().press('Alt+4');
    await window().panel('Review').waitFor();
    await expect.poll(cutOff).toEqual([]);
    const saved = journey().page.getByRole('status').getByText('All changes saved');
    expect(await saved.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBeLessThanOrEqual(0);
  });
});
