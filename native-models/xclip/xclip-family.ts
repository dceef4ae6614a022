import type { ModelFamily } from '../model-family.ts';
import { checkXClip } from './check-xclip.ts';
import { openXClip } from './open-xclip.ts';

export const xclipFamily: ModelFamily = {
  kind: 'X-CLIP',
  modelType: 'xclip',
  openClips: openXClip,
  recompute: checkXClip,
};
