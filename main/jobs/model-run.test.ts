// Protects: a job says that it went on from an earlier run where it did, and only there.
import { english } from '#preload/domain/saying.ts';
import { expect, test } from 'vitest';
import { engineItself } from '../testing/played-engine.ts';
import { ended, openProjectStudio } from '../testing/open-studio.ts';

test('what was read from the start, or was there already, is not called gone on', async () => {
  const studio = await openProjectStudio(['jump']);
  const [videoId] = await studio.addVideos({ 'a.mp4': 'a: 300' });
  await studio.useModel();
  const resumed: [from: number, rows: number][] = [];
  let played: number | null = null;
  studio.engine.tasks.embed = async (input, options) => {
    const output = await engineItself.run('embed', input, options);
    const told = { ...output, resumedFromRow: played ?? output.resumedFromRow };
    resumed.push([told.resumedFromRow, told.rows]);
    return told;
  };
  const notesOf = async () => {
    const { jobIds } = await studio.client.analysis.propose({ videoIds: [videoId!] });
    const [job] = await ended(studio, jobIds);
    expect(job).toMatchObject({ state: 'done' });
    return job!.notes.map(english).filter((note) => note.includes('Went on'));
  };
  expect(await notesOf()).toEqual([]);
  expect(await notesOf()).toEqual([]);
  const [, rows] = resumed[0]!;
  expect(resumed).toEqual([
    [0, rows],
    [rows, rows],
  ]);
  played = 8;
  expect(rows).toBeGreaterThan(played);
  expect(await notesOf()).toEqual(['Went on from frame feature 8.']);
});
