// The main job from the command line, on two films: one JSON document each, and a round trip to the byte.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeActedClip } from '../fixtures/acted-clip.ts';
import { cuepoint } from '../fixtures/command-line.ts';
import { ServedStudio } from '../fixtures/served-studio.ts';
import { makeTinyCheckpoint } from '../models/tiny-checkpoint.ts';

const footage = {
  'a drawn clip': {
    classes: 'jumping,clapping',
    video: async (at: (name: string) => string) => {
      await writeActedClip(at('drawn.mp4'), ['jump', 'clap'], 3, 3);
      return at('drawn.mp4');
    },
  },
  'a film of the sample project': {
    classes: 'squat,raise arms,turn',
    video: async () => path.resolve(import.meta.dirname, '../../resources/sample/films/film-21-0002.mp4'),
  },
};

describe.each(Object.entries(footage))('%s', (_name, { classes, video }) => {
  const person = new ServedStudio();
  const at = (name: string) => person.at(name);
  let file = '';

  /** The one document that a command prints with `--json`; nothing else may stand beside it. */
  const documentOf = async (...words: readonly string[]): Promise<Record<string, unknown>> => {
    const { code, stdout, stderr } = await cuepoint(person.env, ...words, '--json');
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    return JSON.parse(stdout) as Record<string, unknown>;
  };

  beforeAll(async () => {
    file = await video(at);
    await makeTinyCheckpoint(at('tiny'));
  });
  afterAll(() => person[Symbol.asyncDispose]());

  test('new, models add, add, propose, export, import, export', async () => {
    await documentOf('new', at('first'), '--classes', classes);
    expect(await documentOf('models', 'add', at('tiny'))).toMatchObject({ name: 'tiny' });
    const added = await documentOf('add', at('first'), file);
    expect(added).toMatchObject({ added: 1, failed: 0 });
    const proposed = await documentOf('propose', at('first'), '--model', 'tiny');
    expect(proposed).toMatchObject({ model: 'tiny', videos: [{ ok: true }] });
    await documentOf('export', at('first'), '--format', 'coco', '--out', at('first.json'));

    const coco = JSON.parse(readFileSync(at('first.json'), 'utf8')) as {
      readonly categories: readonly { readonly name: string }[];
      readonly videos: readonly { readonly duration: number }[];
      readonly annotations: readonly { readonly segment: readonly [number, number]; readonly score: number }[];
    };
    expect(coco.categories.map(({ name }) => name)).toEqual(classes.split(','));
    expect(coco.annotations.length).toBeGreaterThan(0);
    for (const { segment, score } of coco.annotations) {
      expect(segment[0]).toBeLessThan(segment[1]);
      expect(segment[1]).toBeLessThanOrEqual(coco.videos[0]!.duration + 1e-6);
      expect(score).toBeGreaterThan(0);
    }

    await documentOf('new', at('second'));
    await documentOf('add', at('second'), file);
    await documentOf('import', at('second'), '--format', 'coco', at('first.json'));
    await documentOf('export', at('second'), '--format', 'coco', '--out', at('second.json'));
    expect(readFileSync(at('second.json'), 'utf8')).toBe(readFileSync(at('first.json'), 'utf8'));
  });
});
