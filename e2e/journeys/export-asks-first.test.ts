// A file that is there already: export asks before it takes its place, keeps it on Cancel and Escape, replaces it on Replace.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { hasChromium } from '../chromium.ts';
import { setOut } from '../fixtures/journey.ts';
import { labelledYard } from '../fixtures/labelled-yard.ts';

const ofSomeoneElse = '{ "kept": "what another person wrote" }\n';

describe.runIf(hasChromium)('exporting where a file is already', () => {
  let exports = '';
  const file = () => `${exports}/Yard.json`;
  const journey = setOut(async (studio) => {
    const project = await labelledYard(studio);
    exports = studio.at('exports');
    mkdirSync(exports);
    writeFileSync(file(), ofSomeoneElse);
    return { project };
  });
  const window = () => journey().window;
  const dialog = () => window().dialog('Export annotations');
  const question = () => window().dialog('Replace the file?');

  const saveToTheFolder = async () => {
    await dialog().getByRole('button', { name: 'Save to a folder…' }).click();
    await window().choosePlaces('Choose a folder', exports, [], 'Choose this folder');
  };

  /** The folder holds the one file, as it was. */
  const isKept = () => {
    expect(readFileSync(file(), 'utf8')).toBe(ofSomeoneElse);
    expect(readdirSync(exports)).toEqual(['Yard.json']);
  };

  test('it asks, by the name of the file, and has written nothing yet', async () => {
    await window().press('Control+e');
    await dialog().getByText('2 segments of 2 classes in 1 video.').waitFor();
    expect(await dialog().getByLabel('File name').inputValue()).toBe('Yard.json');
    await saveToTheFolder();
    await question().getByText('Yard.json is there already. What it holds now will be lost.').waitFor();
    await journey().page.screenshot({ path: '.cache/journeys/export-asks-first.png' });
    isKept();
  });

  test('Cancel keeps the file, and the export as it was chosen', async () => {
    await question().getByRole('button', { name: 'Cancel' }).click();
    await question().waitFor({ state: 'detached' });
    expect(await dialog().getByLabel('File name').inputValue()).toBe('Yard.json');
    isKept();
  });

  test('so does Escape', async () => {
    await saveToTheFolder();
    await question().waitFor();
    await window().press('Escape');
    await question().waitFor({ state: 'detached' });
    await dialog().getByRole('button', { name: 'Save to a folder…' }).waitFor();
    isKept();
  });

  test('another name asks nothing, and leaves the file', async () => {
    await dialog().getByLabel('File name').fill('Yard 2.json');
    await saveToTheFolder();
    await window().seesNotice(/2 segments written to .*Yard 2\.json/);
    await dialog().waitFor({ state: 'detached' });
    expect(readFileSync(file(), 'utf8')).toBe(ofSomeoneElse);
    expect(annotationsIn(`${exports}/Yard 2.json`)).toBe(2);
  });

  test('Replace writes the export in its place', async () => {
    await window().press('Control+e');
    await dialog().getByText('2 segments of 2 classes in 1 video.').waitFor();
    await saveToTheFolder();
    await question().getByRole('button', { name: 'Replace' }).click();
    await window().seesNotice(/2 segments written to .*Yard\.json/);
    await dialog().waitFor({ state: 'detached' });
    expect(annotationsIn(file())).toBe(2);
    // Each with where it came from beside it, and nothing half written.
    const written = ['Yard 2.json', 'Yard.json'].flatMap((name) => [name, `${name}.provenance.json`]);
    expect(readdirSync(exports).sort()).toEqual(written);
  });
});

const annotationsIn = (path: string): number =>
  (JSON.parse(readFileSync(path, 'utf8')) as { readonly annotations: readonly unknown[] }).annotations.length;
