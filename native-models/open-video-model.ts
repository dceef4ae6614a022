import { Failure } from '#preload/domain/failure.ts';
import { forArchitecture, lookAtModelFolder, type Architecture } from './model-folder.ts';
import type { VideoTextModel } from './video-text-model.ts';
import { openXClip, type VideoModelOptions } from './xclip/open-xclip.ts';

export type { EncodedClips, VideoTextModel } from './video-text-model.ts';
export type { VideoModelOptions } from './xclip/open-xclip.ts';

/** Architectures that score whole clips, by the `model_type` of their config.json. */
const openers = { xclip: openXClip } satisfies Partial<Record<Architecture, unknown>>;

/**
 * Opens a checkpoint folder that scores clips. Everything but the numbers of the weights is checked now. Fails with
 * 'not-found' or 'unreadable-model', naming the file at fault; a model of single pictures is refused.
 */
export async function openVideoModel(folder: string, options: VideoModelOptions = {}): Promise<VideoTextModel> {
  const found = lookAtModelFolder(folder);
  if (found.holds === 'export' || found.architecture === 'clip') {
    throw new Failure(
      'unreadable-model',
      `${folder} holds a CLIP, which looks at single frames and cannot score clips: use it as the project's model, and an X-CLIP as the scorer.`,
      { file: folder },
    );
  }
  return forArchitecture(folder, found.architecture, openers)(folder, options);
}

/** Whether the folder holds a model that scores clips rather than one of single pictures. Fails as opening does. */
export function holdsVideoModel(folder: string): boolean {
  const found = lookAtModelFolder(folder);
  return found.holds === 'checkpoint' && Object.hasOwn(openers, found.architecture);
}
