import { existsSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '#preload/domain/failure.ts';
import { checkClip } from './clip/check-clip.ts';
import type { ModelOptions } from './image-text-model.ts';
import { forArchitecture, lookAtModelFolder } from './model-folder.ts';
import { openModel } from './open-model.ts';
import { holdsVideoModel, openVideoModel } from './open-video-model.ts';
import { checkXClip } from './xclip/check-xclip.ts';
import { ReferenceTensors, type Recomputed } from './reference-tensors.ts';
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

/** How each architecture recomputes the tensors of a reference file, by the `model_type` of its config.json. */
const checks: Readonly<
  Record<string, (folder: string, reference: ReferenceTensors, options: ModelOptions) => Promise<Recomputed>>
> = {
  clip: checkClip,
  xclip: checkXClip,
};

/**
 * Loads a model folder and, where it holds `expected.safetensors` (tensors that a reference implementation computed from
 * the same weights), recomputes every tensor in it. Without that file every encoder is loaded and run once. A temporal
 * module is read whole.
 * Fails as `openModel` does, and with 'unreadable-model' for a reference tensor that nothing here computes.
 */
export async function checkModel(folder: string, options: ModelOptions = {}): Promise<ModelCheck> {
  const model = path.basename(path.resolve(folder));
  const file = path.join(folder, 'expected.safetensors');
  const found = lookAtModelFolder(folder);
  if (!existsSync(file)) return { model, tensors: {}, passed: true, ...(await loadAll(folder, options)) };
  if (found.holds === 'export') {
    throw new Failure(
      'unreadable-model',
      `${file} cannot be compared with ready-made ONNX files, which do not show their inner tensors; check the checkpoint instead.`,
    );
  }
  const reference = new ReferenceTensors(file);
  const { computed, provider } = await forArchitecture(folder, found.architecture, checks)(folder, reference, options);
  const tensors = reference.differences(computed);
  return {
    model,
    tensors,
    passed: Object.values(tensors).every((difference) => difference <= checkTolerance),
    provider,
    temporal: found.architecture === 'xclip' ? null : aboutModule(readTemporalModule(folder)),
  };
}

async function loadAll(folder: string, options: ModelOptions): Promise<Pick<ModelCheck, 'provider' | 'temporal'>> {
  if (holdsVideoModel(folder)) {
    await using model = await openVideoModel(folder, options);
    const clip = await model.encodeClips(
      new Float32Array(model.frameCount * 3 * model.preprocessing.cropHeight ** 2),
      1,
    );
    await model.score(clip, new Float32Array(model.dim).fill(1));
    return { provider: model.provider, temporal: null };
  }
  await using model = await openModel(folder, options);
  await model.warmUp('texts');
  return {
    provider: await model.warmUp('images'),
    temporal: aboutModule(readTemporalModule(folder, model.dim)),
  };
}

const aboutModule = (module: TemporalModuleContent | null): ModelCheck['temporal'] =>
  module && { frames: module.shape.frames, fps: module.fps };
