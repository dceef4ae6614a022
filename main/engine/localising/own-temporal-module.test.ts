// Protects: a checkpoint's own temporal module has its say wherever classes are told apart, and nowhere else.
import { copyFile, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { featureName, type FeatureKey } from '#main/pipeline/feature-store/feature-key.ts';
import { readTunedVersion } from '#main/pipeline/tune/tuned-version-file.ts';
import { seededRandom } from '#main/random/seeded-random.ts';
import { initialBoundaryHead } from '#native-models/boundary-head/boundary-head.ts';
import { ownHeadShape, type OwnBoundaryHead } from '#native-models/boundary-head/own-boundaries.ts';
import { denseFeatures } from '#native-models/temporal/dense-features.ts';
import { temporalModuleName, writeTemporalModule } from '#native-models/temporal/temporal-module-file.ts';
import { temporalParameterShapes, type TemporalShape } from '#native-models/temporal/temporal-transformer.ts';
import { EngineMemory } from '../tasks/engine-memory.ts';
import type { TestBench } from '../../testing/engine-test-bench.ts';
import { makeTestBench, searchedVideo } from '../../testing/engine-test-bench.ts';
import { localisationOf } from './localisation-of.ts';
import { seenBy } from './seen-features.ts';
import { readProject } from '../training/read-project.ts';
import type { TaskContext } from '../tasks/task-context.ts';
import { checkModelTask } from '../tasks/check-model.ts';
import { describeModelTask } from '../tasks/describe-model.ts';
import { embed } from '../tasks/embed.ts';
import { localiseTask } from '../tasks/localise.ts';
import { recognise } from '../tasks/recognise.ts';
import { search } from '../tasks/search.ts';
import { tuneTask } from '../tasks/tune.ts';
import type { EngineTasks } from '../tasks.ts';
import { english } from '#preload/domain/saying.ts';
import { inEnglish } from '#main/testing/in-english.ts';

const memory = new EngineMemory();
const signal = new AbortController().signal;
const context: TaskContext = { memory, signal, report: () => undefined };
const shape: TemporalShape = { width: 40, heads: 4, layers: 1, frames: 8, skip: 'outer' };
const second = 1_000_000;
let bench: TestBench;
/** The same checkpoint without and with a module. */
let plain: EngineTasks['localise']['input'];
let dense: EngineTasks['localise']['input'];

/** A module whose numbers mean nothing, but which turns features far enough to be seen. */
function randomModule(seed: number): Map<string, Float32Array> {
  const { normal } = seededRandom(seed);
  return new Map(
    [...temporalParameterShapes(shape)].map(([name, size]) => {
      const length = size.reduce((product, each) => product * each, 1);
      return [name, Float32Array.from({ length }, () => (name.endsWith('.gain') ? 1 : 0.15 * normal()))];
    }),
  );
}
const learned = randomModule(1);

async function folderWith(
  name: string,
  fps: number,
  module = learned,
  boundaries: OwnBoundaryHead | null = null,
): Promise<string> {
  const folder = path.join(bench.folder, name);
  await mkdir(folder);
  for (const file of ['config.json', 'model.safetensors', 'tokenizer.json', 'preprocessor_config.json'])
    await copyFile(path.join(bench.model.folder, file), path.join(folder, file));
  writeTemporalModule(path.join(folder, temporalModuleName), { shape, fps, learned: module, boundaries });
  return folder;
}

beforeAll(async () => {
  bench = await makeTestBench(12);
  plain = {
    media: bench.media,
    model: bench.model,
    featuresFolder: path.join(bench.folder, 'features'),
    classes: [
      { classId: 7, prompt: 'throw discus' },
      { classId: 3, prompt: 'high jump' },
    ],
    settings: { samplingFps: 4, templates: [], backgroundTexts: [] },
  };
  dense = { ...plain, model: { folder: await folderWith('dense', 4), provider: 'cpu' } };
  await embed({ ...plain, samplingFps: 4 }, context);
});
afterAll(async () => {
  await memory[Symbol.asyncDispose]();
  await rm(bench.folder, { recursive: true, force: true });
});

const stored = async (input: EngineTasks['localise']['input']) => {
  const key = await memory.models.featureKey(bench.media.checksum, input.model, 4);
  return { key, ...(await memory.videos.of(input.featuresFolder, key, bench.media)).features };
};
const seenAs = ({ model, featuresFolder }: EngineTasks['localise']['input'], key: FeatureKey) => ({
  model,
  featuresFolder,
  version: null,
  key,
});
const taughtBy = (versionFile: string | null = null) => ({
  versionFile,
  boundaryFile: null,
  corrections: [0, 1, 2, 3].map((index) => ({
    videoId: 1,
    startUs: 2 * index * second,
    endUs: 2 * (index + 1) * second,
    classId: index % 2 === 0 ? 7 : 3,
    decision: 'accepted' as const,
  })),
  reviewed: [],
  videos: [{ videoId: 1, name: 'clip', checksum: bench.media.checksum, endUs: bench.media.frames.at(-1)! }],
});
const tuneInput = (input: EngineTasks['localise']['input'], file: string) => ({
  ...input,
  taught: taughtBy(),
  preset: 'quick' as const,
  seed: 3,
  versionFile: path.join(bench.folder, file),
  boundaryFile: path.join(bench.folder, `edges-${file}`),
});

describe('a model with a temporal module of its own', () => {
  it('is listed and checked as one', async () => {
    const module = { frames: 8, fps: 4 };
    expect(await describeModelTask({ folder: dense.model.folder }, context)).toMatchObject({ temporal: module });
    expect(await checkModelTask({ folder: dense.model.folder, provider: 'cpu' }, context)).toMatchObject({
      passed: true,
      temporal: module,
    });
  });

  it('keeps the stored features of the same model without', async () => {
    const { key } = await stored(dense);
    expect(featureName(key)).toBe(featureName((await stored(plain)).key));
  });

  it('sees features as the module does, window by window', async () => {
    const { key, features } = await stored(dense);
    const seen = await seenBy(memory, seenAs(dense, key), features, signal);
    expect(seen).toEqual(await denseFeatures(shape, [learned], features, 'cpu'));
    expect(seen).not.toEqual(features);
    expect(await seenBy(memory, seenAs(plain, key), features, signal)).toBe(features);
    const other = { folder: await folderWith('other', 4, randomModule(2)), provider: 'cpu' } as const;
    expect(await seenBy(memory, seenAs({ ...dense, model: other }, key), features, signal)).not.toEqual(seen);
  });

  it('lets what the module makes of a video have its say in what shows an action, and of which class', async () => {
    const [without, having] = [
      await localisationOf(memory, plain, signal),
      await localisationOf(memory, dense, signal),
    ];
    expect(having.localisation.curves.novelty).toEqual(without.localisation.curves.novelty);
    expect(having.localisation.curves.actionness).not.toEqual(without.localisation.curves.actionness);
    expect(having.localisation.segments).not.toEqual(without.localisation.segments);
    expect(having.warnings).toEqual([]);
  });

  it('lets the boundary head beside the module have its say in where actions are, where the module is in use', async () => {
    const shapeOfHead = ownHeadShape(shape.width, { hidden: 4, distances: [1, 2] });
    const draw = seededRandom(5);
    const tensors = initialBoundaryHead(shapeOfHead, () => draw.between(-1, 1));
    tensors.get('out.weight')!.forEach((_, at, all) => (all[at] = draw.between(-3, 3)));
    const head = { shape: shapeOfHead, longestS: 4, learned: tensors };
    const model = { folder: await folderWith('with-head', 4, learned, head), provider: 'cpu' } as const;
    const [without, having] = [
      await localisationOf(memory, dense, signal),
      await localisationOf(memory, { ...dense, model }, signal),
    ];
    expect(having.localisation.curves).toEqual(without.localisation.curves);
    expect(having.localisation.proposals).not.toEqual(without.localisation.proposals);
    const other = { folder: await folderWith('with-head-of-eight', 8, learned, head), provider: 'cpu' } as const;
    const unused = await localisationOf(memory, { ...dense, model: other }, signal);
    const byNames = await localisationOf(memory, plain, signal);
    expect(unused.localisation.proposals).toEqual(byNames.localisation.proposals);

    const { featuresFolder } = dense;
    const { key } = await stored(dense);
    const { hash } = (await memory.models.facts(model)).temporal!;
    const request = {
      featuresFolder,
      modelFolder: model.folder,
      temporalModule: hash,
      classes: dense.classes,
      zeroShot: new Float32Array(2 * shape.width).fill(shape.width ** -0.5),
      background: new Float32Array(),
      logitScale: 10,
      videos: [{ videoId: 1, name: 'a.mp4', key, endUs: bench.media.frames.at(-1)! }],
      corrections: [],
      reviewed: [],
    };
    const { project } = await readProject(request);
    expect(project.input.videos[0]!.analysis.boundaries!.longestS).toBe(4);
    const [gone] = request.videos;
    const videos = [{ ...gone!, name: 'gone.mp4', key: { ...key, videoChecksum: 'none' } }];
    await expect(readProject({ ...request, videos })).rejects.toThrow(
      'The frame features of gone.mp4 are no longer whole',
    );
  });

  it('recognises and searches by it', async () => {
    const span = { startUs: 0, endUs: 2 * second };
    const recognised = await recognise({ ...dense, span, top: 2 }, context);
    expect(recognised.ranking).not.toEqual((await recognise({ ...plain, span, top: 2 }, context)).ranking);
    const asked = { question: { text: 'a jump' }, top: 3, videos: [searchedVideo(bench, 1)] };
    const found = await search({ ...dense, ...asked }, context);
    expect(found.moments.map(({ score }) => score)).not.toEqual(
      (await search({ ...plain, ...asked }, context)).moments.map(({ score }) => score),
    );
    expect(found.warnings).toEqual([]);
  });

  it('does without it at another sampling rate, and says so', async () => {
    const foreign = { ...dense, model: { folder: await folderWith('eight', 8), provider: 'cpu' as const } };
    const word = /temporal module of eight .* 8 frames a second .* not used at 4/;
    const localised = await localiseTask(foreign, context);
    expect(localised.segments).toEqual((await localiseTask(plain, context)).segments);
    expect(localised.warnings.map(english)).toEqual([expect.stringMatching(word)]);
    const { warnings } = await recognise({ ...foreign, span: null, top: 2 }, context);
    expect(warnings.map(english)).toEqual([expect.stringMatching(word)]);
    const asked = { question: { text: 'a jump' }, top: 3, videos: [searchedVideo(bench, 1)] };
    const found = await search({ ...foreign, ...asked }, context);
    expect(inEnglish(found)).toEqual({
      moments: (await search({ ...plain, ...asked }, context)).moments,
      warnings: [expect.stringMatching(word)],
    });
    const nearly = { ...dense, model: { folder: await folderWith('nearly', 4.03), provider: 'cpu' as const } };
    expect((await localiseTask(nearly, context)).warnings).toEqual([]);
  });

  it('is tuned from what the module makes of the corrections', async () => {
    const prefixFrom = async (input: EngineTasks['localise']['input'], file: string) => {
      await tuneTask(tuneInput(input, file), context);
      return readTunedVersion(path.join(bench.folder, file)).learned[0]!.learned.get('prefix');
    };
    const withModule = await prefixFrom(dense, 'dense.safetensors');
    expect(withModule).not.toEqual(await prefixFrom(plain, 'plain.safetensors'));
    const { hash } = (await memory.models.facts(dense.model)).temporal!;
    expect(readTunedVersion(path.join(bench.folder, 'dense.safetensors')).temporalModule).toBe(hash);
    expect(readTunedVersion(path.join(bench.folder, 'plain.safetensors')).temporalModule).toBeNull();
  });

  it('sets a version aside, with a word, that was tuned without the module, and uses the one tuned with it', async () => {
    const [ofPlain, ofDense] = ['plain', 'dense'].map((name) => path.join(bench.folder, `${name}.safetensors`));
    const names = await localiseTask({ ...dense, taught: taughtBy() }, context);
    const foreign = await localiseTask({ ...dense, taught: taughtBy(ofPlain) }, context);
    expect(foreign.segments).toEqual(names.segments);
    expect(foreign.warnings.map(english)).toEqual([expect.stringContaining('another temporal module')]);
    const own = await localiseTask({ ...dense, taught: taughtBy(ofDense) }, context);
    expect(own.segments).not.toEqual(names.segments);
    expect(own.warnings).toEqual([]);
  });
});
