import { textLeaves } from '../dual-encoder/text-feeds.ts';
import { dim } from '../graph/dimension.ts';
import { input } from '../graph/tensor.ts';
import type { ServedGraph } from '../serving/served-graph.ts';
import { contextRowsOf } from './config.ts';
import { encodeClips, encodeNames, nameEncoder, scoreClips } from './xclip.ts';
import type { XClipParts } from './xclip-parts.ts';

/** X-CLIP's three pieces as graphs. */
export function xclipGraphs({ config, checkpoint }: XClipParts) {
  const { image_size: size, num_frames: frameCount, num_channels: channels } = config.vision_config;
  const { projection_dim: width } = config;
  const contextRows = contextRowsOf(config);
  const pixels = input('pixels', [dim('clips'), frameCount, channels, size, size]);
  const { frames, context } = encodeClips(pixels, config, checkpoint);
  const reader = nameEncoder(config, checkpoint);
  const encoded = {
    frames: input('frames', [dim('clips'), frameCount, width]),
    context: input('context', [dim('clips'), contextRows, width]),
  };
  const { logits } = scoreClips(encoded, input('embeds', [dim('names'), width]), config, checkpoint);
  return {
    clips: { piece: 'clips', outputs: { frames, context }, largestBatch: 8 },
    names: { piece: 'names', outputs: { embeds: encodeNames(reader, textLeaves(reader)) }, largestBatch: 64 },
    scores: { piece: 'scores', outputs: { logits }, largestBatch: null },
  } as const satisfies Record<string, ServedGraph>;
}
