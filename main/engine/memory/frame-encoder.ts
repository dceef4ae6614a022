import type { FrameEncoder } from '#main/pipeline/encode/embed-video.ts';
import { withoutMerging } from '#native-models/runtime/plan.ts';
import type { ExecutionProvider, ProviderReport } from '#preload/domain/model.ts';
import type { WithInference, WithModels } from './ports.ts';
import { askServer } from './ask-server.ts';
import { laneCount } from '../inference/lane-threads.ts';
import { pinModel } from '../inference/model-fingerprint.ts';
import type { ModelChoice } from '../vocabulary.ts';

/**
 * Frames per run of the image encoder. A processor gains nothing from more than a few, and a text waits for two runs at
 * most; a device needs many to be busy.
 */
const batchSizes: Record<ExecutionProvider, number> = {
  cpu: 4,
  'cpu-merged': 4,
  // Each thread has its own, and fewer processors for it.
  'cpu-int8': 2,
  'cpu-int8-merged': 2,
  webgpu: 16,
  'webgpu-fp16': 16,
  coreml: 16,
  dml: 16,
  cuda: 32,
  'cuda-fp16': 32,
  // As the server's settings say; see below.
  remote: 16,
};

/**
 * A model's image encoder on the inference thread, loaded and its execution provider chosen.
 */
export async function openFrameEncoder(
  { inference, models }: WithInference & WithModels,
  choice: ModelChoice,
): Promise<FrameEncoder & { readonly dim: number; readonly provider: ProviderReport }> {
  const { dim, preprocessing } = await models.facts(choice);
  const model = await pinModel(choice);
  let provider = await askServer(inference, 'warmUp', { model });
  const batchOf = provider.chosen;
  const sharedOut = withoutMerging(batchOf) === 'cpu-int8';
  const server = typeof model.provider === 'object' ? model.provider : null;
  return {
    dim,
    /** What frames are computed on: from the next batch on another, where a device stops working. */
    get provider() {
      return provider;
    },
    preprocessing,
    atOnce: sharedOut ? laneCount : 1,
    batchSize: server === null ? (choice.batch ?? batchSizes[batchOf]) : server.batch * server.requests,
    async encode(pixels, batch) {
      const input = { model, pixels, batch, sharedOut };
      const encoded = await askServer(inference, 'encodeImages', input, [pixels.buffer]);
      if (!sharedOut) ({ provider } = encoded);
      return encoded;
    },
  };
}
