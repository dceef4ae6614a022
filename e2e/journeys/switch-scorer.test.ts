// A scorer beside frame features: chosen in the settings it changes the scores on screen, and going back brings them back.
import { writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { hasChromium } from '../chromium.ts';
import { writeActedClip } from '../fixtures/acted-clip.ts';
import { cuepoint } from '../fixtures/command-line.ts';
import { setOut } from '../fixtures/journey.ts';
import { makeRandomXClip, tinyXClip } from '../models/random-xclip.ts';
import { makeTinyCheckpoint } from '../models/tiny-checkpoint.ts';

/** What a tuning may take on a machine that has much else to do. */
const tuningMs = 300_000;

/** Its opinion changes scores, and takes no proposal away. */
const unsureXClip = { ...tinyXClip, logit_scale_init_value: 0 };

describe.runIf(hasChromium)('switching the scorer', () => {
  const journey = setOut(async (studio) => {
    const clip = studio.at('gym.mp4');
    const project = studio.at('gym.cuepoint');
    await writeActedClip(clip, ['jump', 'clap'], 3, 1);
    const clipModel = await makeTinyCheckpoint(studio.at('tiny-clip'));
    const correction = studio.at('correction.csv');
    writeFileSync(correction, 'video,label,start_s,end_s\ngym.mp4,jumping,1,2\n');
    const xclip = makeRandomXClip(studio.at('tiny-xclip'), unsureXClip);
    for (const command of [
      ['new', project, '--classes', 'jumping,clapping'],
      ['add', project, clip],
      ['models', 'add', xclip],
      ['import', project, correction, '--format', 'csv'],
      ['propose', project, '--model', clipModel],
    ]) {
      const { code, stderr } = await cuepoint(studio.env, ...command);
      expect(code, stderr).toBe(0);
    }
    return { project };
  });
  const window = () => journey().window;
  const scores = () => window().segments.allTextContents();

  async function scoredBy(name: RegExp): Promise<void> {
    await window().inSettings('Proposals', async (settings) => {
      const choice = settings.getByRole('radio', { name });
      await choice.click();
      await expect.poll(() => choice.isChecked()).toBe(true);
    });
  }

  test('changes the scores, and choosing back brings the old ones back', async () => {
    await window().showEveryProposal();
    await window().showVideo('gym.mp4');
    await expect.poll(() => window().segments.count()).toBeGreaterThan(2);
    const before = await scores();

    await scoredBy(/^Both together/);
    await expect.poll(scores).not.toEqual(before);
    await window().jobsAreOver();
    const fused = await scores();
    expect(fused.length).toBeGreaterThan(2);

    await scoredBy(/^CLIP/);
    await expect.poll(scores).toEqual(before);
    await window().jobsAreOver();
  });

  test('is fine-tuned in the Teach panel, and its versions are named, compared, left and removed like any others', async () => {
    const { page } = journey();
    await scoredBy(/^X-CLIP/);
    await window().jobsAreOver();
    await window().press('Alt+6');
    const teach = window().panel('Teach');
    const versions = teach.getByRole('list', { name: 'Versions of X-CLIP, newest first' });
    const inUse = (name: string) => versions.locator('[aria-current=true]').filter({ hasText: name });
    for (const number of [1, 2]) {
      await teach.getByRole('button', { name: 'Fine-tune X-CLIP' }).click();
      // From one correction nothing can be held back, so that no version takes over by itself.
      await window().hears(
        new RegExp(
          `^Version ${number} of X-CLIP is not in use: what was before stays\\. There are too few corrections`,
        ),
        tuningMs,
      );
      await versions.getByRole('listitem', { name: `Version ${number} of X-CLIP` }).waitFor();
      await inUse('X-CLIP untaught').waitFor();
    }
    await window().jobsAreOver();
    const more = async (name: string, action: string) => {
      await versions.getByRole('button', { name: `More about ${name}` }).click();
      await page.getByRole('menuitem', { name: action }).click();
    };

    await more('Version 1 of X-CLIP', 'Rename');
    await versions.getByRole('textbox', { name: 'Name of Version 1 of X-CLIP' }).fill('Careful one');
    await window().press('Enter');
    await versions.getByRole('listitem', { name: 'Careful one of X-CLIP' }).waitFor();

    await more('Careful one of X-CLIP', 'Compare…');
    const compare = window().dialog('Compare versions');
    await compare.getByRole('row', { name: /^Learned from/ }).waitFor();
    await window().press('Escape');
    await compare.waitFor({ state: 'detached' });

    await versions.getByRole('button', { name: 'Use Careful one' }).click();
    await window()
      .dialog(/^Use Careful one of X-CLIP all the same/)
      .getByRole('button', { name: 'Use Careful one of X-CLIP' })
      .click();
    await inUse('Careful one').waitFor();
    await versions.getByRole('button', { name: 'Use X-CLIP untaught' }).click();
    await inUse('X-CLIP untaught').waitFor();
    await window().jobsAreOver();
    await more('Careful one of X-CLIP', 'Remove…');
    await window()
      .dialog(/^Remove Careful one/)
      .getByRole('button', { name: 'Remove' })
      .click();
    await versions.getByRole('listitem', { name: 'Careful one of X-CLIP' }).waitFor({ state: 'detached' });
    await window().jobsAreOver();
  });
});
