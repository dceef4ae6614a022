import { Failure } from '#preload/domain/failure.ts';
import { familyOf } from './families.ts';
import type { VideoModelOptions, VideoTextModel } from './video-text-model.ts';

export type { EncodedClips, VideoTextModel } from './video-text-model.ts';

/**
 * Opens a checkpoint folder that scores clips. Everything but the numbers of the weights is checked now. Fails with
 * 'not-found' or 'unreadable-model', naming the file at fault; a model of single pictures is refused.
 */
export async function openVideoModel(folder: string, options: VideoModelOptions = {}): Promise<VideoTextModel> {
  const { kind, openClips } = familyOf(folder);
  if (openClips !== undefined) return openClips(folder, options);
  throw new Failure(
    'unreadable-model',
    `${folder} holds a model of type ${kind}, which looks at single frames and cannot score clips: use it as the project's model, and an X-CLIP as the scorer.`,
    { file: folder },
  );
}

/** Whether the folder holds a model that scores clips rather than one of single pictures. Fails as opening does. */
export const holdsVideoModel = (folder: string): boolean => familyOf(folder).openClips !== undefined;
