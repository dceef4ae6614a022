// Protects: what belongs to the person survives, and a damaged file costs its contents alone.
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { HomeFolder } from './home-folder.ts';

test('projects are remembered newest first, each once', () => {
  const home = new HomeFolder(join(temporaryFolder(), 'not', 'there', 'yet'));
  for (const name of ['a', 'b', 'a']) home.rememberProject({ name, location: `/${name}` });
  expect(home.recent().map(({ name }) => name)).toEqual(['a', 'b']);
});

test('how the window was left is kept part by part, and forgotten by an empty text', () => {
  const home = new HomeFolder(temporaryFolder());
  home.keepView({ name: 'panels', text: 'left' });
  home.keepView({ name: 'keys', text: 'mine' });
  home.keepView({ name: 'panels', text: 'right' });
  expect(home.views()).toEqual([
    { name: 'keys', text: 'mine' },
    { name: 'panels', text: 'right' },
  ]);
  home.keepView({ name: 'keys', text: '' });
  expect(home.views()).toEqual([{ name: 'panels', text: 'right' }]);
});

test('a damaged file is set aside and the defaults are used', () => {
  const folder = temporaryFolder();
  const home = new HomeFolder(folder);
  home.changeSettings({ theme: 'light' });
  writeFileSync(join(folder, 'settings.json'), '{"theme": "li');
  expect(home.settings()).toEqual({
    theme: 'dark',
    density: 'comfortable',
    motion: 'system',
    pointers: 'system',
    language: 'system',
    provider: 'auto',
    bestBatch: null,
    tourSeen: false,
    server: null,
    newProjectModel: null,
    annotator: '',
    updates: 'off',
    downloadUpdates: false,
  });
  expect(existsSync(join(folder, 'settings.json.damaged'))).toBe(true);
});

test('a model that was added before capabilities were kept is listed with them', () => {
  const folder = temporaryFolder();
  const home = new HomeFolder(folder);
  const facts = { folder: '/models/x', dim: 16, imageSize: 32, readsText: true };
  writeFileSync(
    join(folder, 'models.json'),
    JSON.stringify([
      { ...facts, name: 'frames', kind: 'clip' },
      { ...facts, name: 'clips', kind: 'xclip' },
    ]),
  );
  const [frames, clips] = home.models();
  expect(frames).toMatchObject({ name: 'frames', kind: 'CLIP', dim: 16, temporal: null });
  expect(frames!.capabilities).toEqual({
    embedsFrames: true,
    embedsTexts: true,
    takesPromptVectors: true,
    scoresClips: false,
    mergesTokens: false,
  });
  expect(clips).toMatchObject({ kind: 'X-CLIP', capabilities: { embedsFrames: false, scoresClips: true } });
  home.changeModels((models) => models);
  expect(home.models()).toEqual([frames, clips]);
});
