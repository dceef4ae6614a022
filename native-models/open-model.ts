import { Failure } from '#preload/domain/failure.ts';
import { openClip } from './clip/open-clip.ts';
import type { ImageTextModel, ModelOptions } from './image-text-model.ts';
import { forArchitecture, lookAtModelFolder, type Architecture } from './model-folder.ts';
import { openExport } from './onnx-export/open-export.ts';

export type { ImageTextModel, ModelOptions } from './image-text-model.ts';

/** Architectures whose checkpoints put pictures and texts into one space, by the `model_type` of their config.json. */
const openers = { clip: openClip } satisfies Partial<Record<Architecture, unknown>>;

/**
 * Opens a model folder: a checkpoint in Hugging Face layout, or ready-made ONNX exports. Everything but the numbers of
 * the weights is checked now. Fails with 'not-found' or 'unreadable-model', naming the file at fault.
 */
export async function openModel(folder: string, options: ModelOptions = {}): Promise<ImageTextModel> {
  const found = lookAtModelFolder(folder);
  if (found.holds === 'export') return openExport(folder, found.files, options);
  if (found.architecture === 'xclip') {
    throw new Failure(
      'unreadable-model',
      `${folder} holds an X-CLIP, which scores whole clips and has no features of single frames: use it as the project's scorer, and a CLIP as its model.`,
      { file: folder },
    );
  }
  return forArchitecture(folder, found.architecture, openers)(folder, options);
}
