// Protects: the short form of `npm run torture`: nothing acknowledged is lost by a kill, and nothing that is read crashes,
// hangs or answers in a library's words.
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '#main/testing/temporary-folder.ts';
import { readAnnotations } from '#main/transfer/read-annotations.ts';
import { writeFolder } from '#main/transfer/write-folder.ts';
import { fuzz } from './fuzz.ts';
import { killEditors } from './kill-editors.ts';
import { killStudios } from './kill-studios.ts';
import type { StudioKillFigures } from './kill-studios.ts';
import { ProjectModel } from './project-model.ts';
import { makeTorturedProject, storedSegments, withProject } from './tortured-project.ts';
import { earlierRuns } from './trust-page.ts';
import { writtenExamples } from './written-examples.ts';

test('a handful of kills, with and without loss of power, loses and leaves nothing', { timeout: 120_000 }, async () => {
  const folder = temporaryFolder();
  const failures = join(folder, 'failures');
  const figures = await killEditors(folder, 7, failures, ({ kills }) => kills >= 10);
  expect(figures).toMatchObject({ kills: 10, lost: 0, broken: 0, leftovers: 0 });
  expect(figures.edits).toBeGreaterThan(10);
  expect(existsSync(failures)).toBe(false);
});

test('nor does the end of an engine, of its threads, of a page or of main', { timeout: 300_000 }, async () => {
  const folder = temporaryFolder();
  const failures = join(folder, 'failures');
  const isEnough = ({ mains, pages, engines, threads }: StudioKillFigures) =>
    [mains, pages, engines, threads].every((count) => count > 0);
  // By this seed a thread and main go in the first life, a thread, the engine and the page in the second.
  const figures = await killStudios(folder, 820, failures, (so) => isEnough(so) || so.lost + so.broken > 0, 10);
  expect(figures).toMatchObject({ lost: 0, broken: 0, leftovers: 0 });
  expect(isEnough(figures)).toBe(true);
  expect(figures.edits).toBeGreaterThan(3);
  expect(figures.jobs).toBeGreaterThan(0);
  expect(existsSync(failures)).toBe(false);
});

test('the page of a new run keeps what it told of the one before, and no more', () => {
  const page = (run: string) => `# What came of it\n\nWritten by ${run}.\n\n## Killed\n\n| 1 |\n`;
  const once = page('a second run') + earlierRuns(page('a first run'));
  expect(once).toContain('# Before\n\nWritten by a first run.\n\n### Killed\n\n| 1 |\n');
  const again = page('a third run') + earlierRuns(once);
  expect(again).toContain('Written by a second run.');
  expect(again).not.toContain('a first run');
  expect(earlierRuns('')).toBe('');
});

describe('the model', () => {
  test('is the same for the same seed, and another for another', () => {
    const at = (seed: number, count: number) => ProjectModel.after(seed, count).segments;
    expect(at(3, 400)).toEqual(at(3, 400));
    expect(at(3, 400)).not.toEqual(at(4, 400));
    expect(at(3, 400)).not.toEqual(at(3, 399));
  });

  test('sees a lost edit', () => {
    const project = makeTorturedProject(temporaryFolder(), 'fresh');
    expect(withProject(project, storedSegments)).toEqual(ProjectModel.after(1, 0).segments);
    expect(withProject(project, storedSegments)).not.toEqual(ProjectModel.after(1, 1).segments);
  });
});

test.each(writtenExamples)('what is spoilt of $format.id is whole before', async ({ format, files }) => {
  const folder = temporaryFolder();
  await writeFolder(folder, files);
  const isFile = format.layout === 'file';
  const { imported, warnings } = await readAnnotations(format, isFile ? join(folder, files[0]!.name) : folder);
  expect(imported.segments.length).toBeGreaterThan(0);
  expect(imported.videos.length).toBeGreaterThan(0);
  expect([...imported.faults, ...warnings]).toEqual([]);
});

describe('spoilt inputs are taken or refused in words', () => {
  test.each([
    ['annotations', 1000],
    ['checkpoints', 100],
    ['features', 100],
    ['projects', 40],
    ['media', 24],
    ['http', 60],
  ] as const)('%s', { timeout: 120_000 }, async (kind, count) => {
    const folder = temporaryFolder();
    const failures = join(folder, 'failures');
    const figures = await fuzz(kind, 11, count, folder, failures);
    rmSync(join(folder, kind), { recursive: true, force: true });
    expect(figures).toMatchObject({ inputs: count, unclear: 0, crashes: 0, hangs: 0, overBudget: 0 });
  });
});
