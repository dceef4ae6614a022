// Protects: a double click on the file inside a project means the project, and nothing else is meant by such a name.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { projectMeantBy } from './door-file.ts';
import { createProjectFolder } from './project-folder.ts';

test('a new project has a door, which means its folder', () => {
  const project = createProjectFolder(temporaryFolder(), 'jumps', '0');
  expect(projectMeantBy(join(project, 'open.cuepoint'))).toBe(project);
  expect(projectMeantBy(project)).toBe(project);
});

test('a project that is called so, and other files, are themselves', () => {
  const folder = temporaryFolder();
  const called = join(folder, 'open.cuepoint');
  mkdirSync(called);
  expect(projectMeantBy(called)).toBe(called);
  writeFileSync(join(folder, 'other.cuepoint'), '');
  expect(projectMeantBy(join(folder, 'other.cuepoint'))).toBe(join(folder, 'other.cuepoint'));
});
