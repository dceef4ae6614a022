// What is broken gets one clear message each; everything else goes on, and nothing is lost.
import { copyFile, cp, mkdir, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { hasChromium } from '../chromium.ts';
import { writeNumberedClip } from '../clips/numbered-clip.ts';
import { writeToneBursts } from '../clips/tone-bursts.ts';
import { cuepoint } from '../fixtures/command-line.ts';
import { setOut } from '../fixtures/journey.ts';
import { ServedStudio } from '../fixtures/served-studio.ts';
import { makeTinyCheckpoint } from '../models/tiny-checkpoint.ts';

const oddNames = [`it's "quoted" #1, 100% & <b>.mp4`, '跳高 🏃 élan.mp4', ' spaces  around .mp4'];

describe.runIf(hasChromium)('bad input', () => {
  const journey = setOut(async (studio) => {
    const at = (name: string) => studio.at('videos', name);
    const frames = (count: number) => Array.from({ length: count }, (_, index) => index * 40_000);
    await mkdir(studio.at('videos'));
    for (const [index, name] of ['good.mp4', ...oddNames].entries()) {
      await writeNumberedClip(at(name), { startsUs: frames(30 + index) });
    }
    await writeNumberedClip(studio.at('other content.mp4'), { startsUs: frames(50) });
    await copyFile(at('good.mp4'), at('same as good.mp4'));
    await writeFile(at('text.mp4'), 'This is a shopping list.\n');
    await writeFile(studio.at('videos', 'notes.txt'), 'no video either\n');
    await writeFile(at('empty.mp4'), '');
    writeToneBursts(at('sound only.mp4'), 1, []);
    const bytes = await readFile(at('good.mp4'));
    await writeFile(at('no index.mp4'), withoutIndex(bytes));

    await makeTinyCheckpoint(studio.at('models', 'whole'));
    for (const name of ['cut', 'no-config'])
      await cp(studio.at('models', 'whole'), studio.at('models', name), { recursive: true });
    await truncate(studio.at('models', 'cut', 'model.safetensors'), 5_000);
    await writeFile(studio.at('models', 'no-config', 'config.json'), '{ "model_type": "teapot" }');
    expect(await cuepoint(studio.env, 'new', studio.at('bad.cuepoint'), '--classes', 'one')).toMatchObject({ code: 0 });
    expect(await cuepoint(studio.env, 'new', studio.at('other.cuepoint'))).toMatchObject({ code: 0 });
    return { project: studio.at('bad.cuepoint') };
  });
  const window = () => journey().window;

  test('of a folder with good and bad files, every good one comes in', async () => {
    await window().command('Add a folder of videos');
    await window().choosePlaces('Choose a folder', journey().studio.at('videos'), [], 'Choose this folder');
    await expect.poll(() => window().videos.count()).toBe(1 + oddNames.length);
    // Some are over before others have begun.
    await expect.poll(() => window().jobs()).toBe('4 jobs failed');
  });

  test('each bad file is told of once, by name, with what is wrong', async () => {
    await window().press('Alt+j');
    const jobs = window().dialog('Jobs');
    const tells = async (file: string, words: RegExp) => {
      const rows = jobs.getByRole('listitem').filter({ hasText: file });
      await rows.getByText(words).first().waitFor();
      expect(await rows.count(), file).toBe(1);
    };
    await tells('Add text.mp4', /failed/);
    await tells('Add empty.mp4', /is empty/);
    await tells('Add sound only.mp4', /holds no video/);
    await tells('Add no index.mp4', /no index\.mp4/);
    await tells('Add same as good.mp4', /Already in the project as good\.mp4/);
    await window().press('Escape');
    await jobs.waitFor({ state: 'detached' });
  });

  test('a file that is no video can be chosen, and is refused in words', async () => {
    await window().command('Add videos');
    await window().choosePlaces('Add videos', journey().studio.at('videos'), ['notes.txt'], 'Add');
    await window().seesNotice(/notes\.txt/);
    expect(await window().jobs()).toBe('5 jobs failed');
    expect(await window().videos.count()).toBe(1 + oddNames.length);
  });

  test.each(['good.mp4', ...oddNames])('%s plays and exports under its own name', async (name) => {
    await window().showVideo(name);
    await window().pictureOfFrame(0);
    await window().press('End');
    const last = 29 + ['good.mp4', ...oddNames].indexOf(name);
    expect(await window().pictureOfFrame(last)).toBe(last);
    await window().press('Home', 'i', 'ArrowRight', 'o', 'Enter');
    await expect.poll(() => window().segments.count()).toBe(1);
  });

  test('a span the wrong way round is refused in words, and one past the end ends with the video', async () => {
    const { page } = journey();
    const end = page.getByLabel('End of the segment');
    await window().showVideo('good.mp4');
    await page.getByRole('listbox', { name: /^Segments of/ }).focus();
    await window().press('Home', 'ArrowDown');
    await expect.poll(() => end.inputValue()).toBe('00:00:00.080');
    const type = async (words: string) => {
      await end.fill(words);
      await end.press('Enter');
    };
    await type('0');
    await page.getByRole('alert').getByText('The end must come after the start.').waitFor();
    await expect.poll(() => end.inputValue()).toBe('00:00:00.080');
    await type('9:00:00');
    await expect.poll(() => end.inputValue()).toBe('00:00:01.200');
    await page.getByRole('listbox', { name: /^Segments of/ }).focus();
    await window().press('Control+z');
    await expect.poll(() => end.inputValue()).toBe('00:00:00.080');
    await window().press('Escape', 'End', 'i', 'Home', 'o', 'Enter');
    await expect.poll(() => window().segments.count()).toBe(1);
  });

  test('a file that vanishes takes no labels with it, and is used again once it is back', async () => {
    const { page, studio } = journey();
    const row = page.getByRole('option', { name: /^good\.mp4/ });
    journey().requestsMayFail = true;
    await rename(studio.at('videos', 'good.mp4'), studio.at('away.mp4'));
    await page.reload();
    await row.getByText('file is missing').waitFor();
    await row.click();
    await expect.poll(() => window().segments.count()).toBe(1);
    await page.getByText('The file is not where it was').waitFor();
    await rename(studio.at('away.mp4'), studio.at('videos', 'good.mp4'));
    await page.reload();
    await row.getByText('accepted').waitFor();
    await expect.poll(() => window().segments.count()).toBe(1);
    journey().requestsMayFail = false;
  });

  test('a file that another took the place of: labels stay, the new one comes in beside, the old one holds again', async () => {
    const { page, studio } = journey();
    const good = studio.at('videos', 'good.mp4');
    const row = page.getByRole('option', { name: /^good\.mp4/ });
    journey().requestsMayFail = true;
    await rename(good, studio.at('away.mp4'));
    await copyFile(studio.at('other content.mp4'), good);
    await page.reload();
    await row.click();
    await row.getByText('another file by now').waitFor();
    await page.getByText('Another file is in its place').waitFor();
    await page.getByText(/The segments, and what the model saw, belong to the file as it was/).waitFor();
    await expect.poll(() => window().segments.count()).toBe(1);
    await page.getByRole('button', { name: 'Add the new file as a video' }).click();
    await expect.poll(() => window().videos.count()).toBe(2 + oddNames.length);
    await window().jobsAreOver();
    await row.getByText('no segments').or(row.getByText('not looked at yet')).first().waitFor();
    await rm(good);
    await rename(studio.at('away.mp4'), good);
    await page.reload();
    await row.getByText('accepted').first().waitFor();
    await expect.poll(() => row.getByText('another file by now').or(row.getByText('file is missing')).count()).toBe(1);
    journey().requestsMayFail = false;
  });

  test('damaged checkpoints are refused, and a whole one works after them', async () => {
    await window().command('Model and provider');
    const settings = window().dialog('Settings');
    const add = async (name: string) => {
      await settings.getByRole('button', { name: 'Add a checkpoint folder…' }).click();
      await window().choosePlaces('Add a checkpoint folder', journey().studio.at('models'), [name], 'Add');
    };
    await add('cut');
    await settings
      .getByRole('alert')
      .getByText(/cut.*model\.safetensors/)
      .waitFor();
    await add('no-config');
    await settings
      .getByRole('alert')
      .getByText(/teapot/)
      .waitFor();
    await add('whole');
    await window().seesNotice(/whole was added/);
    await expect.poll(() => settings.getByRole('radio', { name: 'whole' }).isChecked()).toBe(true);
    expect(await settings.getByRole('radio').count()).toBe(1);
    await window().press('Escape');
    await settings.waitFor({ state: 'detached' });
  });

  test('a project that is open elsewhere is refused, until it is closed there', async () => {
    const { page, studio } = journey();
    const elsewhere = new ServedStudio();
    await elsewhere.start(studio.at('other.cuepoint'));
    const open = async () => {
      await window().command('Open project');
      await window().choosePlaces('Open a project', studio.folder, ['other.cuepoint'], 'Open');
    };
    await open();
    await window().seesNotice(/other.*(open|use)/i);
    await page.getByRole('button', { name: 'Project bad' }).waitFor();
    expect(await window().segments.count()).toBe(1);
    await elsewhere[Symbol.asyncDispose]();
    // Pictures of the project that is left are being asked for as it goes.
    journey().requestsMayFail = true;
    await open();
    await page.getByRole('button', { name: 'Project other' }).waitFor();
  });
});

/** An MP4 as a camera leaves it whose battery died: the pictures without the index that finds them. */
function withoutIndex(mp4: Buffer): Buffer {
  const start = mp4.indexOf('moov') - 4;
  return Buffer.concat([mp4.subarray(0, start), mp4.subarray(start + mp4.readUInt32BE(start))]);
}
