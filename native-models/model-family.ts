import type { DualEncoder } from './dual-encoder/dual-encoder.ts';
import type { ImageTextModel } from './image-text-model.ts';
import type { ModelOptions } from './pretrained-model.ts';
import type { Recomputed, ReferenceTensors } from './reference-tensors.ts';
import type { ServedGraph } from './serving/served-graph.ts';
import type { XClipParts } from './xclip/xclip-parts.ts';

/** One kind of pretrained model: how its folders are known, and the doors to what it does. Each has a folder here. */
export interface ModelFamily {
  /** As people read it. */
  readonly kind: string;
  /** The `model_type` of its config.json; null for files that come without a checkpoint. */
  readonly modelType: string | null;
  /** Reads one of two encoders without its weights, for what builds graphs of them (prompt tuning); absent for all others. */
  readonly readEncoder?: (folder: string) => DualEncoder;
  /** Its pieces as graphs for a server; absent for files that are graphs already. */
  readonly graphs?: (folder: string) => ServedGraph[];
  /** Opens one that puts single frames and texts into one space; absent where the family does not. */
  readonly openFrames?: (folder: string, options: ModelOptions) => Promise<ImageTextModel>;
  /**
   * Reads what scores whole clips, without its weights, with what tuning changed in them; absent where the family cannot.
   * Of a family that also opens frames it is to be taught first.
   */
  readonly readClips?: (folder: string, tunedFile: string | null) => XClipParts;
  /** Recomputes every tensor of a reference file; absent where inner tensors cannot be seen. */
  readonly recompute?: (folder: string, reference: ReferenceTensors, options: ModelOptions) => Promise<Recomputed>;
}
