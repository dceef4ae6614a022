// A project whose only model is of single frames: X-CLIP's parts stand on its towers, score at once as the frames do, and
// are fine-tuned there.
import { writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { hasChromium } from '../chromium.ts';
import { writeActedClip } from '../fixtures/acted-clip.ts';
import { cuepoint } from '../fixtures/command-line.ts';
import { setOut } from '../fixtures/journey.ts';
import { makeTinyCheckpoint } from '../models/tiny-checkpoint.ts';

/** What a tuning may take on a machine that has much else to do. */
const tuningMs = 300_000;

describe.runIf(hasChromium)("X-CLIP's parts on the towers of another family", () => {
  const journey = setOut(async (studio) => {
    const clip = studio.at('gym.mp4');
    const project = studio.at('gym.cuepoint');
    await writeActedClip(clip, ['jump', 'clap'], 3, 1);
    const towers = await makeTinyCheckpoint(studio.at('tiny-clip'));
    const corrections = studio.at('corrections.csv');
    writeFileSync(corrections, 'video,label,start_s,end_s\ngym.mp4,jumping,1,2\ngym.mp4,clapping,3,4\n');
    for (const command of [
      ['new', project, '--classes', 'jumping,clapping'],
      ['add', project, clip],
      ['import', project, corrections, '--format', 'csv'],
      ['propose', project, '--model', towers],
      ['models', 'add', towers],
    ]) {
      const { code, stderr } = await cuepoint(studio.env, ...command);
      expect(code, stderr).toBe(0);
    }
    return { project };
  });
  const window = () => journey().window;

  test('are offered where there is no X-CLIP, and say that they are to be fine-tuned first', async () => {
    await window().showEveryProposal();
    await window().showVideo('gym.mp4');
    await expect.poll(() => window().segments.count()).toBeGreaterThan(2);
    await window().inSettings('Proposals', async (settings) => {
      const choice = settings.getByRole('radio', { name: /^X-CLIP/ });
      await choice.click();
      await expect.poll(() => choice.isChecked()).toBe(true);
      const model = settings.getByRole('combobox', { name: 'X-CLIP model' });
      await model.filter({ hasText: /tiny-clip · X-CLIP’s parts on this CLIP, to be fine-tuned first/ }).waitFor();
    });
    await window().jobsAreOver();
    expect(await window().segments.count()).toBeGreaterThan(2);
  });

  test('are fine-tuned in the Teach panel, and the version can be used', async () => {
    await window().press('Alt+6');
    const teach = window().panel('Teach');
    await teach.getByRole('button', { name: 'Fine-tune X-CLIP' }).click();
    await window().hears(/^Version 1 of X-CLIP is (not )?in use/, tuningMs);
    const versions = teach.getByRole('list', { name: 'Versions of X-CLIP, newest first' });
    await versions.getByRole('listitem', { name: 'Version 1 of X-CLIP' }).waitFor();
    await window().jobsAreOver();
    expect(await window().segments.count()).toBeGreaterThan(2);
  });
});
