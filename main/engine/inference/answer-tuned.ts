import { readBoundaryVersion } from '#main/pipeline/tune/boundary-version-file.ts';
import type { TrainedBoundaryHead } from '#main/pipeline/tune/train-boundary-head.ts';
import { readTunedVersion, type TunedVersion } from '#main/pipeline/tune/tuned-version-file.ts';
import { tunedClassFeatures } from '#main/pipeline/tune/tuned-classes.ts';
import { TuningLearners } from '#main/pipeline/tune/tuning-learners.ts';
import { runBoundaryHead } from '#native-models/boundary-head/boundary-head.ts';
import { runOwnHead, type OwnBoundaryHead } from '#native-models/boundary-head/own-boundaries.ts';
import { readDualEncoder } from '#native-models/open-model.ts';
import { noTokenizer } from '#native-models/text/tokenizer.ts';
import { openDense, type DenseModule } from '#native-models/temporal/dense-features.ts';
import { readTemporalModule } from '#native-models/temporal/temporal-module-file.ts';
import type { TemporalShape } from '#native-models/temporal/temporal-transformer.ts';
import { computingHere } from '#preload/domain/inference-server.ts';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import { expectNumbers } from './expect-numbers.ts';
import type { DenseModuleChoice, InferenceAnswers, ModelModule } from './inference-requests.ts';
import { LeastRecentlyUsed } from '../memory/least-recently-used.ts';

/** A version's file never changes once it is written. */
const versions = new LeastRecentlyUsed<TunedVersion>(2);

function versionOf(file: string): TunedVersion {
  const version = versions.get(file) ?? readTunedVersion(file);
  versions.set(file, version, 1);
  return version;
}

const heads = new LeastRecentlyUsed<TrainedBoundaryHead>(2);

function headOf(file: string): TrainedBoundaryHead {
  const head = heads.get(file) ?? readBoundaryVersion(file);
  heads.set(file, head, 1);
  return head;
}

interface TrainedModule {
  readonly shape: TemporalShape;
  readonly trainings: readonly ReadonlyMap<string, Float32Array>[];
}

function modelModule(folder: string, dim: number): TrainedModule | null {
  const found = readTemporalModule(folder, dim);
  return found === null ? null : { shape: found.shape, trainings: [found.learned] };
}

function versionModule(file: string): TrainedModule | null {
  const { temporal, learned } = versionOf(file);
  return temporal === null ? null : { shape: temporal, trainings: learned.map((run) => run.learned) };
}

/** Open modules: a video is asked for part by part, and one video after another. */
const denseModules = new LeastRecentlyUsed<DenseModule>(3, (module) => void module[Symbol.asyncDispose]());

const placeOf = (module: DenseModuleChoice): string =>
  'modelFolder' in module ? module.modelFolder : module.versionFile;

export const closeDenseModules = (): void => denseModules.clear();

/** Fails with `not-found` where the module went missing. */
async function denseModule(module: DenseModuleChoice): Promise<DenseModule> {
  const key = JSON.stringify(module);
  const known = denseModules.get(key);
  if (known !== undefined) return known;
  const place = placeOf(module);
  const found =
    'modelFolder' in module ? modelModule(module.modelFolder, module.dim) : versionModule(module.versionFile);
  if (found === null) throw goneModule(place);
  const opened = await openDense(found.shape, found.trainings, 'cpu');
  denseModules.set(key, opened, 1);
  return opened;
}

const ownHeads = new LeastRecentlyUsed<OwnBoundaryHead>(1);

/** Fails with `not-found` where the module went missing. */
function ownHead({ modelFolder, hash, dim }: ModelModule): OwnBoundaryHead {
  const key = `${modelFolder}\0${hash}`;
  const head = ownHeads.get(key) ?? readTemporalModule(modelFolder, dim)?.boundaries ?? null;
  if (head === null) throw goneModule(modelFolder);
  ownHeads.set(key, head, 1);
  return head;
}

const goneModule = (place: string): Failure =>
  new Failure('not-found', say('The temporal module that was in {{place}} is gone: try again.', { place }), {
    file: place,
  });

/** The requests that a tuned version, or what a model brings along, answers. */
export const answerTuned = {
  async tunedClasses({ model, versionFile, names, zeroShot }) {
    const encoder = readDualEncoder(model.folder);
    const { tokenizer } = encoder;
    const here = computingHere(model.provider);
    if (tokenizer === null) throw noTokenizer(model.folder);
    const { learned, fromZeroShot, prompt, scale } = versionOf(versionFile);
    await using learners = new TuningLearners(encoder, {
      names: names.map((name, index) => ({ classId: index, tokens: tokenizer.words(name) })),
      zeroShot,
      background: new Float32Array(),
      prompt,
      scale,
      anchorWeight: 0,
      provider: here === 'auto' ? 'cpu' : here,
    });
    return { output: await tunedClassFeatures(learners, learned, fromZeroShot) };
  },
  async denseFeatures({ module, features }) {
    const dense = await (await denseModule(module)).video(features);
    expectNumbers(dense, placeOf(module));
    return { output: dense };
  },
  async ownBoundaries({ module, features, dense }) {
    const { modelFolder } = module;
    const probabilities = await runOwnHead(ownHead(module), features, dense, 'cpu');
    expectNumbers(probabilities, modelFolder);
    return { output: probabilities };
  },
  async boundaryHead({ versionFile, batch }) {
    const { shape, learned } = headOf(versionFile);
    return { output: await runBoundaryHead(shape, learned, batch, 'cpu') };
  },
} satisfies Partial<InferenceAnswers>;
