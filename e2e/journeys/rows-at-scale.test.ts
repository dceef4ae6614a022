// Many classes in a low window: rows that fold, go thin or away, and are no higher than what is in view; tracks that scroll.
import { describe, expect, test } from 'vitest';
import { hasChromium } from '../chromium.ts';
import { setOut } from '../fixtures/journey.ts';
import { makeProjectOfLongClip } from '../fixtures/project-of-long-clip.ts';

const seconds = 20;
const classes = Array.from({ length: 60 }, (_, index) => `action ${String(index + 1).padStart(2, '0')}`);

describe.runIf(hasChromium)('sixty rows', () => {
  const journey = setOut(
    async (studio) => ({
      project: await makeProjectOfLongClip(studio, { seconds, classes }),
    }),
    { width: 1280, height: 620 },
  );
  const window = () => journey().window;
  const header = (name: string) =>
    window()
      .panel('Timeline')
      .getByRole('button', { name: new RegExp(`^${name}\\b`) });
  const heightOf = async (name: string): Promise<number> => (await header(name).boundingBox())?.height ?? 0;
  const canvasBox = async () => (await journey().page.getByTestId('timeline-canvas').boundingBox())!;
  /** Marks a stretch by its share of the canvas in the row of a class. */
  const draw = async (name: string, from: number, to: number): Promise<void> => {
    const { mouse } = journey().page;
    const [canvas, row] = [await canvasBox(), (await header(name).boundingBox())!];
    // In the lowest pixels of the row, below what may be there already.
    const y = row.y + row.height - 2;
    await mouse.move(canvas.x + from * canvas.width, y);
    await mouse.down();
    await mouse.move(canvas.x + to * canvas.width, y, { steps: 5 });
    await mouse.up();
    await window().savedAll();
  };

  test('tracks for which there is no room stand above the rows, and scroll with them', async () => {
    await window().frameNumber();
    const { page } = journey();
    const track = window().panel('Timeline').getByText('Actionness', { exact: true });
    const top = async () => (await track.boundingBox())!.y;
    const canvas = await canvasBox();
    await track.waitFor();
    const before = await top();
    expect(before).toBeGreaterThan(canvas.y);
    await page.mouse.move(canvas.x + canvas.width / 2, canvas.y + canvas.height - 20);
    await page.mouse.wheel(0, 150);
    await expect.poll(top).toBeLessThan(before);
    await page.mouse.wheel(0, -400);
    await expect.poll(top).toBe(before);
  });

  test('empty rows go thin, then away, and come back', async () => {
    await draw('action 01', 0.1, 0.3);
    await expect.poll(() => window().acceptedSegments.count()).toBe(1);
    const whole = await heightOf('action 03');
    expect(whole).toBeGreaterThan(20);
    await window().press('Shift+H');
    await expect.poll(() => heightOf('action 03')).toBeLessThan(10);
    expect(await heightOf('action 01')).toBeGreaterThan(20);
    await window().press('Shift+H');
    await expect.poll(() => header('action 03').count()).toBe(0);
    await header('action 01').waitFor();
    await window().press('Shift+H');
    await expect.poll(() => heightOf('action 03')).toBe(whole);
  });

  test('a row is folded and unfolded, and all rows are low at once', async () => {
    const whole = await heightOf('action 01');
    await window().press('Alt+z');
    await expect.poll(() => heightOf('action 01')).toBeLessThan(whole / 1.5);
    await window().press('Alt+z');
    await expect.poll(() => heightOf('action 01')).toBe(whole);
    await window().press('Shift+R');
    await expect.poll(() => heightOf('action 02')).toBeLessThan(20);
    await window().press('Shift+R');
    await expect.poll(() => heightOf('action 02')).toBe(whole);
  });

  test('a row has as many lanes as are in use in view', async () => {
    const one = await heightOf('action 01');
    // A second one that overlaps the first: where one is, dragging with nothing under the pointer begins beside it.
    await window().press('Escape', 'Escape');
    await draw('action 01', 0.6, 0.2);
    await expect.poll(() => window().acceptedSegments.count()).toBe(2);
    await expect.poll(() => heightOf('action 01')).toBeGreaterThan(one);
    const { page } = journey();
    const canvas = await canvasBox();
    // Closer on a stretch that neither reaches.
    await page.mouse.move(canvas.x + canvas.width * 0.9, canvas.y + canvas.height - 20);
    await page.keyboard.down('Control');
    for (let turn = 0; turn < 6; turn += 1) await page.mouse.wheel(0, -200);
    await page.keyboard.up('Control');
    await expect.poll(() => heightOf('action 01')).toBe(one);
    await window().press('Shift+F');
    await expect.poll(() => heightOf('action 01')).toBeGreaterThan(one);
  });
});
