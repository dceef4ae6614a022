// Edits of people are found among what the model does to a hundred videos in a row.
import { expect, test } from 'vitest';
import type { HistoryEntry } from '#preload/contract/history.ts';
import { say, type Told } from '#preload/domain/saying.ts';
import { foldModelRuns } from './fold-model-runs.ts';

const entry = (id: number, source: HistoryEntry['source'], label: Told, undone = false): HistoryEntry => ({
  id,
  label,
  source,
  annotator: null,
  at: id,
  undone,
});
const labels = (entries: readonly HistoryEntry[]) => foldModelRuns(entries).map(({ label }) => label);

test('one after another of the model are one row, and a person’s edit parts them', () => {
  const said = labels([
    entry(6, 'model', 'Proposals by a in 3.mp4'),
    entry(5, 'model', 'Proposals by a in 2 in.mp4'),
    entry(4, 'model', 'Proposals by a in 1.mp4'),
    entry(3, 'user', 'Accept ‘jump’'),
    entry(2, 'model', 'Proposals by a in 1.mp4'),
    entry(1, 'model', 'Proposals by b in 1.mp4'),
  ]);
  expect(said).toEqual([
    'Proposals by a in 3.mp4 and 2 more',
    'Accept ‘jump’',
    'Proposals by a in 1.mp4',
    'Proposals by b in 1.mp4',
  ]);
});

test('a video that the model looked at again and again counts once', () => {
  const said = labels([
    entry(5, 'model', 'Proposals by a in 2.mp4'),
    entry(4, 'model', 'Proposals by a in 1.mp4'),
    entry(3, 'model', 'Proposals by a in 2.mp4'),
    entry(2, 'user', 'Accept ‘jump’'),
    entry(1, 'model', 'Proposals by a in 1.mp4'),
    entry(0, 'model', 'Proposals by a in 1.mp4'),
  ]);
  expect(said).toEqual(['Proposals by a in 2.mp4 and 1 more', 'Accept ‘jump’', 'Proposals by a in 1.mp4']);
});

test('runs are told apart by their values, whatever the names are; what an older program kept, by its words', () => {
  const proposals = (model: string, videoName: string) =>
    say('Proposals by {{model}} in {{videoName}}', { model, videoName });
  const said = labels([
    entry(4, 'model', proposals('seen in the lab', 'b.mp4')),
    entry(3, 'model', proposals('seen in the lab', 'b in a.mp4')),
    entry(2, 'model', proposals('seen in the field', 'a.mp4')),
    entry(1, 'model', 'Proposals by seen in a.mp4'),
  ]);
  expect(said).toHaveLength(3);
  expect(said[0]).toBe('Proposals by seen in the lab in b.mp4 and 1 more');
});

test('people’s edits stay as many as they are, and what was undone stands apart', () => {
  const entries = [
    entry(4, 'user', 'Label in 1.mp4'),
    entry(3, 'user', 'Label in 1.mp4'),
    entry(2, 'model', 'Proposals by a in 1.mp4', true),
    entry(1, 'model', 'Proposals by a in 2.mp4'),
  ];
  expect(foldModelRuns(entries)).toEqual(entries);
});
