// Protects: several processes that register models and projects at once in one home folder lose none of them.
import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { HomeFolder } from './home-folder.ts';

const [processes, each] = [6, 25];

test('none of many registrations at once is lost', async () => {
  const folder = temporaryFolder();
  const home = new HomeFolder(folder);
  const capabilities = {
    embedsFrames: true,
    embedsTexts: true,
    takesPromptVectors: true,
    scoresClips: false,
    mergesTokens: true,
  };
  const first = { name: 'first', folder: '/models/first', kind: 'CLIP', capabilities, dim: 8, imageSize: 8 };
  home.changeModels(() => [{ ...first, temporal: null, speed: null }]);
  const program = fileURLToPath(new URL('../testing/registering-process.ts', import.meta.url));
  const names = Array.from({ length: processes }, (_, index) => `process-${index}`);
  const codes = await Promise.all(
    names.map(async (name) => {
      const child = spawn(process.execPath, [program, folder, name, String(each)], { stdio: 'inherit' });
      return ((await once(child, 'exit')) as [number | null])[0];
    }),
  );
  expect(codes).toEqual(names.map(() => 0));
  const wanted = names.flatMap((name) => Array.from({ length: each }, (_, index) => `${name}-${index}`));
  expect(
    home
      .models()
      .map(({ name }) => name)
      .toSorted(),
  ).toEqual(['first', ...wanted].toSorted());
  expect(
    home
      .recent()
      .map(({ name }) => name)
      .toSorted(),
  ).toEqual(names);
});
