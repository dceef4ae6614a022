// A page writes what a person meant and where they meant it, and sees of a folder what a dialog needs: one test a way out.
import { existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createBackend } from '../backend.ts';
import { PlayedEngine } from '../testing/played-engine.ts';
import { openProjectStudio, type TestStudio } from '../testing/open-studio.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';

/** The token of a folder as a page gets it: looked up, not chosen in a dialog of the system. */
const lookedUp = async ({ client }: TestStudio, path: string) => (await client.places.resolve({ path })).token;

async function exported(studio: TestStudio, folder: string, { fileName = 'out.json', replace = false } = {}) {
  const request = { format: 'coco', options: {}, place: await lookedUp(studio, folder), fileName, replace };
  return (await studio.client.transfer.export(request)).path!;
}

describe('an export of a page', () => {
  test('goes into a folder that was looked up, into the project and its exports', async () => {
    const studio = await openProjectStudio(['jump']);
    const project = join(studio.folder, 'demo.cuepoint');
    mkdirSync(join(project, 'exports'));
    for (const folder of [studio.folder, project, join(project, 'exports')])
      expect(existsSync(await exported(studio, folder))).toBe(true);
  });

  test('asks before it replaces a file', async () => {
    const studio = await openProjectStudio();
    const file = join(studio.folder, 'out.json');
    writeFileSync(file, 'of somebody');
    await expect(exported(studio, studio.folder)).rejects.toMatchObject({ code: 'already-there' });
    expect(readFileSync(file, 'utf8')).toBe('of somebody');
    await exported(studio, studio.folder, { replace: true });
    expect(readFileSync(file, 'utf8')).toContain('videos');
  });

  test.each([
    '.bashrc',
    'run.sh',
    'autorun',
    '.json',
    '.hidden.json',
    '../out.json',
    'out.json\n',
    'a\\out.json',
    '..',
  ])('is no file called %j', async (fileName) => {
    const studio = await openProjectStudio();
    const before = readdirSync(studio.folder);
    await expect(exported(studio, studio.folder, { fileName, replace: true })).rejects.toMatchObject({
      code: 'bad-input',
    });
    expect(readdirSync(studio.folder)).toEqual(before);
  });

  test('never goes through a link, nor where programs keep their own things', async () => {
    const studio = await openProjectStudio();
    const hidden = join(studio.folder, '.config', 'autostart');
    mkdirSync(hidden, { recursive: true });
    writeFileSync(join(hidden, 'kept.json'), 'kept');
    symlinkSync(join(hidden, 'kept.json'), join(studio.folder, 'out.json'));
    await expect(exported(studio, studio.folder, { replace: true })).rejects.toMatchObject({ code: 'bad-input' });
    symlinkSync(hidden, join(studio.folder, 'innocent'));
    const inside = join(studio.folder, 'demo.cuepoint', 'tuned');
    for (const folder of [hidden, join(studio.folder, 'innocent'), inside])
      await expect(exported(studio, folder, { replace: true })).rejects.toMatchObject({ code: 'forbidden' });
    expect(readdirSync(hidden)).toEqual(['kept.json']);
    expect(readFileSync(join(hidden, 'kept.json'), 'utf8')).toBe('kept');
    expect(readdirSync(inside)).toEqual([]);
  });

  test('to a place that nobody gave out goes nowhere', async () => {
    const studio = await openProjectStudio();
    const request = { format: 'coco', options: {}, place: studio.folder, fileName: 'out.json' };
    await expect(studio.client.transfer.export(request)).rejects.toMatchObject({ code: 'not-found' });
  });
});

test('no folder or project is made where programs keep their own things', async () => {
  const studio = await openProjectStudio();
  mkdirSync(join(studio.folder, '.ssh'));
  const place = await lookedUp(studio, join(studio.folder, '.ssh'));
  await expect(studio.client.places.makeFolder({ token: place, name: 'x' })).rejects.toMatchObject({
    code: 'forbidden',
  });
  await expect(studio.client.projects.create({ place, name: 'x', classes: [] })).rejects.toMatchObject({
    code: 'forbidden',
  });
  expect(readdirSync(join(studio.folder, '.ssh'))).toEqual([]);
});

test('a dialog lists what could answer it', async () => {
  const studio = await openProjectStudio();
  const folder = join(studio.folder, 'mixed');
  for (const name of ['inner', '.hidden']) mkdirSync(join(folder, name), { recursive: true });
  for (const name of ['a.json', 'b.csv', 'c.safetensors', 'd.mp4', 'id_rsa', '.env'])
    writeFileSync(join(folder, name), '');
  const token = await lookedUp(studio, folder);
  const listed = async (purpose: 'videos' | 'project' | 'folder' | 'annotations' | 'version') =>
    (await studio.client.places.list({ token, purpose })).entries.map(({ name }) => name);
  expect(await listed('folder')).toEqual(['inner']);
  expect(await listed('project')).toEqual(['inner']);
  expect(await listed('annotations')).toEqual(['inner', 'a.json', 'b.csv']);
  expect(await listed('version')).toEqual(['inner', 'a.json', 'c.safetensors']);
  expect(await listed('videos')).not.toContain('.env');
});

test('where the system has dialogs, a page looks up nothing by itself', async () => {
  const folder = temporaryFolder();
  const { client } = createBackend({
    homeFolder: join(folder, 'home'),
    engine: new PlayedEngine(),
    version: '0.1.0',
    pagesBrowse: false,
  });
  for (const attempt of [
    client.places.list({ token: null, purpose: 'videos' }),
    client.places.resolve({ path: '/etc/passwd' }),
    client.places.resolve({ path: '~' }),
  ])
    await expect(attempt).rejects.toMatchObject({ code: 'forbidden' });
});
