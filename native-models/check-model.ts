import { existsSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import { familyOf } from './families.ts';
import { openModel } from './open-model.ts';
import { openVideoModel } from './open-video-model.ts';
import type { ModelOptions } from './pretrained-model.ts';
import { ReferenceTensors } from './reference-tensors.ts';
import type { ProviderReport } from './runtime/providers.ts';
import { readTemporalModule, type TemporalModuleContent } from './temporal/temporal-module-file.ts';

/** What a check found. */
export interface ModelCheck {
  /** The folder's name. */
  readonly model: string;
  /** Largest absolute difference per reference tensor; for gradients (`prompt.grad_…`) as a share of the largest one. */
  readonly tensors: Readonly<Record<string, number>>;
  /** True if every difference is within `checkTolerance`. */
  readonly passed: boolean;
  readonly provider: ProviderReport;
  /** The temporal module that the folder brings along; null where there is none. */
  readonly temporal: { readonly frames: number; readonly fps: number } | null;
}

export const checkTolerance = 1e-4;

/**
 * Loads a model folder and, where it holds `expected.safetensors` (tensors that a reference implementation computed from
 * the same weights), recomputes every tensor in it. Without that file every encoder is loaded and run once. A temporal
 * module is read whole.
 * Fails as `openModel` does, and with 'unreadable-model' for a reference tensor that nothing here computes.
 */
export async function checkModel(folder: string, options: ModelOptions = {}): Promise<ModelCheck> {
  const model = path.basename(path.resolve(folder));
  const file = path.join(folder, 'expected.safetensors');
  const { readEncoder, openFrames, recompute } = familyOf(folder);
  if (!existsSync(file))
    return {
      model,
      tensors: {},
      passed: true,
      ...(await (openFrames ? loadFrameModel : loadClipModel)(folder, options)),
    };
  if (recompute === undefined) {
    throw new Failure(
      'unreadable-model',
      say(
        '{{file}} cannot be compared with ready-made ONNX files, which do not show their inner tensors; check the checkpoint instead.',
        { file },
      ),
    );
  }
  const reference = new ReferenceTensors(file);
  const { computed, provider } = await recompute(folder, reference, options);
  const tensors = reference.differences(computed);
  return {
    model,
    tensors,
    passed: Object.values(tensors).every((difference) => difference <= checkTolerance),
    provider,
    temporal: readEncoder === undefined ? null : aboutModule(readTemporalModule(folder, readEncoder(folder).dim)),
  };
}

type Loaded = Pick<ModelCheck, 'provider' | 'temporal'>;

async function loadClipModel(folder: string, options: ModelOptions): Promise<Loaded> {
  await using model = await openVideoModel(folder, options);
  const { frameCount, dim, preprocessing } = model;
  const pixels = new Float32Array(frameCount * 3 * preprocessing.cropHeight * preprocessing.cropWidth);
  await model.score(await model.encodeClips(pixels, 1), new Float32Array(dim).fill(1));
  return { provider: model.provider, temporal: null };
}

async function loadFrameModel(folder: string, options: ModelOptions): Promise<Loaded> {
  await using model = await openModel(folder, options);
  await model.warmUp('texts');
  return {
    provider: await model.warmUp('images'),
    temporal: aboutModule(readTemporalModule(folder, model.dim)),
  };
}

const aboutModule = (module: TemporalModuleContent | null): ModelCheck['temporal'] =>
  module && { frames: module.shape.frames, fps: module.fps };
