// Protects: rendered videos come with a ground truth that every format tells alike, exact to the frame; bad orders are
// refused in one clear line.
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evaluate } from '#main/evaluate/evaluate.ts';
import { readGroundTruth } from '#main/evaluate/read-ground-truth.ts';
import { readPredictions } from '#main/evaluate/read-predictions.ts';
import { microsecondsOf } from '#preload/domain/span.ts';
import { renderFilms, truthFormats, type FilmOrder } from './render-films.ts';
import { actionsNamed, writeScript } from './untrimmed-video.ts';

let scratch: string;
beforeAll(async () => {
  scratch = await mkdtemp(path.join(tmpdir(), 'films-'));
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

const order = {
  seed: 7,
  videos: 2,
  actions: actionsNamed(['squat', 'sit-down', 'throw-ball']),
  occurrences: 2,
  difficulty: 0.5,
  picture: { width: 64, height: 48, fps: 12 },
  version: '0',
  say: () => undefined,
} satisfies Partial<FilmOrder>;

describe('rendered films', () => {
  it('say the same in every format: what is on screen, to the frame', async () => {
    const folder = path.join(scratch, 'films');
    const written = await renderFilms({ ...order, folder });
    expect(written.map((file) => path.basename(file))).toEqual([
      'film-7-0001.mp4',
      'film-7-0002.mp4',
      ...truthFormats.map(({ id, extensions: [extension] }) => `annotations-${id}.${extension}`),
    ]);
    expect((await readdir(folder)).toSorted()).toEqual(written.map((file) => path.basename(file)).toSorted());

    // A frame shows an action if it is drawn at a time in [start, end).
    const shown = [0, 1].flatMap((index) =>
      writeScript(7000 + index, { ...order, backgroundS: [1.5, 3.5] }).occurrences.map(({ action, startS, endS }) => ({
        video: index,
        name: action.phrases[0],
        startUs: microsecondsOf(Math.ceil(startS * 12 - 1e-9) / 12),
        endUs: microsecondsOf(Math.ceil(endS * 12 - 1e-9) / 12),
      })),
    );
    for (const {
      id,
      extensions: [extension],
      read,
    } of truthFormats) {
      const { classes, segments } = read!(
        await readFile(path.join(folder, `annotations-${id}.${extension}`), 'utf8'),
        id,
      );
      const told = segments.map((segment) => ({
        video: segment.video,
        name: classes[segment.class!]!.name,
        startUs: 'startS' in segment ? microsecondsOf(segment.startS) : Number.NaN,
        endUs: 'startS' in segment ? microsecondsOf(segment.endS) : Number.NaN,
      }));
      const inOrder = told.toSorted((a, b) => a.video - b.video || a.startUs - b.startUs);
      expect(inOrder, id).toEqual(shown);
    }
  });

  it('are what the evaluator takes them for: perfect against themselves', async () => {
    const folder = path.join(scratch, 'films');
    const textOf = (name: string): Promise<string> => readFile(path.join(folder, name), 'utf8');
    const predictions = readPredictions(await textOf('annotations-activitynet-results.json'), 'results');
    for (const name of ['annotations-activitynet.json', 'annotations-coco.json']) {
      const truth = readGroundTruth(await textOf(name), name);
      expect(evaluate(truth, predictions, 'thumos14').average_map, name).toBe(1);
    }
  });

  it.each([
    [{ videos: 0 }, /number of videos must be a whole number from 1/],
    [{ seed: -1 }, /seed must be a whole number from 0/],
    [{ seed: Number.NaN }, /not NaN/],
    [{ occurrences: 0 }, /actions in a video must be a whole number from 1/],
    [{ actions: [] }, /at least one action/],
    [{ difficulty: 2 }, /difficulty is a number from 0 to 1/],
    [{ picture: { width: 0, height: 48, fps: 12 } }, /width must be a whole number/],
  ])('are refused before anything is written: %o', async (wrong, message) => {
    const folder = path.join(scratch, 'refused');
    await expect(renderFilms({ ...order, ...wrong, folder })).rejects.toThrow(message);
    await expect(readdir(folder)).rejects.toThrow(/ENOENT/);
  });

  it('name an unknown action in one line on the command line', async () => {
    const command = path.resolve(import.meta.dirname, '../render-world.ts');
    const refused = promisify(execFile)(process.execPath, [command, path.join(scratch, 'x'), '--actions', 'teleport']);
    await expect(refused).rejects.toMatchObject({
      stderr: expect.stringMatching(/^There is no action 'teleport'; known are .*\n$/),
    });
  });
});
