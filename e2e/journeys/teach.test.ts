// Teaching in the browser: what there is to learn from, one button, a decision with its reason, and the way back.
import { writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { actionsNamed, writeScript } from '#main/lab/world/untrimmed-video.ts';
import { hasChromium } from '../chromium.ts';
import { writeActedClip } from '../fixtures/acted-clip.ts';
import { cuepoint } from '../fixtures/command-line.ts';
import { setOut } from '../fixtures/journey.ts';
import { makeTinyCheckpoint } from '../models/tiny-checkpoint.ts';

const actions = ['jump', 'clap'];
const names = actionsNamed(actions).map(({ phrases }) => phrases[0]);
const seeds = [1, 2];
const occurrences = 3;

/** What happens in the clips, as an annotator would have marked it. */
const truth = {
  version: '1',
  taxonomy: [],
  database: Object.fromEntries(
    seeds.map((seed) => {
      const script = writeScript(seed, {
        actions: actionsNamed(actions),
        occurrences,
        difficulty: 0.2,
        backgroundS: [1.5, 3],
      });
      const annotations = script.occurrences.map(({ action, startS, endS }) => ({
        segment: [startS, endS],
        label: action.phrases[0],
      }));
      return [`gym-${seed}`, { subset: 'training', duration: script.durationS, annotations }];
    }),
  ),
};

describe.runIf(hasChromium)('teaching', () => {
  const journey = setOut(async (studio) => {
    const project = studio.at('Gym.cuepoint');
    const clips = seeds.map((seed) => studio.at('videos', `gym-${seed}.mp4`));
    for (const [index, clip] of clips.entries()) await writeActedClip(clip, actions, occurrences, seeds[index]);
    await makeTinyCheckpoint(studio.at('tiny-clip'));
    writeFileSync(studio.at('truth.json'), JSON.stringify(truth));
    const run = async (...args: readonly string[]): Promise<void> => {
      const { code, stderr } = await cuepoint(studio.env, ...args);
      if (code !== 0) throw new Error(stderr);
    };
    await run('new', project, '--classes', names.join(','));
    await run('add', project, ...clips);
    await run('import', project, '--format', 'activitynet', studio.at('truth.json'));
    await run('propose', project, '--model', studio.at('tiny-clip'));
    return { project };
  });
  const window = () => journey().window;
  const teach = () => window().panel('Teach');
  const versions = () => teach().getByRole('list', { name: 'Versions, newest first' });
  const accepted = () => window().acceptedSegments.count();

  test('the panel shows what there is to learn from, and each shot leads to its segment', async () => {
    await window().press('Alt+6');
    await teach()
      .getByText(`${seeds.length * occurrences} corrections`, { exact: true })
      .waitFor();
    await teach().getByRole('heading', { name: 'In use: zero-shot' }).waitFor();
    const shots = teach().getByRole('toolbar', { name: `Shots: ${names[0]}` });
    await shots.getByRole('button').first().click();
    await expect.poll(() => window().selectedSegment.textContent()).toContain(names[0]);
    expect(await window().selectedSegment.textContent()).toContain('accepted');
    await window().press('Escape', 'Escape', 'k');
  });

  test('one key teaches; the decision comes with its reason and the numbers behind it', async () => {
    const before = await accepted();
    await window().press('Alt+t');
    await teach().getByRole('progressbar', { name: 'Learning from the corrections' }).waitFor();
    await teach()
      .getByRole('figure', { name: /^Loss of the names .* at step/ })
      .waitFor();
    // What is learned is the backend's: a page opened anew in the middle, or just after, knows all of it.
    await journey().page.reload();
    await teach().getByRole('heading', { name: 'Latest: Version 1' }).waitFor({ timeout: 300_000 });
    // Of two held-back videos, nothing that a model of random weights learns is better beyond noise.
    const result = teach().getByRole('region', { name: 'Latest: Version 1' });
    await result.getByText('Not in use: what was before stays.').first().waitFor();
    await teach().getByRole('heading', { name: 'In use: zero-shot' }).waitFor();
    await result.getByText(/^Learned words: finds/).waitFor();
    await result.getByRole('rowheader', { name: /^Words/ }).waitFor();
    await result.getByText(/Points of mAP on 2 held-back videos/).waitFor();
    await result.getByRole('figure', { name: /^Loss of the names/ }).waitFor();
    await window().jobsAreOver();
    expect(await accepted()).toBe(before);
  });

  test('a version can be named, used whatever the check said, and left again', async () => {
    const { page } = journey();
    await versions().getByRole('button', { name: 'More about Version 1' }).click();
    await page.getByRole('menuitem', { name: 'Rename' }).click();
    await versions().getByRole('textbox', { name: 'Name of Version 1' }).fill('First lesson');
    await window().press('Enter');
    const lesson = versions().getByRole('listitem', { name: 'First lesson' });
    await lesson.waitFor();
    await lesson.getByRole('button', { name: 'Use First lesson' }).click();
    await window()
      .dialog(/^Use First lesson all the same/)
      .getByRole('button', { name: 'Use First lesson' })
      .click();
    await teach().getByRole('heading', { name: 'In use: First lesson' }).waitFor();
    await versions().getByRole('button', { name: 'Go back to zero-shot' }).click();
    await teach().getByRole('heading', { name: 'In use: zero-shot' }).waitFor();
    await window().seesNotice(/Zero-shot is in use/);
    await window().jobsAreOver();
  });

  test('the model says on request what a stretch shows, and by which version', async () => {
    await window().press('Escape', 'Escape');
    const inspector = window().panel('Inspector');
    await inspector.getByRole('button', { name: 'What does the whole clip show?' }).click();
    const answer = inspector.getByRole('list', { name: 'What the whole clip shows' });
    await expect.poll(() => answer.getByRole('listitem').count()).toBe(names.length);
    await inspector.getByText('By tiny-clip, zero-shot.').waitFor();
  });
});
