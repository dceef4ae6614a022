// Labels of another tool in the browser: looked at, decided about, taken in one step, taken back; and the parts of a data set.
import { writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { hasChromium } from '../chromium.ts';
import { writeActedClip } from '../fixtures/acted-clip.ts';
import { setOut } from '../fixtures/journey.ts';

const table = `video,label,start_s,end_s,split
gym-1.mp4,Jumping,0.2,1,train
v_gym-2,clap,0.2,1,test
gym-1.mp4,clap,2,1,train
other.mp4,clap,0,1,train
gym-1.mp4,noise,1,2,train
`;

/** As a spreadsheet of a country with decimal commas saves it; the last row is no span. */
const ofSpreadsheet = `Aufnahme;Aktivität;von;Länge
gym-1.mp4;Jumping;0,2;0,8
gym-2.mp4;clap;1,52;0,48
gym-2.mp4;clap;später;0,5
`;

describe.runIf(hasChromium)('importing annotations', () => {
  const journey = setOut(async (studio) => {
    await writeActedClip(studio.at('videos', 'gym-1.mp4'), ['jump', 'clap'], 3, 1);
    await writeActedClip(studio.at('videos', 'gym-2.mp4'), ['clap', 'wave-both-arm'], 3, 2);
    writeFileSync(studio.at('labels.csv'), table);
    writeFileSync(studio.at('Tabelle.csv'), ofSpreadsheet);
  });
  const window = () => journey().window;
  const dialog = () => window().dialog('Import annotations');

  test('a project with two videos and a class', async () => {
    const { page, studio } = journey();
    await page.getByRole('button', { name: 'New project' }).click();
    const made = window().dialog('New project');
    await made.getByLabel('Name').fill('Gymnastics');
    await made.getByRole('button', { name: 'Choose where…' }).click();
    await window().choosePlaces('Choose a folder', studio.folder, [], 'Choose this folder');
    await page.getByRole('button', { name: 'Project Gymnastics' }).waitFor();
    await page.getByRole('button', { name: 'Add videos…' }).first().click();
    await window().choosePlaces('Add videos', studio.at('videos'), ['gym-1.mp4', 'gym-2.mp4'], 'Add');
    await expect.poll(() => window().videos.count()).toBe(2);
    await window().jobsAreOver();
  });

  test('what a file would bring is shown before anything changes', async () => {
    const { page, studio } = journey();
    await page.keyboard.press('Alt+i');
    await dialog().getByRole('button', { name: 'Choose a file…' }).click();
    await window().choosePlaces('Choose annotations', studio.folder, ['labels.csv'], 'Choose');
    // The file tells its format.
    await dialog().getByRole('combobox', { name: 'Format' }).getByText('CSV table').waitFor();
    await dialog().getByText('3 segments and 3 classes would be added.').waitFor();
    await dialog().getByText('2 videos found, 1 not.').waitFor();
    await dialog()
      .getByRole('button', { name: /Rows left out/ })
      .click();
    await dialog().getByText('line 4, row 3: a segment must end after it starts').waitFor();
    expect(await window().acceptedSegments.count()).toBe(0);
    await page.screenshot({ path: '.cache/journeys/import-dialog.png' });
  });

  test('a class is left out, the rest goes in as one step, with the splits', async () => {
    const { page } = journey();
    await dialog().getByLabel('noise becomes').selectOption('left out');
    await dialog().getByText('2 segments and 2 classes would be added.').waitFor();
    await dialog().getByRole('button', { name: 'Import 2 segments' }).click();
    await dialog().waitFor({ state: 'detached' });
    await expect.poll(() => page.getByRole('option', { name: /gym-1.*1 accepted.*Train/ }).count()).toBe(1);
    await expect.poll(() => page.getByRole('option', { name: /gym-2.*1 accepted.*Test/ }).count()).toBe(1);
    await page.screenshot({ path: '.cache/journeys/import-done.png' });
    await window().command('Undo');
    await expect.poll(() => page.getByRole('option', { name: /gym-\d.*0 accepted/ }).count()).toBe(2);
    expect(await page.getByRole('option', { name: /gym-\d.*(Train|Test)/ }).count()).toBe(0);
  });

  test('of a table with semicolons and decimal commas the columns are told, and its good rows go in', async () => {
    const { page, studio } = journey();
    await page.keyboard.press('Alt+i');
    await dialog().getByRole('button', { name: 'Choose a file…' }).click();
    await window().choosePlaces('Choose annotations', studio.folder, ['Tabelle.csv'], 'Choose');
    await dialog().getByRole('button', { name: 'Read it as a table' }).click();
    await dialog()
      .getByText(/^Choose a column of/)
      .waitFor();
    for (const [role, column] of [
      ['Video', 'Aufnahme'],
      ['Class', 'Aktivität'],
      ['Start', 'von'],
      ['Duration', 'Länge'],
    ] as const)
      await dialog().getByLabel(role, { exact: true }).selectOption(column);
    await dialog().getByLabel('Decimal sign').selectOption('comma');
    const first = dialog().getByRole('region', { name: 'First rows' });
    await first.getByText('Jumping: 0.2 s to 1 s, frames 5 to 25').waitFor();
    await first.getByText('clap: 1.52 s to 2 s, frames 38 to 50').waitFor();
    await dialog()
      .getByText(/^2 segments and \d+ class(es)? would be added\.$/)
      .waitFor();
    await dialog()
      .getByRole('button', { name: /Rows left out \(1\)/ })
      .press('Enter');
    await dialog().getByRole('list', { name: 'Rows left out' }).getByText(/row 3/).waitFor();
    await dialog().getByRole('button', { name: 'Import 2 segments' }).press('Enter');
    await dialog().waitFor({ state: 'detached' });
    await expect.poll(() => page.getByRole('option', { name: /gym-\d.*1 accepted/ }).count()).toBe(2);
    await window().command('Undo');
    await expect.poll(() => page.getByRole('option', { name: /gym-\d.*0 accepted/ }).count()).toBe(2);
  });

  test('a video is put into a split by its menu', async () => {
    const { page } = journey();
    await page.getByRole('option', { name: /gym-1/ }).click({ button: 'right' });
    await page.getByRole('menuitemradio', { name: 'Validation' }).click();
    await page.getByRole('option', { name: /gym-1.*Validation/ }).waitFor();
  });
});
