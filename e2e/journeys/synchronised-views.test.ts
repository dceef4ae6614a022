// Views of one scene: put beside each other, aligned by frames and by sound, and then they play, step and seek as one. The
// numbers painted in both pictures tell by how much they ever differ.
import { rmSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { openAudioTrack } from '#main/media/audio-track.ts';
import { hasChromium } from '../chromium.ts';
import { writeNumberedClip } from '../clips/numbered-clip.ts';
import { writeToneBursts } from '../clips/tone-bursts.ts';
import { cuepoint } from '../fixtures/command-line.ts';
import { setOut } from '../fixtures/journey.ts';
import type { ServedStudio } from '../fixtures/served-studio.ts';

const fps = 25;
/** The second camera was switched on so many frames after the first. */
const laterFrames = 37;
/** When somebody claps, seconds into the scene: apart as no clock would do it. */
const claps = [1.1, 1.9, 2.2, 3.7, 4.1, 5.3, 5.7, 6.9, 8.2, 8.5, 9.9, 10.4, 11.9, 12.3, 13.8, 15.1, 15.6, 17.2, 18.1];

/** Frames `firstFrame` on of the scene, each with its number of the scene in it, and what is heard meanwhile. */
async function writeFilm(
  studio: ServedStudio,
  name: string,
  firstFrame: number,
  frameCount: number,
  hasSound: boolean,
) {
  const sound = studio.at(`${name}.wav`);
  const bursts = claps.map((at) => [at - firstFrame / fps, at - firstFrame / fps + 0.12] as const);
  writeToneBursts(sound, frameCount / fps, hasSound ? bursts : []);
  const clip = {
    startsUs: Array.from({ length: frameCount }, (_, frame) => (frame * 1e6) / fps),
    numbers: Array.from({ length: frameCount }, (_, frame) => frame + firstFrame),
    gop: 25,
  };
  if (hasSound) {
    await using audio = await openAudioTrack(sound, { fromUs: 0, untilUs: (frameCount / fps) * 1e6 });
    await writeNumberedClip(studio.at(name), { ...clip, audio });
  } else await writeNumberedClip(studio.at(name), clip);
  rmSync(sound);
}

describe.runIf(hasChromium)('views of one scene', () => {
  const journey = setOut(async (studio) => {
    const project = studio.at('scene.cuepoint');
    await writeFilm(studio, 'front.mp4', 0, 500, true);
    await writeFilm(studio, 'side.mp4', laterFrames, 440, true);
    await writeFilm(studio, 'silent.mp4', 0, 300, false);
    expect(await cuepoint(studio.env, 'new', project, '--classes', 'bowing')).toMatchObject({ code: 0 });
    for (const name of ['front.mp4', 'side.mp4', 'silent.mp4'])
      expect(await cuepoint(studio.env, 'add', project, studio.at(name))).toMatchObject({ code: 0 });
    return { project };
  });
  const window = () => journey().window;
  const page = () => journey().page;
  const player = () => window().panel('Player');
  const dialog = () => window().dialog('Views of this scene');
  const closeDialog = async () => {
    await window().press('Escape');
    // Until it has faded the keys are still its own.
    await page().locator('.MuiPopover-root').waitFor({ state: 'detached' });
  };
  const view = (name: string) => player().getByRole('group', { name: new RegExp(`^View ${name}`) });

  /** The numbers painted in the main picture and in another, read in one moment; null where a picture cannot be read. */
  const numbers = (other: string, main = 'front.mp4'): Promise<readonly (number | null)[]> =>
    page().evaluate(
      (names) => {
        const cells = 4;
        const size = 64;
        const canvas = new OffscreenCanvas(size, size);
        const painter = canvas.getContext('2d', { willReadFrequently: true })!;
        const films = [...document.querySelectorAll('video')];
        return names.map((name) => {
          const film = films.find((each) => each.ariaLabel === name);
          if (!film) return null;
          painter.drawImage(film, 0, 0, size, size);
          const { data } = painter.getImageData(0, 0, size, size);
          let code = 0;
          for (let cell = 0; cell < cells * cells; cell += 1) {
            const [x, y] = [((cell % cells) + 0.5) * (size / cells), (Math.floor(cell / cells) + 0.5) * (size / cells)];
            const level = data[(Math.floor(y) * size + Math.floor(x)) * 4 + 1]!;
            if (level > 70 && level < 180) return null;
            code = (code << 1) | (level > 125 ? 1 : 0);
          }
          const number = code >> 4;
          return (code & 15) === (~(number ^ (number >> 4) ^ (number >> 8)) & 15) >>> 0 ? number : null;
        });
      },
      [main, other],
    );
  /** Waits until both pictures show the same moment of the scene. */
  const agree = async (other: string, number: number, main?: string) => {
    await expect.poll(() => numbers(other, main)).toEqual([number, number]);
  };

  test('another video is put beside the selected one, and moved by frames until both show the same', async () => {
    await window().showVideo('front.mp4');
    await window().goToFrame(100);
    await window().press('Alt+v');
    await dialog().getByRole('combobox', { name: 'Put another video beside this one' }).waitFor();
    await window().type('side');
    await window().press('Enter');
    await dialog().getByRole('group', { name: 'side.mp4' }).waitFor();
    await closeDialog();
    await expect.poll(() => numbers('side.mp4')).toEqual([100, 100 + laterFrames]);
    await window().press(';');
    await expect.poll(() => numbers('side.mp4')).toEqual([100, 99 + laterFrames]);
    for (let frame = 1; frame < laterFrames; frame += 1) await window().press(';');
    await agree('side.mp4', 100);
    await view('side.mp4, 1.480 s earlier').waitFor();
    await window().press(':');
    await expect.poll(() => numbers('side.mp4')).toEqual([100, 101]);
  });

  test('its sound tells where it belongs, and how surely', async () => {
    await window().press('Alt+y');
    await window().seesNotice(/Surely aligned by sound, 1\.4\d\d s earlier: the best place is \d+\.\d times as good/);
    await agree('side.mp4', 100);
  });

  test('steps, seeks and jumps of the one are those of the other', async () => {
    await window().press('ArrowRight');
    await agree('side.mp4', 101);
    await window().press('ArrowLeft', 'ArrowLeft');
    await agree('side.mp4', 99);
    await window().goToFrame(321);
    await agree('side.mp4', 321);
    await window().press('Shift+ArrowLeft');
    await agree('side.mp4', 296);
    await window().press('Home');
    await view('side.mp4').getByText('No picture of this view at this time').waitFor();
    await window().goToFrame(laterFrames + 3);
    await view('side.mp4').getByText('No picture of this view at this time').waitFor({ state: 'detached' });
    await agree('side.mp4', laterFrames + 3);
  });

  test('they play together, within a frame of each other, and stop on the same frame', async () => {
    await window().goToFrame(60);
    await agree('side.mp4', 60);
    await window().press('Space');
    await expect.poll(() => window().shownNumber()).toBeGreaterThan(110);
    const differences: number[] = [];
    await expect
      .poll(
        async () => {
          const [main, side] = await numbers('side.mp4');
          if (main != null && side != null) differences.push(Math.abs(main - side));
          return main ?? 0;
        },
        { interval: 40, timeout: 60_000 },
      )
      .toBeGreaterThan(300);
    await window().press('k');
    await agree('side.mp4', await window().frameNumber());
    differences.sort((a, b) => a - b);
    expect(differences.length).toBeGreaterThan(10);
    // A busy machine may paint one of the two a moment late; what they drift stays within a frame.
    expect(differences[Math.floor(differences.length / 2)]).toBeLessThanOrEqual(1);
  });

  test('backwards and faster they stay together as well', async () => {
    await window().goToFrame(300);
    await window().press('j');
    await expect.poll(() => window().shownNumber()).toBeLessThan(260);
    await window().press('k');
    await agree('side.mp4', await window().frameNumber());
    await window().press('l', 'l');
    await expect.poll(() => window().shownNumber()).toBeGreaterThan(330);
    await window().press('k');
    await agree('side.mp4', await window().frameNumber());
  });

  test('a video without sound says so, and no more are offered than there is room for', async () => {
    await window().press('Alt+v');
    await dialog().getByRole('combobox').fill('silent');
    await window().press('Enter');
    const row = dialog().getByRole('group', { name: 'silent.mp4' });
    await row.getByRole('button', { name: 'By sound' }).click();
    await window().seesNotice(/silent\.mp4 has no sound to go by/);
    await row.getByRole('textbox', { name: 'Later by, seconds' }).fill('0.4');
    await window().press('Enter');
    expect(await dialog().getByRole('combobox').count()).toBe(0);
    await closeDialog();
    await view('silent.mp4, 0.400 s later').waitFor();
    await window().press('Alt+v');
    await row.getByRole('button', { name: 'Take this view away' }).click();
    await row.waitFor({ state: 'detached' });
    await closeDialog();
  });

  test('the scene is kept with the project, and seen from its other video the other way round', async () => {
    await window().savedAll();
    await page().reload();
    await window().videos.filter({ hasText: 'side.mp4' }).first().click();
    await view('front.mp4, 1.4').waitFor();
    await player().focus();
    await window().goToFrame(50);
    await agree('front.mp4', 50 + laterFrames, 'side.mp4');
    await window().command('Take the chosen view away');
    await view('front.mp4').waitFor({ state: 'detached' });
    await page().getByRole('button', { name: 'Put it back' }).click();
    await view('front.mp4').waitFor();
  });
});
