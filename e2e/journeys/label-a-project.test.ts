// The main job in the browser: real videos in, proposals, corrections by keyboard, COCO-style JSON out.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { hasChromium } from '../chromium.ts';
import { writeActedClip } from '../fixtures/acted-clip.ts';
import { setOut } from '../fixtures/journey.ts';
import { makeTinyCheckpoint } from '../models/tiny-checkpoint.ts';

interface CocoFile {
  readonly info: { readonly exporter: string; readonly model: string };
  readonly videos: readonly { readonly file_name: string; readonly frame_count: number; readonly sha256: string }[];
  readonly images: readonly { readonly id: number; readonly video_id: number }[];
  readonly categories: readonly { readonly id: number; readonly name: string }[];
  readonly annotations: readonly {
    readonly id: number;
    readonly category_id: number;
    readonly segment: readonly [number, number];
    readonly bbox: readonly number[];
    readonly start_frame: number;
    readonly end_frame: number;
    readonly state: string;
    readonly source: { readonly kind: string };
  }[];
}

const classes = ['jumping', 'clapping', 'waving both arms'];

describe.runIf(hasChromium)('labelling a project', () => {
  const journey = setOut(async (studio) => {
    await writeActedClip(studio.at('videos', 'gym-1.mp4'), ['jump', 'clap'], 3, 1);
    await writeActedClip(studio.at('videos', 'gym-2.mp4'), ['clap', 'wave-both-arm'], 3, 2);
    await makeTinyCheckpoint(studio.at('tiny-clip'));
  });
  const window = () => journey().window;

  /** The segment that is selected: what it is, how far it goes, what was decided. */
  const selected = async () => {
    const spoken = (await window().selectedSegment.allTextContents()).join();
    const [, name, start, end, state] = /^(.+), ([\d.]+) s to ([\d.]+) s, (\w+)/.exec(spoken) ?? [];
    return { name, startS: Number(start), endS: Number(end), state };
  };

  /** Segments that were accepted in any video, as the library tells. */
  const acceptedInAll = async (): Promise<number> => {
    let sum = 0;
    for (const row of await window().videos.all())
      sum += Number(/, (\d+) accepted/.exec((await row.getAttribute('aria-label')) ?? '')?.[1]);
    return sum;
  };

  test('a project is made in a folder that the person chooses', async () => {
    const { page } = journey();
    await page.getByRole('button', { name: 'New project' }).click();
    const dialog = window().dialog('New project');
    await dialog.getByLabel('Name').fill('Gymnastics');
    await dialog.getByRole('button', { name: 'Choose where…' }).click();
    await window().choosePlaces('Choose a folder', journey().studio.folder, [], 'Choose this folder');
    await page.getByRole('button', { name: 'Project Gymnastics' }).waitFor();
  });

  test('videos come in through the file dialog, and play', async () => {
    await journey().page.getByRole('button', { name: 'Add videos…' }).first().click();
    await window().choosePlaces('Add videos', journey().studio.at('videos'), ['gym-1.mp4', 'gym-2.mp4'], 'Add');
    await expect.poll(() => window().videos.count()).toBe(2);
    await expect.poll(() => window().frameNumber()).toBe(0);
    await window().jobsAreOver();
  });

  test('a checkpoint folder is added, and becomes the model of the project', async () => {
    await window().command('Model and provider');
    const settings = window().dialog('Settings');
    await settings.getByRole('button', { name: 'Add a checkpoint folder…' }).click();
    await window().choosePlaces('Add a checkpoint folder', journey().studio.folder, ['tiny-clip'], 'Add');
    await window().seesNotice(/tiny-clip was added/);
    await expect.poll(() => settings.getByRole('radio', { name: 'tiny-clip' }).isChecked()).toBe(true);
    await settings.getByRole('tab', { name: 'Proposals' }).click();
    // A model of random weights is sure of nothing.
    await settings.getByRole('slider', { name: /Show proposals/ }).press('Home');
    await settings.getByText('score at least 0 %').waitFor();
    await window().press('Escape');
    await settings.waitFor({ state: 'detached' });
  });

  test('class names are typed', async () => {
    await window().press('Alt+2');
    const field = window().panel('Classes').getByRole('textbox', { name: 'New class' });
    for (const [index, name] of classes.entries()) {
      await field.fill(name);
      await field.press('Enter');
      await expect.poll(() => window().panel('Classes').getByRole('option').count()).toBe(index + 1);
    }
    await window().press('Escape');
  });

  test('one click proposes segments in every video', async () => {
    const { page } = journey();
    await page.getByRole('button', { name: 'Propose', exact: true }).click();
    await window().seesNotice(/2 videos are being looked at/);
    await window().jobsAreOver();
    await expect.poll(() => window().segments.count()).toBeGreaterThan(4);
    await page.getByRole('listbox', { name: 'Proposals to review' }).getByRole('option').first().waitFor();
    await page.getByRole('button', { name: /^tiny-clip · \w+/ }).waitFor();
  });

  test('review is look, one key, next', async () => {
    const { page } = journey();
    await window().press('Alt+1');
    await window().panel('Player').focus();
    await window().press('n');
    await expect.poll(async () => (await selected()).state).toBe('proposed');
    const first = await selected();
    await window().press('a');
    await expect.poll(selected).not.toEqual(first);
    await expect.poll(acceptedInAll).toBe(1);

    // From here on the model learns while the hand works: what it replaces in that very moment is met with the next key.
    const another = async () => {
      if ((await selected()).state !== 'proposed') await window().press('n');
      return selected();
    };
    await expect
      .poll(async () => {
        await another();
        await window().press('x', 'Alt+5');
        const edits = window()
          .panel('History')
          .getByText(/^(Accept|Reject) /);
        await edits.first().waitFor();
        const texts = await edits.allTextContents();
        await window().press('Alt+4');
        return texts.filter((text) => text.startsWith('Reject')).length;
      })
      .toBeGreaterThan(0);
    await expect
      .poll(async () => {
        const { name } = await another();
        await window().press('r');
        const relabel = window().dialog('Give another class');
        await relabel.getByRole('combobox').waitFor();
        await window().type(classes.find((other) => other !== name)!);
        await window().press('Enter');
        await relabel.waitFor({ state: 'detached' });
        return acceptedInAll();
      })
      .toBeGreaterThan(1);
    await window().savedAll();
    await page.getByRole('region', { name: 'Review' }).waitFor();
  });

  test('edges move by single frames, and one undo takes one key’s work back', async () => {
    // Accepted segments are the ones that edges are fixed on; P has brought the queue's focus elsewhere.
    const accepted = window().segments.filter({ hasText: ', accepted' }).first();
    await accepted.evaluate((option: HTMLElement) => option.click());
    const before = await selected();
    await window().press('Alt+ArrowRight', 'Alt+Shift+ArrowRight');
    await expect.poll(async () => (await selected()).endS).toBeCloseTo(before.endS + 0.04, 2);
    expect((await selected()).startS).toBeCloseTo(before.startS + 0.04, 2);
    await window().press('Control+z');
    await window().seesNotice(/Undone/);
    await expect.poll(async () => (await selected()).endS).toBeCloseTo(before.endS, 2);
    await window().press('Control+z');
    await expect.poll(selected).toEqual(before);
    await window().press('Control+Shift+z', 'Control+Shift+z');
    await expect.poll(async () => (await selected()).endS).toBeCloseTo(before.endS + 0.04, 2);
  });

  test('a segment is marked by hand', async () => {
    const { page } = journey();
    const count = await window().segments.filter({ hasText: 'drawn by hand' }).count();
    // The last redo may still be bringing its segment on screen.
    const leaveAll = async () => {
      await window().press('Escape', 'Escape', 'k', 'Home');
      return window().frameNumber();
    };
    await expect.poll(leaveAll).toBe(0);
    await window().press('i', 'Shift+ArrowRight');
    await expect.poll(() => window().frameNumber()).toBe(25);
    await window().press('o', 'Enter');
    await expect.poll(() => window().segments.filter({ hasText: 'drawn by hand' }).count()).toBe(count + 1);
    await page.getByRole('listbox', { name: /^Segments of/ }).waitFor();
  });

  test('an edge reaches its neighbour with one key, and one undo brings it back', async () => {
    // A neighbour of a person's own, a frame away: proposals may change in the background.
    await window().press('Escape');
    await window().goToFrame(27);
    await window().press('i', 'ArrowRight', 'o', 'Enter');
    await window().segments.filter({ hasText: ', 1.08 s to 1.16 s, accepted' }).waitFor();
    await window()
      .segments.filter({ hasText: ', 0 s to 1.04 s, accepted' })
      .evaluate((option: HTMLElement) => option.click());
    await expect.poll(async () => (await selected()).endS).toBe(1.04);
    const drawn = await selected();
    await window().press('e');
    await expect.poll(selected).toEqual({ ...drawn, endS: 1.08 });
    await window().press('Shift+e');
    await window().seesNotice(/No segment ends before this one/);
    await window().press('Control+z');
    await expect.poll(selected).toEqual(drawn);
  });

  test('the export holds exactly what was accepted', async () => {
    const accepted = await acceptedInAll();
    expect(accepted).toBeGreaterThanOrEqual(4);
    await window().press('Control+e');
    const dialog = window().dialog('Export annotations');
    const counts = await dialog
      .getByRole('status')
      .filter({ hasText: /segments/ })
      .textContent();
    const downloaded = journey().page.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Download' }).click();
    const download = await downloaded;
    expect(download.suggestedFilename()).toMatch(/^Gymnastics.*\.json$/);
    const coco = JSON.parse(readFileSync(await download.path(), 'utf8')) as CocoFile;

    expect(coco.info).toMatchObject({ exporter: 'Cuepoint', model: expect.stringContaining('tiny-clip') as string });
    expect(coco.videos.map((video) => video.file_name)).toEqual(['gym-1.mp4', 'gym-2.mp4']);
    expect(coco.images.map((image) => image.video_id)).toEqual([1, 2]);
    expect(coco.categories.map((category) => category.name)).toEqual(classes);
    expect(coco.annotations.map((annotation) => annotation.id)).toEqual(coco.annotations.map((_, index) => index + 1));
    expect(counts).toContain(`${coco.annotations.length} segments`);
    expect(coco.annotations.length).toBe(accepted);
    for (const { segment, bbox, start_frame, end_frame, state } of coco.annotations) {
      expect(state).toBe('accepted');
      expect(bbox).toEqual([segment[0], 0, expect.closeTo(segment[1] - segment[0], 6), 1]);
      expect(segment[0]).toBeCloseTo(start_frame / 25, 5);
      expect(segment[1]).toBeCloseTo(end_frame / 25, 5);
    }
    const drawn = coco.annotations.filter(({ source }) => source.kind === 'human');
    expect(drawn.map(({ segment }) => segment)).toEqual([
      [0, 1.04],
      [1.08, 1.16],
    ]);
  });
});
