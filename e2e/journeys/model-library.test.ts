// A newcomer's first hour: the library of models, a download that is interrupted and goes on, and proposals in a video.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { modelLibrary } from '#main/models/model-library.ts';
import { hasChromium } from '../chromium.ts';
import { writeActedClip } from '../fixtures/acted-clip.ts';
import { setOut } from '../fixtures/journey.ts';
import { PlayedHub } from '../models/played-hub.ts';
import { makeTinyCheckpoint } from '../models/tiny-checkpoint.ts';

const recommended = modelLibrary[0]!;

describe.runIf(hasChromium)('the model library', () => {
  let hub: PlayedHub;
  const journey = setOut(async (studio) => {
    await writeActedClip(studio.at('videos', 'gym.mp4'), ['jump', 'clap'], 3, 1);
    const model = await makeTinyCheckpoint(studio.at('played'));
    const files = readdirSync(model).map((name) => [name, readFileSync(path.join(model, name))] as const);
    hub = await PlayedHub.start(recommended.repository, new Map(files));
    hub.interruptions.push({ after: 1000, by: 'falling silent' });
    studio.variables['HF_ENDPOINT'] = hub.url;
  });
  afterAll(async () => hub[Symbol.asyncDispose]());
  const window = () => journey().window;
  const library = () => window().dialog('Settings').getByRole('list', { name: 'Model library' });
  const row = () => library().getByRole('listitem', { name: recommended.title });

  test('is one click from the first screen, and recommends a model', async () => {
    await journey().page.getByRole('button', { name: 'Model library' }).click();
    await row().getByText('Recommended').waitFor();
    expect(await library().getByRole('listitem').count()).toBe(modelLibrary.length);
    await row().getByText(recommended.licence).waitFor();
  });

  test('a download is paused, survives a restart of the studio, and goes on where it stopped', async () => {
    await row()
      .getByRole('button', { name: /^Download / })
      .click();
    await row().getByRole('progressbar').waitFor();
    await expect.poll(() => hub.given.at(-1), { timeout: 30_000 }).toMatch(/ 0-\d{4,}$/u);
    await row()
      .getByRole('button', { name: /^Pause / })
      .click();
    await row()
      .getByText(/^Paused: .* are here$/)
      .waitFor();
    const interrupted = hub.given.at(-1)!.split(' ')[0]!;

    journey().requestsMayFail = true;
    await journey().studio.killHard();
    await journey().open();
    journey().requestsMayFail = false;
    await journey().page.getByRole('button', { name: 'Model library' }).click();
    await row()
      .getByRole('button', { name: /^Go on / })
      .click();
    await window().seesNotice(/ is ready\./, 90_000);
    await row().getByText('Here', { exact: true }).waitFor();
    const starts = hub.given
      .filter((part) => part.startsWith(`${interrupted} `))
      .map((part) => /(\d+)-/.exec(part)![1]);
    expect(starts).toHaveLength(2);
    expect(Number(starts[1])).toBeGreaterThan(0);
    await window()
      .dialog('Settings')
      .getByText(/\d frames a second here/)
      .first()
      .waitFor({ timeout: 60_000 });
    await window().press('Escape');
  });

  test('a new project begins with it, and proposes in a video', async () => {
    const { page, studio } = journey();
    await page.getByRole('button', { name: 'New project' }).click();
    const dialog = window().dialog('New project');
    await dialog.getByLabel('Name').fill('Gymnastics');
    await dialog.getByLabel('Classes').fill('jumping, clapping');
    await dialog.getByRole('button', { name: 'Choose where…' }).click();
    await window().choosePlaces('Choose a folder', studio.folder, [], 'Choose this folder');
    await page.getByRole('button', { name: 'Project Gymnastics' }).waitFor();
    await page.getByRole('button', { name: 'Add videos…' }).first().click();
    await window().choosePlaces('Add videos', studio.at('videos'), ['gym.mp4'], 'Add');
    await expect.poll(() => window().videos.count()).toBe(1);
    await window().jobsAreOver();
    await window().showEveryProposal();
    await window().command('Propose segments in all videos');
    await expect.poll(() => window().segments.count(), { timeout: 60_000 }).toBeGreaterThan(0);
    await window().jobsAreOver();
  });
});
