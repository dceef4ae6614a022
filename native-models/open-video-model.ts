import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import { familyOf } from './families.ts';
import type { VideoModelOptions, VideoTextModel } from './video-text-model.ts';
import { openXClip } from './xclip/open-xclip.ts';
import type { XClipParts } from './xclip/xclip-parts.ts';

export type { EncodedClips, VideoTextModel } from './video-text-model.ts';

/**
 * Opens a checkpoint folder that scores clips: an X-CLIP, or the towers of another family with X-CLIP's parts on them.
 * Everything but the numbers of the weights is checked now. Fails with 'not-found' or 'unreadable-model', naming the
 * file at fault; ready-made exports are refused.
 */
export const openVideoModel = async (folder: string, options: VideoModelOptions = {}): Promise<VideoTextModel> =>
  openXClip(readClipParts(folder, options.tunedFile ?? null), options);

/** Reads the same without its weights, for building graphs (tuning). Fails as opening does. */
export function readClipParts(folder: string, tunedFile: string | null = null): XClipParts {
  const { kind, readClips } = familyOf(folder);
  if (readClips !== undefined) return readClips(folder, tunedFile);
  throw new Failure(
    'unreadable-model',
    say(
      "{{folder}} holds a model of type {{kind}}, which looks at single frames and cannot score clips: use it as the project's model, and an X-CLIP as the scorer.",
      { folder, kind },
    ),
    { file: folder },
  );
}

/** Whether the folder holds a model that scores clips and does nothing else. Fails as opening does. */
export const onlyScoresClips = (folder: string): boolean => familyOf(folder).openFrames === undefined;
