// Protects: work that is handed out comes back whole: what nobody disputes as the project's own, the rest as layers that can
// be compared and settled; who decided is known, and one undo takes a settlement back.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { importChoices } from '#preload/contract/transfer-choices.ts';
import type { Segment } from '#preload/domain/segment.ts';
import type { FilmWords } from '../testing/write-film.ts';
import { openProjectStudio, openStudio, type TestStudio } from '../testing/open-studio.ts';
import { inEnglish } from '#main/testing/in-english.ts';

const films: Record<string, FilmWords> = {
  'a.mp4': 'a: 60',
  'b.mp4': 'b: 60',
  'c.mp4': 'c: 60',
  'd.mp4': 'd: 60',
  'e.mp4': 'e: 60',
};

const factsOf = async ({ client }: Pick<TestStudio, 'client'>) => {
  const classes = new Map((await client.classes.list()).map(({ id, name }) => [id, name]));
  const videos = await client.videos.list();
  const all = await Promise.all(videos.map(({ id }) => client.segments.list({ videoId: id })));
  const name = (id: number): string => videos.find((video) => video.id === id)!.name;
  return all.flat().map((segment) => textOf(segment, name(segment.videoId), classes.get(segment.classId)!));
};

const textOf = (
  { startUs, endUs, state, annotator, note }: Omit<Segment, 'id'>,
  video: string,
  label: string,
): string => JSON.stringify([video, label, startUs, endUs, state, annotator ?? null, note]);

test('split among three, labelled by each, merged without loss', async () => {
  const lead = await openProjectStudio(['run']);
  await lead.addVideos(films);
  const out = join(lead.folder, 'parts');
  mkdirSync(out);
  const parts = await lead.client.layers.splitWork({
    place: lead.placeOf(out).token,
    annotators: ['Ana', 'Ben', 'Cleo'],
    overlap: 0.2,
  });
  expect(parts.map(({ annotator }) => annotator)).toEqual(['Ana', 'Ben', 'Cleo']);
  const everywhere = Object.keys(films).filter((name) => parts.every(({ videos }) => videos.includes(name)));
  expect(everywhere).toHaveLength(1);

  const said: string[] = [];
  for (const [index, { annotator, path }] of parts.entries()) {
    const studio = openStudio({ folder: join(lead.folder, annotator) });
    await studio.openProject(path);
    await studio.client.studio.changeSettings({ annotator });
    const { client } = studio;
    const { id: other } = await client.classes.add({ name: `only ${annotator}` });
    const videos = await client.videos.list();
    expect(videos.map(({ name }) => name).sort()).toEqual([...parts[index]!.videos].sort());
    expect(videos.every(({ missing }) => !missing)).toBe(true);
    for (const { id } of videos) {
      await client.segments.create({ videoId: id, classId: 1, startUs: 200_000 + 40_000 * index, endUs: 1_000_000 });
      const made = await client.segments.create({ videoId: id, classId: other, startUs: 0, endUs: 400_000 });
      await client.segments.update({ segmentIds: [made.id], state: 'rejected', note: `by ${annotator}` });
    }
    const facts = await factsOf(studio);
    expect(facts.every((fact) => fact.includes(annotator))).toBe(true);
    said.push(...facts);
    await studio.close();
  }

  const places = parts.map(({ path }) => lead.placeOf(path).token);
  const merged = await lead.client.layers.merge({ places });
  expect(merged.warnings).toEqual([]);
  expect(merged.layers.map(({ name, videos }) => [name, videos])).toEqual([
    ['Ana', 1],
    ['Ben', 1],
    ['Cleo', 1],
  ]);
  const classes = new Map((await lead.client.classes.list()).map(({ id, name }) => [id, name]));
  const [shared] = (await lead.client.videos.list()).filter(({ name }) => name === everywhere[0]);
  const beside = (await lead.client.layers.ofVideo({ videoId: shared!.id })).flatMap(({ segments }) =>
    segments.map((segment) => textOf(segment, shared!.name, classes.get(segment.classId)!)),
  );
  expect([...(await factsOf(lead)), ...beside].sort()).toEqual(said.sort());

  // They agree on one action, a frame apart, and settle the rest by review.
  const layers = await lead.client.layers.list();
  const compared = await lead.client.layers.agreement({ a: layers[0]!.id, b: layers[1]!.id });
  expect(compared).toMatchObject({ videos: 1, segments: { a: 1, b: 1 }, matches: [{ pairs: 1, f1: 1 }, { f1: 1 }] });
  expect(compared.boundaries.end).toMatchObject({ meanUs: 0 });
  const before = await factsOf(lead);
  const layerIds = layers.map(({ id }) => id);
  expect(await lead.client.layers.adjudicate({ layerIds, tIoU: 0.8 })).toEqual({ agreed: 1, disputed: 0, videos: 1 });
  await lead.client.history.undo();
  expect(await lead.client.layers.adjudicate({ layerIds, tIoU: 1 })).toEqual({ agreed: 0, disputed: 1, videos: 1 });
  const { segments } = await lead.client.segments.queue({});
  expect(segments.map(({ note }) => note)).toEqual([expect.stringMatching(/^Ana: .* s; Ben: .* s; Cleo: .* s$/u)]);
  await lead.client.history.undo();
  expect((await factsOf(lead)).sort()).toEqual(before.sort());

  // Once more changes nothing of what is the project's own.
  const again = await lead.client.layers.merge({ places });
  expect(again.taken).toBe(0);
  expect(await lead.client.layers.list()).toEqual(layers);
  expect((await factsOf(lead)).sort()).toEqual(before.sort());
});

test('what was decided here is kept beside what another says', async () => {
  const lead = await openProjectStudio(['run']);
  const [videoId] = await lead.addVideos({ 'a.mp4': 'a: 60' });
  const [part] = await lead.client.layers.splitWork({
    place: lead.placeOf(lead.folder).token,
    annotators: ['Ana'],
    overlap: 0,
  });
  const ana = openStudio({ folder: join(lead.folder, 'Ana') });
  await ana.openProject(part!.path);
  await ana.client.segments.create({ videoId: 1, classId: 1, startUs: 0, endUs: 400_000 });
  await ana.close();
  await lead.client.segments.create({ videoId: videoId!, classId: 1, startUs: 800_000, endUs: 1_200_000 });
  const before = await factsOf(lead);
  const merged = await lead.client.layers.merge({ places: [lead.placeOf(part!.path).token] });
  expect(merged).toMatchObject({ taken: 0, layers: [{ name: 'demo Ana', segments: 1 }] });
  expect(await factsOf(lead)).toEqual(before);
  const compared = await lead.client.layers.agreement({ a: null, b: merged.layers[0]!.id });
  expect(compared.matches[0]).toMatchObject({ pairs: 0, f1: 0 });
  await lead.client.layers.remove({ layerId: merged.layers[0]!.id });
  expect(await lead.client.layers.list()).toEqual([]);
  await expect(lead.client.layers.agreement({ a: null, b: merged.layers[0]!.id })).rejects.toMatchObject({
    code: 'not-found',
  });
});

test('a tree of classes, attributes and what is said by them come back with the work', async () => {
  const lead = await openProjectStudio(['run']);
  const [videoId] = await lead.addVideos({ 'a.mp4': 'a: 60' });
  const [part] = await lead.client.layers.splitWork({
    place: lead.placeOf(lead.folder).token,
    annotators: ['Ana'],
    overlap: 0,
  });
  // The lead has attributes of other ids meanwhile, one of the same name with fewer options.
  const wish = { required: false, classIds: null, options: [] };
  await lead.client.attributes.add({ ...wish, name: 'mood', kind: 'text' });
  await lead.client.attributes.add({ ...wish, name: 'Hand', kind: 'choice', options: ['left'] });
  const ana = openStudio({ folder: join(lead.folder, 'Ana') });
  await ana.openProject(part!.path);
  const { client } = ana;
  const hand = await client.attributes.add({ ...wish, name: 'hand', kind: 'choice', options: ['left', 'right'] });
  const count = await client.attributes.add({ ...wish, name: 'count', kind: 'number' });
  const { id: sprint } = await client.classes.add({ name: 'sprint' });
  await client.classes.update({ classId: sprint, parentId: 1, definition: 'Faster than a run.' });
  const { id } = await client.segments.create({ videoId: 1, classId: sprint, startUs: 0, endUs: 400_000 });
  await client.segments.update({
    segmentIds: [id],
    subject: 'Mia',
    ambiguous: true,
    attributes: { [hand.id]: 'right', [count.id]: 3 },
  });
  await client.classes.update({ classId: sprint, examples: [id] });
  await ana.close();
  const merged = await lead.client.layers.merge({ places: [lead.placeOf(part!.path).token] });
  expect(merged).toMatchObject({ taken: 1, layers: [] });
  const attributes = await lead.client.attributes.list();
  expect(attributes.map(({ name, options }) => [name, options])).toEqual([
    ['mood', []],
    ['Hand', ['left', 'right']],
    ['count', []],
  ]);
  const idOf = (name: string): number => attributes.find((one) => one.name === name)!.id;
  const [segment] = await lead.client.segments.list({ videoId: videoId! });
  expect(segment).toMatchObject({
    subject: 'Mia',
    ambiguous: true,
    attributes: { [idOf('Hand')]: 'right', [idOf('count')]: 3 },
  });
  const classes = await lead.client.classes.list();
  expect(classes.find(({ id: classId }) => classId === segment!.classId)).toMatchObject({
    name: 'sprint',
    definition: 'Faster than a run.',
    examples: [segment!.id],
    parentId: classes.find(({ name }) => name === 'run')!.id,
  });
});

test('a folder that is no project changes nothing', async () => {
  const lead = await openProjectStudio(['run']);
  await lead.addVideos({ 'a.mp4': 'a: 60' });
  const place = lead.placeOf(lead.folder).token;
  await expect(lead.client.layers.merge({ places: [place] })).rejects.toMatchObject({ code: expect.any(String) });
  expect(await lead.client.layers.list()).toEqual([]);
});

test('a file may lie beside what the project says, named for who signed it', async () => {
  const lead = await openProjectStudio(['run']);
  const [videoId] = await lead.addVideos({ 'a.mp4': 'a: 60' });
  await lead.client.segments.create({ videoId: videoId!, classId: 1, startUs: 0, endUs: 800_000 });
  const before = await factsOf(lead);
  const file = join(lead.folder, 'theirs.csv');
  writeFileSync(
    file,
    'video,label,start_s,end_s,annotator\na.mp4,run,0,0.8,Ana\na.mp4,sit,1,1.4,Ana\na.mp4,sit,9,8,Ana\n',
  );
  const request = {
    format: 'csv',
    place: lead.placeOf(file).token,
    choices: { ...importChoices.parse({}), as: 'layer' as const },
  };
  expect(await lead.client.transfer.previewImport(request)).toMatchObject({ addedSegments: 2, addedClasses: 1 });
  expect(await lead.client.layers.list()).toEqual([]);
  expect(inEnglish(await lead.client.transfer.import(request))).toMatchObject({
    addedSegments: 2,
    leftOut: [{ place: 'line 4, row 3' }],
  });
  const [layer] = await lead.client.layers.list();
  expect(layer).toMatchObject({ name: 'Ana', videoIds: [videoId], segmentCount: 2 });
  expect(await factsOf(lead)).toEqual(before);
  const compared = await lead.client.layers.agreement({ a: null, b: layer!.id });
  expect(compared.matches[0]).toMatchObject({ pairs: 1, precision: 0.5, recall: 1 });
});

test('what a layer says of a class stays in sight where the class is merged into others, and undo separates them again', async () => {
  const studio = await openProjectStudio(['run', 'sprint', 'dash', 'jump']);
  const { client } = studio;
  const [videoId] = (await studio.addVideos({ 'a.mp4': 'a: 60' })) as [number];
  for (const classId of [1, 2, 3, 4])
    await client.segments.create({ videoId, classId, startUs: 200_000 * classId, endUs: 200_000 * classId + 100_000 });
  await client.layers.keepOwn({ name: 'Ana' });
  const said = async () =>
    (await client.layers.ofVideo({ videoId })).flatMap(({ segments }) => segments.map(({ classId }) => classId));
  expect(await said()).toEqual([1, 2, 3, 4]);
  await client.classes.merge({ from: 2, into: 3 });
  await client.classes.merge({ from: 3, into: 1 });
  expect(await said()).toEqual([1, 1, 1, 4]);
  expect((await client.layers.list())[0]).toMatchObject({ segmentCount: 4 });
  await client.classes.remove({ classId: 4 });
  expect(await said()).toEqual([1, 1, 1]);
  for (let count = 0; count < 3; count += 1) await client.history.undo();
  expect(await said()).toEqual([1, 2, 3, 4]);
});
