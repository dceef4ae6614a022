import type { ModelFamily } from '../model-family.ts';
import { checkClip } from './check-clip.ts';
import { openClip } from './open-clip.ts';

export const clipFamily: ModelFamily = {
  kind: 'CLIP',
  modelType: 'clip',
  openFrames: openClip,
  recompute: checkClip,
};
