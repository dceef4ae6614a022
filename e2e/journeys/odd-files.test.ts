// What labs really have (packed B-frames, interlaced cameras) is labelled as any other file: the picture, the number over it
// and the stored boundary agree at every frame.
import { copyFile, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { openFrameSource } from '#main/media/frame-source.ts';
import { probeVideo } from '#main/media/probe-video.ts';
import { secondsOf } from '#preload/domain/span.ts';
import { hasChromium } from '../chromium.ts';
import { cuepoint } from '../fixtures/command-line.ts';
import { setOut } from '../fixtures/journey.ts';
import { makeTinyCheckpoint } from '../models/tiny-checkpoint.ts';
import { sharedSample, sharedSamples } from '../shared-samples.ts';

const fixture = (name: string): string => path.resolve(import.meta.dirname, '../../main/media/fixtures', name);

const ucf101 = 'mmaction2_applying_eye_makeup.avi';
if (!sharedSamples) console.warn(`skipped: ${ucf101} is not beside the checkout`);

const files: Readonly<Record<string, string>> = {
  'packed-bframes.avi': fixture('packed-bframes.avi'),
  'interlaced.mp4': fixture('interlaced.mp4'),
  'dvd.vob': fixture('dvd.vob'),
  'two-streams.mp4': fixture('two-streams.mp4'),
  'raw.h264': fixture('raw.h264'),
  // Twenty frames, eleven minutes of nothing, twenty more: the proxy's sound has a hole there.
  'sound-hole.mkv': fixture('sound-hole.mkv'),
  ...(sharedSamples && { [ucf101]: sharedSample('video', 'action', ucf101) }),
};

/** Side of the pictures that are compared. */
const side = 32;

/** Mean brightness of each cell of `side` x `side`, from packed pixels. */
function brightness(pixels: ArrayLike<number>, width: number, height: number, channels: number): Float64Array {
  const sums = new Float64Array(side * side);
  const counts = new Float64Array(side * side);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const cell = Math.floor((y * side) / height) * side + Math.floor((x * side) / width);
      sums[cell]! += pixels[(y * width + x) * channels + 1]!;
      counts[cell]! += 1;
    }
  }
  return sums.map((sum, cell) => sum / Math.max(1, counts[cell]!));
}

const difference = (a: Float64Array, b: Float64Array): number =>
  a.reduce((sum, value, cell) => sum + Math.abs(value - b[cell]!), 0) / a.length;

describe.runIf(hasChromium)('files that labs really have', () => {
  const journey = setOut(async (studio) => {
    const project = studio.at('odd.cuepoint');
    await makeTinyCheckpoint(studio.at('tiny'));
    for (const [name, source] of Object.entries(files)) await copyFile(source, studio.at(name));
    for (const words of [
      ['new', project, '--classes', 'waving'],
      ['add', project, ...Object.keys(files).map((name) => studio.at(name))],
      ['propose', project, '--model', studio.at('tiny')],
    ]) {
      expect(await cuepoint(studio.env, ...words)).toMatchObject({ code: 0 });
    }
    return { project };
  });

  test.each(Object.keys(files))('%s: the picture on screen is frame n wherever the number says n', async (name) => {
    const { window, page } = journey();
    const probe = await probeVideo(files[name]!);
    const pictures: Float64Array[] = [];
    await using source = await openFrameSource(files[name]!, probe.frameTable);
    for await (using frame of source.framesAtIndices(Array.from({ length: probe.frameTable.frameCount }).keys()))
      pictures.push(brightness(frame.rgb, frame.width, frame.height, 3));

    const onScreen = async (): Promise<Float64Array> => {
      const { width, height, base64 } = await page.evaluate(() => {
        const video = document.querySelector('video')!;
        const canvas = new OffscreenCanvas(video.videoWidth, video.videoHeight);
        const painter = canvas.getContext('2d', { willReadFrequently: true })!;
        painter.drawImage(video, 0, 0);
        const { data } = painter.getImageData(0, 0, canvas.width, canvas.height);
        // base64 crosses the debugger's wire far faster than an array of numbers.
        let binary = '';
        for (let at = 0; at < data.length; at += 32_768)
          binary += String.fromCharCode(...data.subarray(at, at + 32_768));
        return { width: canvas.width, height: canvas.height, base64: btoa(binary) };
      });
      return brightness(Buffer.from(base64, 'base64'), width, height, 4);
    };
    await window.showVideo(name);
    // The player's own pictures are looked at, not the stills that stand in for them.
    await page.locator('video').waitFor();
    await window.press('Home');
    // Of a long film the beginning, where frames are reordered as everywhere else, and the end.
    const last = pictures.length - 1;
    const indices = Array.from(pictures.keys()).filter((index) => index < 40 || index >= last - 1);
    for (const index of indices) {
      if (index === last - 1 && index > 40) await window.goToFrame(index);
      else if (index > 0) await window.press('ArrowRight');
      await expect.poll(() => window.frameNumber()).toBe(index);
      // The first picture of a film replaces the last one of the film before.
      if (index === 0) await expect.poll(async () => difference(await onScreen(), pictures[0]!)).toBeLessThan(12);
      const shown = await onScreen();
      const off = difference(shown, pictures[index]!);
      expect(off, `frame ${index}`).toBeLessThan(12);
      for (const near of [index - 2, index - 1, index + 1, index + 2].filter((at) => pictures[at]))
        expect(off, `frame ${index} rather than ${near}`).toBeLessThanOrEqual(
          difference(shown, pictures[near]!) + 0.05,
        );
    }
  });

  test.each(Object.keys(files))(
    '%s: a segment is marked from a frame that is seen to a frame that is seen',
    async (name) => {
      const { window } = journey();
      await window.showVideo(name);
      const count = await window.segments.filter({ hasText: 'drawn by hand' }).count();
      await window.goToFrame(7);
      await window.press('i');
      await window.goToFrame(15);
      await window.press('o', 'Enter');
      await expect.poll(() => window.segments.filter({ hasText: 'drawn by hand' }).count()).toBe(count + 1);
      await window.savedAll();
    },
  );

  test('how a file is read can be changed: another camera, both fields, a rate; labels stay, and undo brings all back', async () => {
    const { window, page } = journey();
    // Pictures of a video that is going may still be asked for.
    journey().requestsMayFail = true;
    const facts = window.panel('Inspector').getByRole('region', { name: 'How the file is read' });
    const read = async (choose: (dialog: Locator) => Promise<void>): Promise<void> => {
      await window.command('How this video is read');
      const dialog = window.dialog('How it is read');
      await choose(dialog);
      await dialog.getByRole('button', { name: 'Read again' }).click();
      await dialog.waitFor({ state: 'detached' });
    };
    await window.showVideo('two-streams.mp4');
    await window.press('Escape', 'Escape');
    await facts.getByText(/64×48 .*stream 1 of 2/).waitFor();
    await read((dialog) => dialog.getByRole('radio', { name: /^Stream 2/ }).click());
    await window.seesNotice(/^Read two-streams\.mp4 again: .*1 label kept in place/);
    const second = 'two-streams.mp4 · stream 1';
    await page
      .locator('video')
      .and(page.getByLabel(second, { exact: true }))
      .waitFor();
    await facts.getByText(/stream 2 of 2/).waitFor();
    await window.segments.filter({ hasText: 'drawn by hand' }).waitFor();
    await window.goToFrame(7);

    await window.press('Control+z');
    await window.videos.filter({ hasText: second }).waitFor({ state: 'detached' });
    await window.showVideo('two-streams.mp4');
    await facts.getByText(/stream 1 of 2/).waitFor();
    expect(await page.getByText(/^There is no video/).count(), 'undo asks nothing of what it took away').toBe(0);

    await window.showVideo('interlaced.mp4');
    await facts.getByText(/fields woven/).waitFor();
    await read((dialog) => dialog.getByRole('radio', { name: /^Each field a frame/ }).click());
    await facts.getByText(/both fields as frames/).waitFor();
    await window.goToFrame(31);
    await window.press('Control+z');
    await window.videos.filter({ hasText: 'both fields' }).waitFor({ state: 'detached' });

    await window.showVideo('raw.h264');
    await facts.getByText('Times were counted, not stored: 25 fps.').waitFor();
    await read((dialog) => dialog.getByRole('textbox', { name: 'Frames a second' }).fill('50'));
    await facts.getByText('Times were counted, not stored: 50 fps.').waitFor();
    await window.press('Control+z');
    await facts.getByText('Times were counted, not stored: 25 fps.').waitFor();
    await window.savedAll();
    await window.jobsAreOver();
    journey().requestsMayFail = false;
  });

  test('what is stored are the boundaries of these frames', async () => {
    const { studio } = journey();
    journey().requestsMayFail = true;
    await studio.killHard();
    const out = studio.at('odd.json');
    const answer = await cuepoint(studio.env, 'export', studio.at('odd.cuepoint'), '--format', 'coco', '--out', out);
    expect(answer.code, answer.stderr).toBe(0);
    const coco = JSON.parse(await readFile(out, 'utf8')) as {
      readonly videos: readonly { readonly id: number; readonly file_name: string }[];
      readonly annotations: readonly { readonly video_id: number; readonly segment: readonly [number, number] }[];
    };
    for (const name of Object.keys(files)) {
      const { frameTable } = await probeVideo(files[name]!);
      const { id } = coco.videos.find((video) => video.file_name.endsWith(name))!;
      const segments = coco.annotations.filter(({ video_id }) => video_id === id).map(({ segment }) => segment);
      expect(segments, name).toContainEqual([secondsOf(frameTable.startUs(7)), secondsOf(frameTable.endUs(15))]);
    }
  });
});
