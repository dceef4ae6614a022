import type { ModelFamily } from '../model-family.ts';
import { checkDualEncoder } from './check-dual-encoder.ts';
import { dualEncoderGraphs } from './dual-encoder-graphs.ts';
import type { DualEncoder } from './dual-encoder.ts';
import { openDualEncoder } from './open-dual-encoder.ts';
import { partsOnTowers } from '../xclip/on-towers.ts';

/** A family of models that `read` turns into a pair of encoders: all that is to be known of it. */
export const dualEncoderFamily = (
  kind: string,
  modelType: string,
  read: (folder: string) => DualEncoder,
): ModelFamily => ({
  kind,
  modelType,
  readEncoder: read,
  graphs: (folder) => dualEncoderGraphs(read(folder)),
  openFrames: (folder, options) => openDualEncoder(read(folder), options),
  readClips: (folder, tunedFile) => partsOnTowers(read(folder), tunedFile),
  recompute: (folder, reference, options) => checkDualEncoder(read(folder), reference, options),
});
