// Labels without gaps: edges that are shared, classes that cannot overlap, events of one frame, and locks.
import { describe, expect, test } from 'vitest';
import { hasChromium } from '../chromium.ts';
import { setOut } from '../fixtures/journey.ts';
import { inProject } from '../fixtures/in-project.ts';
import { makeProjectOfLongClip } from '../fixtures/project-of-long-clip.ts';
import { TimelineMouse } from '../pages/timeline-mouse.ts';

const seconds = 20;

describe.runIf(hasChromium)('dense labels', () => {
  const journey = setOut(async (studio) => {
    const project = await makeProjectOfLongClip(studio, {
      seconds,
      classes: ['walks', 'stands', 'gear', 'up', 'down', 'clap'],
    });
    await inProject(project, async (client) => {
      const byName = new Map((await client.classes.list()).map(({ id, name }) => [name, id]));
      await client.classes.update({ classId: byName.get('gear')!, exclusive: true });
      for (const name of ['up', 'down'])
        await client.classes.update({ classId: byName.get(name)!, parentId: byName.get('gear')! });
      await client.classes.update({ classId: byName.get('clap')!, kind: 'point' });
    });
    return { project };
  });
  const window = () => journey().window;
  const mouse = () => new TimelineMouse(window(), seconds);
  const both = async () => [await mouse().spans('walks'), await mouse().spans('stands')];

  test('with Shift a shared edge moves both neighbours, and one undo takes both back', async () => {
    await window().frameNumber();
    await mouse().drag('walks', 2, 6);
    await expect.poll(() => mouse().spans('walks')).toEqual([[2, 6]]);
    // Drawn up to the edge, it snaps to it.
    await mouse().drag('stands', 12, 6);
    await expect.poll(both).toEqual([[[2, 6]], [[6, 12]]]);
    await mouse().drag('stands', 6.1, 8, 'Shift');
    await expect.poll(both).toEqual([[[2, 8]], [[8, 12]]]);
    await window().savedAll();
    await window().press('Control+z');
    await expect.poll(both).toEqual([[[2, 6]], [[6, 12]]]);
  });

  test('no side is left without a frame', async () => {
    await mouse().drag('stands', 6.1, 19, 'Shift');
    await expect.poll(both).toEqual([[[2, 12]], [[12, 12]]]);
    const [last] = await window().segments.filter({ hasText: 'stands' }).allTextContents();
    expect(last).toMatch(/11\.96 s to 12 s/);
    await window().savedAll();
    await window().press('Control+z');
    await expect.poll(both).toEqual([[[2, 6]], [[6, 12]]]);
  });

  test('by keys, as long as one is held, as one step', async () => {
    const { keyboard } = journey().page;
    await mouse().click('walks', 4);
    await window().selectedSegment.waitFor();
    await keyboard.down('Alt');
    for (let press = 0; press < 25; press += 1) await keyboard.down('w');
    await keyboard.up('w');
    await keyboard.up('Alt');
    await expect.poll(both).toEqual([[[2, 5]], [[5, 12]]]);
    await window().savedAll();
    await window().press('Control+z');
    await expect.poll(both).toEqual([[[2, 6]], [[6, 12]]]);
    await mouse().click('walks', 4);
    await expect.poll(() => window().selectedSegment.count()).toBe(1);
    await window().press('Alt+q');
    await window().seesNotice(/Nothing ends where this segment starts/);
  });

  test('a plain drag still moves one edge alone', async () => {
    await mouse().drag('walks', 6, 5);
    await expect.poll(both).toEqual([[[2, 5]], [[6, 12]]]);
  });

  const group = async () => [await mouse().spans('up'), await mouse().spans('down')];

  test('classes that cannot overlap: what is drawn stands, the rest yields and fills in', async () => {
    await mouse().drag('up', 1, 9);
    await expect.poll(group).toEqual([[[1, 9]], []]);
    await mouse().drag('down', 4, 6);
    await expect.poll(group).toEqual([
      [
        [1, 4],
        [6, 9],
      ],
      [[4, 6]],
    ]);
    // Without Shift: the neighbour follows by itself.
    await mouse().drag('down', 6, 7);
    await expect.poll(group).toEqual([
      [
        [1, 4],
        [7, 9],
      ],
      [[4, 7]],
    ]);
    await window().savedAll();
    await window().press('Delete');
    await expect.poll(group).toEqual([
      [
        [1, 7],
        [7, 9],
      ],
      [],
    ]);
    await window().savedAll();
    await window().press('Control+z', 'Control+z', 'Control+z');
    await expect.poll(group).toEqual([[[1, 9]], []]);
  });

  test('while it plays the next class key ends the last', async () => {
    await window().goToTime('12');
    await window().press('Escape', 'Shift+Digit4');
    for (let frame = 0; frame < 25; frame += 1) await window().press('ArrowRight');
    await window().press('Shift+Digit5');
    for (let frame = 0; frame < 25; frame += 1) await window().press('ArrowRight');
    await window().press('Shift+Digit5');
    await expect.poll(group).toEqual([
      [
        [1, 9],
        [12, 13],
      ],
      [[13, 14]],
    ]);
    const [up] = await window().segments.filter({ hasText: 'up, 12 s' }).allTextContents();
    expect(up).toMatch(/12 s to 13 s/);
  });

  test('an event of one frame: its key marks it, it moves as a whole, it is never resized', async () => {
    const claps = async () =>
      (await window().segments.filter({ hasText: 'clap' }).allTextContents()).map(
        (words) => /, ([\d.]+ s to [\d.]+ s)/.exec(words)![1],
      );
    await window().press('Escape');
    await window().goToTime('3');
    await window().press('6');
    await expect.poll(claps).toEqual(['3 s to 3.04 s']);
    await mouse().click('clap', 3.02);
    await expect.poll(() => window().selectedSegment.count()).toBe(1);
    await window().press('Alt+ArrowRight');
    await expect.poll(claps).toEqual(['3.04 s to 3.08 s']);
    await mouse().drag('clap', 3.06, 8.06);
    await expect.poll(claps).toEqual([expect.stringMatching(/^(8|7\.96|8\.04|8\.08) s to 8/)]);
    await window().press('m');
    await window().seesNotice(/Points are moments/);
    await mouse().drag('clap', 14, 15);
    await expect.poll(claps).toHaveLength(2);
    const [start, end] = (await claps())[1]!.split(' to ').map((time) => Number.parseFloat(time));
    expect(end! - start!).toBeCloseTo(0.04, 2);
  });

  test('what is locked stays: dragged, moved by keys, deleted, until it is unlocked', async () => {
    await mouse().click('walks', 3);
    await expect.poll(() => window().selectedSegment.count()).toBe(1);
    const before = await mouse().spans('walks');
    await window().press('Alt+Shift+l');
    await window()
      .segments.filter({ hasText: /walks.*locked/ })
      .waitFor({ state: 'attached' });
    await mouse().drag('walks', 3, 8);
    await window().seesNotice(/This segment is locked/);
    await window().press('Alt+ArrowRight', 'Delete');
    expect(await mouse().spans('walks')).toEqual(before);
    await journey().page.getByRole('button', { name: 'Unlock', exact: true }).click();
    await window()
      .segments.filter({ hasText: /walks.*locked/ })
      .waitFor({ state: 'detached' });
    await mouse().click('walks', 3);
    await window().press('Delete');
    await expect.poll(() => mouse().spans('walks')).toEqual([]);
  });
});
