import type { ModelFamily } from '../model-family.ts';
import { checkXClip } from './check-xclip.ts';
import { xclipGraphs } from './xclip-graphs.ts';
import { readXClipParts } from './xclip-parts.ts';

export const xclipFamily: ModelFamily = {
  kind: 'X-CLIP',
  modelType: 'xclip',
  graphs: (folder) => Object.values(xclipGraphs(readXClipParts(folder))),
  readClips: readXClipParts,
  recompute: checkXClip,
};
