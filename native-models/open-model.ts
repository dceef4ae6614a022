import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import type { DualEncoder } from './dual-encoder/dual-encoder.ts';
import { familyOf } from './families.ts';
import type { ImageTextModel } from './image-text-model.ts';
import type { ModelOptions } from './pretrained-model.ts';

export type { DualEncoder } from './dual-encoder/dual-encoder.ts';
export type { ImageTextModel } from './image-text-model.ts';

/**
 * Opens a model folder: a checkpoint in Hugging Face layout, or ready-made ONNX exports. Everything but the numbers of
 * the weights is checked now. Fails with 'not-found' or 'unreadable-model', naming the file at fault; a model without
 * features of single frames is refused.
 */
export async function openModel(folder: string, options: ModelOptions = {}): Promise<ImageTextModel> {
  const { kind, openFrames } = familyOf(folder);
  if (openFrames !== undefined) return openFrames(folder, options);
  throw new Failure(
    'unreadable-model',
    say(
      "{{folder}} holds a model of type {{kind}}, which scores whole clips and has no features of single frames: use it as the project's scorer, and a CLIP as its model.",
      { folder, kind },
    ),
    { file: folder },
  );
}

/**
 * Reads a folder's pair of encoders without their weights, for building graphs of them (prompt tuning). Fails as
 * `openModel`, and for models that show nothing of their inside.
 */
export function readDualEncoder(folder: string): DualEncoder {
  const { kind, readEncoder } = familyOf(folder);
  if (readEncoder !== undefined) return readEncoder(folder);
  throw new Failure(
    'unreadable-model',
    say(
      '{{folder}} holds a model of type {{kind}}, to which learned vectors cannot be fed; use a checkpoint (config.json and model.safetensors).',
      { folder, kind },
    ),
    { file: folder },
  );
}
