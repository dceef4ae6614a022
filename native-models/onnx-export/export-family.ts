import type { ModelFamily } from '../model-family.ts';
import { openExport } from './open-export.ts';

/** Ready-made encoders of any image-text architecture. */
export const exportFamily: ModelFamily = {
  kind: 'ONNX export',
  modelType: null,
  openFrames: openExport,
};
