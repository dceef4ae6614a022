import { createHash } from 'node:crypto';
import { link, mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createBackend, type Backend } from '#main/backend.ts';
import { childProcessCarrier } from '#main/engine/carriers.ts';
import { startEngine } from '#main/engine/start-engine.ts';
import type { Engine } from '#main/engine/tasks.ts';
import { EngineMemory } from '#main/engine/tasks/engine-memory.ts';
import { localiseTask } from '#main/engine/tasks/localise.ts';
import type { TaughtChoice } from '#main/engine/vocabulary.ts';
import { localisationInput } from '#main/jobs/model-run.ts';
import { featureName } from '#main/pipeline/feature-store/feature-key.ts';
import { stagesKept } from '#main/pipeline/feature-store/stage-store.ts';
import { FeatureStore } from '#main/pipeline/feature-store/feature-store.ts';
import type { SyntheticWorld } from '#main/pipeline/propose/synthetic-video.ts';
import type { OpenProject } from '#main/project/open-project.ts';
import { FrameTable } from '#preload/domain/frame-table.ts';
import { drawnSegment } from '#preload/domain/drawn-segment.ts';
import type { ModelEntry } from '#preload/domain/model.ts';
import type { Span } from '#preload/domain/span.ts';
import { factsOfFilm } from '#main/lab/world/film-facts.ts';
import type { BenchContext } from './bench-case.ts';
import { openAlone, version } from './project-alone.ts';
import { makeRandomViTB, vitB } from './random-checkpoint.ts';

/** Hours that are different; the others repeat them, since what they cost does not depend on what they show. */
const distinctHours = 6;
const samplingFps = 4;
const frameCount = 90_000;
const classNames = ['high jump', 'throw discus', 'diving', 'pole vault'];
/** So many actions of each corrected video are accepted. */
const acceptedPerVideo = 5;

export interface ArchiveSize {
  /** An hour each. */
  readonly videos: number;
  /** The first of them have accepted segments, and the first of these are reviewed to the end. */
  readonly corrected: number;
  readonly reviewed: number;
}

export interface Archive {
  /** Of all that belongs to it; a person's home as well. */
  readonly folder: string;
  readonly location: string;
  readonly videoIds: readonly number[];
  readonly classIds: readonly number[];
  /** Actions of a video that nobody has accepted yet. */
  openActions(videoId: number): readonly Span[];
  /** Milliseconds from the stored features of an hour to its segments, for hours that nothing was known of. */
  readonly preparedMs: readonly number[];
  /** The studio as a person starts it. */
  start(engine: Engine): Backend;
}

type Hour = ReturnType<SyntheticWorld['video']>;

/**
 * A project of one-hour videos of which a few are different: their features, and what the engine computes of them, are
 * linked to the names of all others.
 */
export async function archiveProject(
  { cacheFolder, scratchFolder, say }: BenchContext,
  hours: readonly Hour[],
  size: ArchiveSize,
): Promise<Archive> {
  const folder = path.join(scratchFolder, `archive-${size.videos}`);
  await mkdir(folder, { recursive: true });
  const start = (engine: Engine): Backend =>
    createBackend({ homeFolder: path.join(folder, '.cuepoint-home'), engine, version });
  say('making a random ViT-B/16 checkpoint, once per machine');
  const checkpoint = makeRandomViTB(path.join(cacheFolder, 'random-clip-vit-b16'));
  const { model, location } = await newProject(start, folder, checkpoint);
  const project = openAlone(location, { get: () => model });
  try {
    await using memory = new EngineMemory();
    const files = await mediaFiles(folder, size.videos);
    const keyOf = await memory.models.featureKeys({ folder: model.folder, provider: 'auto' }, samplingFps);
    const names = files.map(({ checksum }) => featureName(keyOf(checksum)));
    const store = new FeatureStore(project.folder.features);
    for (const [index, { video }] of hours.entries()) {
      await using appender = await store.append(keyOf(files[index]!.checksum), vitB.dim);
      await appender.append(video.features, video.timesUs);
      await appender.finish();
    }
    await linkToAll(project.folder.features, names, hours.length);
    const videoIds = insertRows(project, hours, files, names, model.name, size);

    const task = { memory, signal: new AbortController().signal, report: () => undefined };
    const localise = async (index: number, corrections: TaughtChoice['corrections']): Promise<number> => {
      const input = localisationInput(project, videoIds[index]!);
      const begun = performance.now();
      await localiseTask({ ...input, taught: { ...input.taught!, corrections, reviewed: [] } }, task);
      return performance.now() - begun;
    };
    say('proposing in the hours that are different');
    await localise(0, []);
    const preparedMs: number[] = [];
    for (let index = 1; index < hours.length; index += 1) preparedMs.push(await localise(index, []));
    const { corrections } = localisationInput(project, videoIds[0]!).taught!;
    for (let index = 0; index < hours.length; index += 1)
      await localise(
        index,
        corrections.filter(({ videoId }) => videoId === videoIds[index]),
      );
    await stagesKept();
    await linkToAll(project.folder.features, names, hours.length);
    say('learning from all corrections, as the studio had done before it was closed');
    await localiseTask(localisationInput(project, videoIds[0]!), task);
    return {
      folder,
      location,
      videoIds,
      classIds: project.database.classes.present().map(({ id }) => id),
      openActions: (videoId) => hours[videoIds.indexOf(videoId) % hours.length]!.actions.slice(acceptedPerVideo),
      preparedMs,
      start,
    };
  } finally {
    await project.close(() => Promise.resolve());
  }
}

export const makeHours = (world: SyntheticWorld, { say }: BenchContext): Hour[] =>
  Array.from({ length: distinctHours }, (_, index) => {
    say(`making hour ${index + 1} of ${distinctHours}`);
    return world.video(index + 1);
  });

async function newProject(
  start: (engine: Engine) => Backend,
  folder: string,
  checkpoint: string,
): Promise<{ readonly model: ModelEntry; readonly location: string }> {
  await using engine = startEngine(childProcessCarrier);
  const backend = start(engine);
  try {
    const model = await backend.client.models.add({ place: backend.placeOf(checkpoint).token });
    const place = backend.placeOf(folder).token;
    const { location } = await backend.client.projects.create({ place, name: 'archive', classes: classNames });
    await backend.client.projects.changeSettings({ model: model.name, samplingFps, scoreThreshold: 0 });
    return { model, location };
  } finally {
    await backend.close();
  }
}

interface MediaFile {
  readonly name: string;
  readonly file: string;
  readonly checksum: string;
  readonly sizeBytes: number;
}

/** A file for each video, since the studio looks whether they are still what they were. */
async function mediaFiles(folder: string, count: number): Promise<MediaFile[]> {
  const files: MediaFile[] = [];
  for (let index = 0; index < count; index += 1) {
    const name = `hour-${String(index + 1).padStart(4, '0')}.mp4`;
    const file = path.join(folder, name);
    await writeFile(file, name);
    files.push({ name, file, checksum: createHash('sha256').update(name).digest('hex'), sizeBytes: name.length });
  }
  return files;
}

/** Links whatever lies under the first names to the others that repeat them. */
async function linkToAll(folder: string, names: readonly string[], distinct: number): Promise<void> {
  const there = new Set(await readdir(folder));
  const own = names.slice(0, distinct).map((stem) => [...there].filter((name) => name.startsWith(stem)));
  for (const [index, name] of names.entries()) {
    const first = names[index % distinct]!;
    for (const from of index < distinct ? [] : own[index % distinct]!) {
      const to = name + from.slice(first.length);
      if (!there.has(to)) await link(path.join(folder, from), path.join(folder, to));
    }
  }
}

/** Videos, corrections and reviews as rows; nothing was imported, and nothing was decoded. */
function insertRows(
  { database }: OpenProject,
  hours: readonly Hour[],
  files: readonly MediaFile[],
  featureNames: readonly string[],
  model: string,
  size: ArchiveSize,
): number[] {
  const classes = database.classes.present();
  return database.transaction(() => {
    let segmentId = database.nextId('segments');
    return files.map(({ name, file, checksum, sizeBytes }, index) => {
      const { endUs, actions } = hours[index % hours.length]!;
      const starts = Float64Array.from({ length: frameCount }, (_, at) => Math.round((at * endUs) / frameCount));
      const facts = factsOfFilm(new FrameTable(starts, endUs));
      const place = { name, relativePath: `../${name}`, absolutePath: file, sizeBytes };
      const videoId = database.videos.insert({ ...place, checksum, ...facts, addedAt: index });
      database.videos.setFeatureKey(videoId, model, samplingFps, featureNames[index]!);
      for (const [at, { startUs, endUs: until }] of actions.slice(0, acceptedPerVideo).entries()) {
        if (index >= size.corrected) break;
        const classId = classes[at % classes.length]!.id;
        database.segments.put(drawnSegment({ id: segmentId, videoId, classId, startUs, endUs: until }));
        segmentId += 1;
      }
      for (const { id } of index < size.reviewed ? classes : [])
        database.reviews.put({ videoId, classId: id, state: 'complete' });
      return videoId;
    });
  });
}
