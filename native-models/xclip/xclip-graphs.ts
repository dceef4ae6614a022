import { textLeaves } from '../dual-encoder/text-feeds.ts';
import { dim } from '../graph/dimension.ts';
import { input } from '../graph/tensor.ts';
import type { ServedGraph } from '../serving/served-graph.ts';
import { encodeNames } from './xclip.ts';
import type { XClipParts } from './xclip-parts.ts';

/** X-CLIP's three pieces as graphs. */
export function xclipGraphs(parts: XClipParts) {
  const { frameCount, contextRows, width, picture, texts, checkpoint } = parts;
  const pixels = input('pixels', [dim('clips'), frameCount, ...picture]);
  const { frames, context } = parts.encodeClips(pixels, checkpoint);
  const encoded = {
    frames: input('frames', [dim('clips'), frameCount, width]),
    context: input('context', [dim('clips'), contextRows, width]),
  };
  const { logits } = parts.scoreClips(encoded, input('embeds', [dim('names'), width]), checkpoint);
  return {
    clips: { piece: 'clips', outputs: { frames, context }, largestBatch: 8 },
    names: { piece: 'names', outputs: { embeds: encodeNames(texts, textLeaves(texts)) }, largestBatch: 64 },
    scores: { piece: 'scores', outputs: { logits }, largestBatch: null },
  } as const satisfies Record<string, ServedGraph>;
}
