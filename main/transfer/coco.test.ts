// Protects: nothing is lost on the way out and in again, and what other tools wrote is read or refused with the reason.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exportOptions } from '#preload/contract/work.ts';
import type { ExportOptions } from '#preload/contract/work.ts';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import { ended, idle, openProjectStudio } from '../testing/open-studio.ts';
import type { TestStudio } from '../testing/open-studio.ts';
import type { FilmWords } from '../testing/write-film.ts';
import { parseCoco } from './codecs/parse-coco.ts';
import { inEnglish } from '#main/testing/in-english.ts';

const everything: Partial<ExportOptions> = { states: ['accepted', 'proposed', 'rejected'] };
const videos = { 'a "quoted" 名前.mp4': 'a: 300', 'b.mp4': 'b: 500', 'c.mp4': 'c: 90' } as const;

async function exported(studio: TestStudio, options: Partial<ExportOptions> = everything): Promise<string> {
  const { path } = await studio.client.transfer.export({
    format: 'coco',
    options: exportOptions.parse(options),
    place: studio.placeOf(studio.folder).token,
    fileName: 'out.json',
    replace: true,
  });
  return readFileSync(path!, 'utf8');
}

async function imported(studio: TestStudio, text: string) {
  const path = join(studio.folder, 'in.json');
  writeFileSync(path, text);
  return studio.client.transfer.import({ format: 'coco', place: studio.placeOf(path).token });
}

/** A project in which both a model and a person have worked, with every kind of row that an export holds. */
async function workedStudio(): Promise<TestStudio> {
  const studio = await openProjectStudio(['jump', '跳高', 'run "fast"']);
  const ids = await studio.addVideos(videos);
  await studio.useModel();
  const frames = ids.map((id) => studio.frameTableOf(id));
  studio.engine.playProposals((name, scored) => {
    const table = frames[Object.keys(videos).indexOf(name)]!;
    // Scoring that follows the edits below may come at any time; in whatever order, it says the same.
    const classIds = scored.toSorted((a, b) => a - b);
    return classIds.flatMap((classId, index) =>
      [3, 40, 70].map((start) => ({
        classId,
        startUs: table[start + index]!,
        endUs: table[start + index + 15]!,
        score: (start + index) / 97,
        ranking: classIds.map((id, rank) => ({ classId: id, probability: 1 / (3 + rank) })),
      })),
    );
  });
  const { client } = studio;
  await ended(studio, (await client.analysis.propose({ videoIds: null })).jobIds);
  const [first, second, third] = await client.segments.list({ videoId: ids[0]! });
  await client.segments.update({ segmentIds: [first!.id], state: 'accepted', note: 'sûr\n"oui"' });
  await client.segments.update({ segmentIds: [second!.id], state: 'rejected' });
  await client.segments.update({ segmentIds: [third!.id], startUs: 0 });
  const drawn = await client.segments.create({ videoId: ids[1]!, classId: 1, startUs: 1_234_567, endUs: 3_000_001 });
  // In an order of their own, and one of them shows two classes.
  await client.classes.update({ classId: 1, examples: [drawn.id, first!.id] });
  await client.classes.update({ classId: 3, examples: [drawn.id] });
  await client.reviews.set({ videoId: ids[0]!, classIds: [1, 3], state: 'complete' });
  await client.reviews.set({ videoId: ids[2]!, classIds: [2], state: 'in-progress' });
  await client.classes.update({ classId: 3, digitKey: null, colour: '#a0b1c2', prompt: 'a person who runs fast' });
  await client.classes.update({ classId: 2, position: 0 });
  await idle(studio);
  return studio;
}

describe('export, import, export', () => {
  test('gives the same bytes, into an empty project and into the same one', async () => {
    const studio = await workedStudio();
    const first = await exported(studio);
    expect(await imported(studio, first)).toMatchObject({ addedSegments: 0, addedClasses: 0, warnings: [] });
    expect(await exported(studio)).toBe(first);

    const empty = await openProjectStudio();
    await empty.addVideos(Object.fromEntries<FilmWords>(Object.entries(videos).reverse()));
    const outcome = await imported(empty, first);
    expect(outcome).toMatchObject({ addedClasses: 3, unchanged: 0, warnings: [] });
    expect(await exported(empty)).toBe(first);
    expect(await empty.client.history.state()).toMatchObject({ undo: say('Import {{file}}', { file: 'in.json' }) });
    await empty.client.history.undo();
    expect(await empty.client.classes.list()).toEqual([]);
    await empty.client.history.redo();
    expect(await exported(empty)).toBe(first);
  });

  test('examples come back with their videos and times, also in parts, and undo takes all away', async () => {
    const studio = await openProjectStudio();
    const [videoId] = await studio.addVideos({ 'a.mp4': 'a: 5000' });
    const annotations = Array.from({ length: 2500 }, (_, index) => ({
      id: index + 1,
      image_id: 1,
      category_id: 1 + (index % 2),
      segment: [index * 0.06, index * 0.06 + 1],
    }));
    const text = JSON.stringify({
      info: { exporter: 'Cuepoint' },
      images: [{ id: 1, file_name: 'a.mp4' }],
      categories: [
        { id: 1, name: 'run', examples: [{ annotation_id: 2499 }, { annotation_id: 1 }, { annotation_id: 2 }] },
        { id: 2, name: 'jump', examples: [{ annotation_id: 9999 }] },
      ],
      annotations,
    });
    expect(await imported(studio, text)).toMatchObject({ addedSegments: 2500, addedClasses: 2 });
    const [run, jump] = await studio.client.classes.list();
    const examples = await studio.client.classes.examples({ classId: run!.id });
    const rows = await studio.client.segments.list({ videoId: videoId! });
    const starts = rows.map(({ startUs }) => startUs).toSorted((a, b) => a - b);
    expect(examples.map(({ startUs }) => startUs)).toEqual([starts[2498], starts[0], starts[1]]);
    expect(jump).not.toHaveProperty('examples');
    await studio.client.history.undo();
    expect(await studio.client.classes.list()).toEqual([]);
    await studio.client.history.redo();
    expect(await studio.client.classes.examples({ classId: run!.id })).toEqual(examples);
  });

  test('gives the same bytes whatever was annotated', async () => {
    const from = await openProjectStudio(['one', 'two', 'three']);
    const [a, b] = await from.addVideos({ 'a.mp4': 'a: 300', 'b.mp4': 'b: 300' });
    const into = await openProjectStudio();
    await into.addVideos({ 'b.mp4': 'b: 300', 'a.mp4': 'a: 300' });
    const segment = fc.record({
      videoId: fc.constantFrom(a!, b!),
      classId: fc.constantFrom(1, 2, 3),
      startUs: fc.integer({ min: 0, max: 9_000_000 }),
      lengthUs: fc.integer({ min: 1, max: 5_000_000 }),
      state: fc.constantFrom('accepted' as const, 'rejected' as const, 'proposed' as const),
      note: fc.string({ unit: 'grapheme', maxLength: 20 }),
      twice: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(segment, { maxLength: 12 }), async (rows) => {
        for (const { startUs, lengthUs, state, note, twice, ...row } of rows) {
          for (let times = 0; times < (twice ? 2 : 1); times += 1) {
            const made = await from.client.segments.create({ ...row, startUs, endUs: startUs + lengthUs });
            await from.client.segments.update({ segmentIds: [made.id], state, note });
          }
        }
        const first = await exported(from);
        await imported(into, first);
        expect(await exported(into)).toBe(first);
        for (const studio of [from, into]) {
          for (const videoId of [a!, b!]) {
            const segmentIds = (await studio.client.segments.list({ videoId })).map(({ id }) => id);
            if (segmentIds.length > 0) await studio.client.segments.remove({ segmentIds });
          }
        }
      }),
      { numRuns: 15 },
    );
  });
});

describe('an export', () => {
  test('has what COCO loaders ask for: identifiers from 1, one image per video, temporal boxes, no segmentation', async () => {
    const studio = await workedStudio();
    const document = JSON.parse(await exported(studio)) as Record<string, Record<string, unknown>[]>;
    for (const list of ['videos', 'images', 'categories', 'annotations']) {
      expect(document[list]!.map(({ id }) => id)).toEqual(document[list]!.map((_row, index) => index + 1));
    }
    expect(document['images']!.map(({ video_id }) => video_id)).toEqual(document['videos']!.map(({ id }) => id));
    for (const annotation of document['annotations']!) {
      const [startS, endS] = annotation['segment'] as [number, number];
      const [x, y, width, height] = annotation['bbox'] as number[];
      expect([x, y, height]).toEqual([startS, 0, 1]);
      expect(width).toBeCloseTo(endS - startS, 9);
      expect(annotation).toMatchObject({ area: width, iscrowd: 0 });
      expect(annotation).not.toHaveProperty('segmentation');
    }
    expect(document['info']).toMatchObject({
      exporter: 'Cuepoint',
      version: '0.1.0',
      model: 'tiny-clip',
      settings: { box: 'temporal' },
    });
  });

  test('has full-frame boxes, only some states, scores or videos where that is asked', async () => {
    const studio = await workedStudio();
    const read = async (options: Partial<ExportOptions>) =>
      JSON.parse(await exported(studio, options)) as {
        videos: unknown[];
        annotations: { bbox: number[]; state: string; score?: number }[];
      };
    expect(
      (await read({ formatOptions: { box: 'full-frame' } })).annotations.every(
        ({ bbox }) => String(bbox) === '0,0,48,32',
      ),
    ).toBe(true);
    expect((await read({})).annotations.every(({ state }) => state === 'accepted')).toBe(true);
    const confident = (await read({ ...everything, minimumScore: 0.5 })).annotations;
    expect(confident.every(({ score }) => score === undefined || score >= 0.5)).toBe(true);
    const one = await read({ ...everything, videoIds: [2] });
    expect(one.videos).toHaveLength(1);
    expect(await studio.client.transfer.preview(exportOptions.parse({ ...everything, videoIds: [2] }))).toMatchObject({
      segmentCount: one.annotations.length,
      videoCount: 1,
      classCount: 3,
      bytes: null,
    });
  });

  test('without a folder is offered for download once', async () => {
    const studio = await workedStudio();
    const options = exportOptions.parse({});
    const { url } = await studio.client.transfer.export({ format: 'coco', options, place: null, fileName: 'out.json' });
    const token = url!.split('/').at(-1)!;
    expect(JSON.parse(new TextDecoder().decode(studio.takeDownload(token).bytes))).toHaveProperty('annotations');
    expect(() => studio.takeDownload(token)).toThrow(/export again/u);
  });

  test('of an unknown format, or under a name that leads elsewhere, is refused', async () => {
    const studio = await openProjectStudio();
    const request = {
      format: 'coco',
      options: exportOptions.parse({}),
      place: studio.placeOf(studio.folder).token,
      fileName: 'x.json',
    };
    await expect(studio.client.transfer.export({ ...request, format: 'xml' })).rejects.toMatchObject({
      code: 'bad-input',
    });
    await expect(studio.client.transfer.export({ ...request, fileName: '../x.json' })).rejects.toMatchObject({
      code: 'bad-input',
    });
    await expect(
      studio.client.transfer.export({ ...request, place: studio.placeOf('/no/such').token }),
    ).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('an import', () => {
  const foreign = {
    images: [
      { id: 10, file_name: 'videos/a.mp4' },
      { id: 11, file_name: 'elsewhere.mp4' },
    ],
    categories: [{ id: 0, name: 'Jump' }],
    annotations: [
      { id: 1, image_id: 10, category_id: 0, segment: [1.0, 2.0] },
      { id: 2, image_id: 10, category_id: 0, segment: [4.0, 99], score: 0.7 },
      { id: 3, image_id: 11, category_id: 0, segment: [1.0, 2.0] },
    ],
  };

  test('takes what another tool wrote: by file name, snapped to frames, and names what it leaves out', async () => {
    const studio = await openProjectStudio(['jump']);
    const [videoId] = await studio.addVideos({ 'a.mp4': 'a: 300' });
    expect(inEnglish(await imported(studio, JSON.stringify(foreign)))).toEqual({
      addedSegments: 2,
      addedClasses: 0,
      unchanged: 0,
      cut: [{ place: expect.any(String), reason: '4 s to 99 s reaches over an edge of the video' }],
      leftOut: [],
      warnings: [
        'elsewhere.mp4: it is not in the project; 1 segment was left out.',
        expect.stringMatching(/^1 segment was cut at an edge of the video/),
      ],
    });
    const frames = studio.frameTableOf(videoId!);
    expect(await studio.client.segments.list({ videoId: videoId! })).toMatchObject([
      { startUs: frames[30], endUs: frames[60], state: 'accepted', source: { kind: 'import', format: 'coco' } },
      { endUs: frames[300], state: 'proposed', score: 0.7, touched: false },
    ]);
    expect(await imported(studio, JSON.stringify(foreign))).toMatchObject({ addedSegments: 0, unchanged: 2 });
  });

  test('does not read another tool’s words as ours, and checks them in our own files', () => {
    const odd = {
      ...foreign,
      annotations: [{ ...foreign.annotations[0], state: 3, source: 'manual', attributes: [] }],
    };
    expect(parseCoco(JSON.stringify(odd)).segments).toMatchObject([{ state: 'accepted', source: { kind: 'import' } }]);
    const ours = { ...odd, info: { exporter: 'Cuepoint' } };
    expect(() => parseCoco(JSON.stringify(ours))).toThrow(/annotations\.0\.state/u);
  });

  test('lets an untouched proposal take over a decision, and keeps a person’s own', async () => {
    const studio = await workedStudio();
    const before = await exported(studio);
    const document = JSON.parse(before) as { annotations: { state: string; attributes: { touched: boolean } }[] };
    const proposals = document.annotations.filter(
      ({ state, attributes }) => state === 'proposed' && !attributes.touched,
    ).length;
    const decided = document.annotations.filter(({ state }) => state === 'accepted').length;
    const theirs = JSON.stringify({
      ...document,
      annotations: document.annotations.map((row) => ({ ...row, state: 'rejected' })),
    });
    const outcome = await imported(studio, theirs);
    expect(inEnglish(outcome)).toMatchObject({
      addedSegments: proposals,
      warnings: [expect.stringContaining('yours were kept')],
    });
    const after = JSON.parse(await exported(studio)) as typeof document;
    expect(after.annotations.filter(({ state }) => state === 'accepted')).toHaveLength(decided);
    expect(after.annotations).toHaveLength(document.annotations.length);
    await studio.client.history.undo();
    expect(await exported(studio)).toBe(before);
  });

  test.each([
    ['text', 'no json', /it is not JSON/u],
    ['a list', '[]', /expected object/u],
    ['no annotations', '{"categories": []}', /annotations/u],
    [
      'an annotation without time',
      { ...foreign, annotations: [{ id: 1, image_id: 10, category_id: 0, bbox: [0, 0, 5, 5] }] },
      /annotations\.0\.segment: a time segment/u,
    ],
    [
      'an unknown category',
      { ...foreign, annotations: [{ id: 5, image_id: 10, category_id: 7, segment: [0, 1] }] },
      /category of annotation 5, 7, is not in the file/u,
    ],
    [
      'an unknown image',
      { ...foreign, annotations: [{ id: 5, image_id: 99, category_id: 0, segment: [0, 1] }] },
      /video of annotation 5, 99/u,
    ],
    [
      'a segment that ends first',
      { ...foreign, annotations: [{ id: 5, image_id: 10, category_id: 0, segment: [2, 1] }] },
      /annotation 5 must end after/u,
    ],
    [
      'one identifier twice',
      {
        ...foreign,
        categories: [
          { id: 0, name: 'a' },
          { id: 0, name: 'b' },
        ],
      },
      /two of its categories/u,
    ],
  ])('refuses %s and says what is wrong', (_what, content, reason) => {
    const read = () => parseCoco(typeof content === 'string' ? content : JSON.stringify(content));
    expect(read).toThrow(Failure);
    expect(read).toThrow(reason);
  });

  test('that is refused changes nothing', async () => {
    const studio = await openProjectStudio(['jump']);
    await expect(imported(studio, '{"categories": [')).rejects.toMatchObject({ code: 'unreadable-annotations' });
    expect(await studio.client.history.list({})).toHaveLength(1);
  });
});
