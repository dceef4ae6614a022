// The timeline by mouse alone: drawing, edges, bodies, several at once, and the overview.
import { describe, expect, test } from 'vitest';
import { hasChromium } from '../chromium.ts';
import { setOut } from '../fixtures/journey.ts';
import { makeProjectOfLongClip } from '../fixtures/project-of-long-clip.ts';
import { TimelineMouse } from '../pages/timeline-mouse.ts';

const seconds = 20;

describe.runIf(hasChromium)('the timeline by mouse', () => {
  const journey = setOut(async (studio) => ({
    project: await makeProjectOfLongClip(studio, { seconds, classes: ['first class', 'second class'] }),
  }));
  const window = () => journey().window;

  const mouseOn = () => new TimelineMouse(window(), seconds);
  const at = async (name: string, timeS: number) => mouseOn().at(name, timeS);
  const drag = async (name: string, fromS: number, toS: number) => mouseOn().drag(name, fromS, toS);
  const click = async (name: string, timeS: number, modifier?: 'Control') => mouseOn().click(name, timeS, modifier);
  const spans = async (name: string) => mouseOn().spans(name);

  test('dragging over an empty row draws a segment of its class', async () => {
    await window().frameNumber();
    await drag('first class', 4, 8);
    await expect.poll(() => spans('first class')).toEqual([[4, 8]]);
    await drag('second class', 12, 15);
    await expect.poll(() => spans('second class')).toEqual([[12, 15]]);
  });

  test('an edge follows the mouse, the other stays, and one undo takes it back', async () => {
    await click('first class', 6);
    await drag('first class', 8, 10);
    await expect.poll(() => spans('first class')).toEqual([[4, 10]]);
    await drag('first class', 4, 2);
    await expect.poll(() => spans('first class')).toEqual([[2, 10]]);
    await window().press('Control+z');
    await expect.poll(() => spans('first class')).toEqual([[4, 10]]);
  });

  test('a body moves with its length, and never out of the video', async () => {
    await drag('first class', 7, 8);
    await expect.poll(() => spans('first class')).toEqual([[5, 11]]);
    await drag('first class', 8, 0.5);
    await expect.poll(() => spans('first class')).toEqual([[0, 6]]);
  });

  test('Escape while dragging leaves all as it was', async () => {
    const { mouse } = journey().page;
    const [from, to] = [await at('first class', 3), await at('first class', 9)];
    await mouse.move(from.x, from.y);
    await mouse.down();
    await mouse.move(to.x, to.y, { steps: 4 });
    await window().press('Escape');
    await mouse.up();
    expect(await spans('first class')).toEqual([[0, 6]]);
  });

  test('straight down it takes the class of the row it is dropped on, at the very same time, and one undo takes it back', async () => {
    const { mouse } = journey().page;
    const exact = async (name: string) =>
      (await window().segments.filter({ hasText: name }).allTextContents()).map((spoken) => spoken.split(', ')[1]);
    const [own] = await exact('first class');
    const [from, to] = [await at('first class', 3), await at('second class', 3)];
    await mouse.move(from.x, from.y);
    await mouse.down();
    await mouse.move(to.x + 3, to.y, { steps: 8 });
    await mouse.up();
    await expect.poll(() => exact('first class')).toEqual([]);
    await expect.poll(() => exact('second class')).toContain(own);
    await window().savedAll();
    await window().press('Control+z');
    await expect.poll(() => exact('first class')).toEqual([own]);
  });

  test('by keys it goes from row to row, at the very same time', async () => {
    await click('first class', 3);
    await window().press('Control+Shift+ArrowDown');
    await expect.poll(() => spans('second class')).toContainEqual([0, 6]);
    await window().press('Control+Shift+ArrowUp');
    await expect.poll(() => spans('first class')).toEqual([[0, 6]]);
    await window().savedAll();
  });

  test('a rectangle selects several, and a click with Control takes one out and in again', async () => {
    const { mouse, keyboard } = journey().page;
    await click('first class', 18);
    await expect.poll(() => window().selectedSegment.count()).toBe(0);
    const [from, to] = [await at('second class', 5), await at('first class', 13)];
    await keyboard.down('Shift');
    await mouse.move(from.x, from.y);
    await mouse.down();
    await mouse.move(to.x, to.y, { steps: 6 });
    await mouse.up();
    await keyboard.up('Shift');
    await expect.poll(() => window().selectedSegment.count()).toBe(2);
    await click('first class', 3, 'Control');
    await expect.poll(() => window().selectedSegment.allTextContents()).toHaveLength(1);
    await click('first class', 3, 'Control');
    await expect.poll(() => window().selectedSegment.count()).toBe(2);
  });

  test('several move together, no further than there is room for each, and one undo takes them back', async () => {
    const places = async () => [await spans('first class'), await spans('second class')];
    const before = [[[0, 6]], [[12, 15]]];
    expect(await places()).toEqual(before);
    await drag('second class', 13, 15);
    await expect.poll(places).toEqual([[[2, 8]], [[14, 17]]]);
    await window().savedAll();
    await window().press('Control+z');
    await expect.poll(places).toEqual(before);
    // The second class has no row below it: both stay in theirs.
    const { mouse } = journey().page;
    const [from, to] = [await at('first class', 3), await at('second class', 3)];
    await mouse.move(from.x, from.y);
    await mouse.down();
    await mouse.move(to.x, to.y, { steps: 8 });
    await mouse.up();
    expect(await places()).toEqual(before);
    await window().press('Control+ArrowRight', 'Control+ArrowRight', 'Control+ArrowLeft', 'Control+ArrowLeft');
    await window().savedAll();
    expect(await places()).toEqual(before);
  });

  test('what is for one segment says so while several are selected, and changes none', async () => {
    const before = await window().segments.allTextContents();
    await window().press('Alt+ArrowRight');
    await window().seesNotice(/one segment, and 2 are selected/);
    await window().press('m');
    await window().seesNotice(/Only segments of one class/);
    expect(await window().segments.allTextContents()).toEqual(before);
  });

  test('merging rejoins what touches at once, and asks before it fills a gap', async () => {
    await click('first class', 3);
    await window().selectedSegment.waitFor();
    await window().press('s');
    await expect
      .poll(() => spans('first class'))
      .toEqual([
        [0, 3],
        [3, 6],
      ]);
    await window().press('m');
    await expect.poll(() => spans('first class')).toEqual([[0, 6]]);
    await drag('first class', 10, 12);
    await expect.poll(() => spans('first class')).toHaveLength(2);
    await click('first class', 3);
    await window().press('m');
    await window().seesNotice(/have no label/);
    expect(await spans('first class')).toHaveLength(2);
    await window().press('m');
    await expect.poll(() => spans('first class')).toEqual([[0, 12]]);
    await window().savedAll();
    await window().press('Control+z');
    await expect.poll(() => spans('first class')).toHaveLength(2);
  });

  test('dragging in the overview brings another stretch into view', async () => {
    const { page } = journey();
    const { mouse } = page;
    const near = await at('first class', 3);
    await mouse.dblclick(near.x, near.y);
    const canvas = (await page.getByTestId('timeline-canvas').boundingBox())!;
    const middle = { x: canvas.x + canvas.width / 2, y: (await at('second class', 0)).y };
    await mouse.click(middle.x, middle.y);
    await expect.poll(() => window().selectedSegment.count()).toBe(0);
    const overview = (await page.getByTestId('timeline-minimap').boundingBox())!;
    const y = overview.y + overview.height / 2;
    await mouse.move(overview.x + overview.width * (3 / seconds), y);
    await mouse.down();
    await mouse.move(overview.x + overview.width * (13.5 / seconds), y, { steps: 5 });
    await mouse.up();
    await mouse.click(middle.x, middle.y);
    await window().selectedSegment.filter({ hasText: 'second class' }).waitFor();
  });
});
