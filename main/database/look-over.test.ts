// Protects: a large project is looked over while the program goes on answering, and is refused as a small one is.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { isSoundProject } from '../project/project-folder.ts';
import { largeProject } from '../testing/large-project.ts';
import { openStudio } from '../testing/open-studio.ts';

test('others are answered while a large project is looked over, and asked for twice it is opened once', async () => {
  const project = await largeProject();
  const studio = openStudio();
  const opening = [studio.openProject(project), studio.openProject(project)];
  await setImmediate();
  expect(studio.openedProject()).toBeNull();
  expect(await Promise.all(opening)).toMatchObject([{ readOnly: false }, { readOnly: false }]);
  expect(studio.openedProject()).toBe(project);
});

test.each<readonly [string, (file: string) => void, RegExp]>([
  ['is damaged', (file) => writeFileSync(file, readFileSync(file).fill(0xa5, 4096, 40_000)), /damaged/u],
  ['brings a trigger', sql('CREATE TRIGGER t AFTER INSERT ON edits BEGIN DELETE FROM segments; END'), /trigger/u],
  ['has rows that cannot be', sql(`UPDATE videos SET relative_path = '/etc/passwd'`), /"videos"/u],
])('a large project that %s is refused in words', async (_, harm, told) => {
  const project = await largeProject();
  harm(join(project, 'project.sqlite'));
  expect(await isSoundProject(project)).toBe(false);
  await expect(openStudio().openProject(project)).rejects.toMatchObject({
    code: 'unreadable-project',
    message: expect.stringMatching(told),
  });
});

function sql(statement: string): (file: string) => void {
  return (file) => void new Database(file).exec(statement).close();
}
