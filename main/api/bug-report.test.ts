// Protects: what is copied for a bug report names versions and the log's end, and nobody's files or classes unless that is
// ticked; what fails in the page is reported on this machine.
import { appendFileSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createBackend } from '../backend.ts';
import { childProcessCarrier } from '../engine/carriers.ts';
import { startEngine } from '../engine/start-engine.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';

test('a bug report hides paths and names; a failure of the page is kept', async () => {
  const folder = temporaryFolder();
  const homeFolder = join(folder, 'home');
  mkdirSync(homeFolder);
  const lines = Array.from({ length: 250 }, (_, index) => `line ${index}`);
  appendFileSync(join(homeFolder, 'log.txt'), `${lines.join('\n')}\n${folder}/ward seven.mp4 shows patient zero\n`);
  await using engine = startEngine(childProcessCarrier);
  const backend = createBackend({ homeFolder, engine, version: '1.2.3' });
  const { client } = backend;
  await client.projects.create({ place: backend.placeOf(folder).token, name: 'study', classes: ['patient zero'] });

  const { text } = await client.studio.bugReport({ withNames: false });
  expect(text).toContain('Cuepoint 1.2.3');
  expect(text).not.toContain('line 50\n');
  expect(text).toMatch(/line 249\n<name><path>$/);
  expect(text).not.toContain('patient zero');
  expect(text).not.toContain(folder);
  expect((await client.studio.bugReport({ withNames: true })).text).toContain('patient zero');

  await client.studio.noteFailure({ trace: 'TypeError: of the page\n  at f' });
  const [report] = readdirSync(join(homeFolder, 'reports'));
  expect(readFileSync(join(homeFolder, 'reports', report!), 'utf8')).toContain('TypeError: of the page');
  await backend.close();
});
