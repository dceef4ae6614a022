// What two others labelled, laid beside each other, compared, and settled key by key; a label of a whole video by one key;
// and the parts of the data set dealt in their dialog.
import { writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { hasChromium } from '../chromium.ts';
import { writeActedClip } from '../fixtures/acted-clip.ts';
import { cuepoint } from '../fixtures/command-line.ts';
import { setOut } from '../fixtures/journey.ts';

const header = 'video,label,start_s,end_s\n';
/** They agree on the jump; the wave begins elsewhere for Ben, and the clap only Ana saw. */
const labels = {
  Ana: `${header}yard.mp4,jump,0.2,1.2\nyard.mp4,wave,2,3\nyard.mp4,clap,4,4.6\n`,
  Ben: `${header}yard.mp4,jump,0.2,1.2\nyard.mp4,wave,2.4,3\n`,
};

describe.runIf(hasChromium)('several annotators', () => {
  const journey = setOut(async (studio) => {
    await writeActedClip(studio.at('yard.mp4'), ['jump', 'clap'], 3, 1);
    await writeActedClip(studio.at('street.mp4'), ['clap'], 2, 2);
    const run = async (...words: readonly string[]) =>
      expect(await cuepoint(studio.env, ...words)).toMatchObject({ code: 0 });
    const project = studio.at('Yard.cuepoint');
    for (const [name, table] of Object.entries(labels)) {
      const theirs = studio.at(`${name}.cuepoint`);
      writeFileSync(studio.at(`${name}.csv`), table);
      await run('new', theirs, '--classes', 'jump,wave,clap');
      await run('add', theirs, studio.at('yard.mp4'));
      await run('import', theirs, '--format', 'csv', studio.at(`${name}.csv`));
    }
    await run('new', project, '--classes', 'jump,wave,clap');
    await run('add', project, studio.at('yard.mp4'), studio.at('street.mp4'));
    return { project };
  });
  const window = () => journey().window;
  const dialog = () => window().dialog('Annotators and agreement');
  const addLayer = async (name: string) => {
    await dialog().getByRole('button', { name: 'Add as a layer…' }).click();
    await window().choosePlaces('Open a project', journey().studio.folder, [`${name}.cuepoint`], 'Open');
    await dialog()
      .getByRole('button', { name: `Remove ${name}` })
      .waitFor();
  };
  const decided = (name: string) => window().acceptedSegments.filter({ hasText: name });

  test('projects of two others come in as layers, and how far they agree is told', async () => {
    await window().showVideo('yard.mp4');
    await window().press('Alt+l');
    await dialog().getByText('There are no layers yet.').waitFor();
    expect(await dialog().getByRole('button', { name: 'Settle' }).isDisabled()).toBe(true);
    await addLayer('Ana');
    await addLayer('Ben');
    await dialog().getByText('1 video of both; 3 segments by Ana, 2 by Ben.').waitFor();
    // Two of the five segments are paired at 0.5, so twice two over five; at 0.7 one pair is left.
    await dialog().getByText('0.800', { exact: true }).waitFor();
    await dialog().getByText('0.400', { exact: true }).waitFor();
    await dialog().getByRole('region', { name: 'Confusion between classes' }).waitFor();
  });

  test('they lie beside each other on the timeline, and change nothing of one’s own', async () => {
    await window().press('Escape');
    await dialog().waitFor({ state: 'detached' });
    const rows = journey().page.getByRole('button', { name: /segments? shown/ });
    await rows.filter({ hasText: /^jump, .*, 1 by Ana, 1 by Ben/ }).waitFor();
    await rows.filter({ hasText: /^clap, .*, 1 by Ana(?!, 1 by Ben)/ }).waitFor();
    expect(await window().acceptedSegments.count()).toBe(0);
  });

  test('what they agree on is accepted, the rest is decided key by key', async () => {
    await window().press('Alt+l');
    await dialog().getByRole('button', { name: 'Settle' }).press('Enter');
    await window().seesNotice(/1 segment accepted, on which all agree; 2 wait in the review queue/);
    await dialog().waitFor({ state: 'detached' });
    await expect.poll(() => decided('jump').count()).toBe(1);
    const inFocus = (name: string) =>
      window()
        .panel('Review')
        .getByRole('article', { name: `In focus: ${name}` });
    await window().press('n');
    for (const { name, says, key } of [
      { name: 'wave', says: /Ana: 2 s to 3 s; Ben: 2\.4 s to 3 s/, key: 'a' },
      { name: 'clap', says: /Ana: 4 s to 4\.6 s; Ben: nothing/, key: 'x' },
    ]) {
      await inFocus(name).getByText(says).waitFor();
      await window().press(key);
      await inFocus(name).waitFor({ state: 'detached' });
    }
    await expect.poll(() => decided('wave').count()).toBe(1);
    expect(await decided('clap').count()).toBe(0);
  });

  test('V labels the whole video, and takes the label away', async () => {
    await window().showVideo('street.mp4');
    await window().frameNumber();
    await window().press('v');
    await expect.poll(() => decided('jump').count()).toBe(1);
    expect(await decided('jump').textContent()).toMatch(/, 0 s to /);
    await window().press('v');
    await expect.poll(() => decided('jump').count()).toBe(0);
    await window().press('v');
    await expect.poll(() => decided('jump').count()).toBe(1);
  });

  test('videos are dealt to their parts by keys, and undo takes it back', async () => {
    const { page } = journey();
    await window().command('Train, validation and test');
    const splits = window().dialog('Train, validation and test');
    await splits.getByLabel('Train share').fill('50');
    await splits.getByLabel('Validation share').fill('0');
    await splits.getByLabel('Test share').fill('50');
    await splits.getByRole('row', { name: 'Videos 1 0 1', exact: true }).waitFor();
    await splits.getByLabel('Seed').press('Enter');
    await window().seesNotice(/Videos are dealt: 1 train, 1 test\./);
    await splits.waitFor({ state: 'detached' });
    await expect.poll(() => page.getByRole('option', { name: /\.mp4.*(Train|Test)/ }).count()).toBe(2);
    await window().command('Undo');
    await expect.poll(() => page.getByRole('option', { name: /\.mp4.*(Train|Test)/ }).count()).toBe(0);
  });
});
