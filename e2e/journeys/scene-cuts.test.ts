// Shots that are cut against each other between two samples of the model: the studio goes to the very frame of the cut.
import { describe, expect, test } from 'vitest';
import { hasChromium } from '../chromium.ts';
import { writeNumberedClip } from '../clips/numbered-clip.ts';
import { cuepoint } from '../fixtures/command-line.ts';
import { setOut } from '../fixtures/journey.ts';
import { makeTinyCheckpoint } from '../models/tiny-checkpoint.ts';

/** First frame of the second shot; at 25 frames and four samples a second it is no sample. */
const cut = 111;
const frameUs = 40_000;

describe.runIf(hasChromium)('scene cuts', () => {
  const journey = setOut(async (studio) => {
    await writeNumberedClip(studio.at('shots.mp4'), {
      startsUs: Array.from({ length: 175 }, (_, frame) => frame * frameUs),
      numbers: Array.from({ length: 175 }, (_, frame) => (frame < cut ? 1365 : 2730)),
    });
    await makeTinyCheckpoint(studio.at('tiny-clip'));
    const project = studio.at('Shots.cuepoint');
    for (const words of [
      ['new', project, '--classes', 'walks'],
      ['add', project, studio.at('shots.mp4')],
      ['models', 'add', studio.at('tiny-clip')],
      ['propose', project, '--model', 'tiny-clip'],
    ])
      expect(await cuepoint(studio.env, ...words)).toMatchObject({ code: 0 });
    return { project };
  });
  const window = () => journey().window;

  test('a key goes to the first frame of the next shot, and back', async () => {
    await window().frameNumber();
    await window().panel('Timeline').focus();
    await window().press('Home');
    // Before what the model saw has come, the key says so.
    await expect
      .poll(async () => {
        if ((await window().frameNumber()) === 0) await window().press('Shift+PageDown');
        return window().frameNumber();
      })
      .toBe(cut);
    await window().press('End');
    await expect.poll(() => window().frameNumber()).toBeGreaterThan(cut);
    await window().press('Shift+PageUp');
    await expect.poll(() => window().frameNumber()).toBe(cut);
  });
});
