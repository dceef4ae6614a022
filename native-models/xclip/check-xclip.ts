import { rowFeeds, textLeaves } from '../dual-encoder/text-feeds.ts';
import { lowerToOnnx } from '../graph/lower-to-onnx.ts';
import { input } from '../graph/tensor.ts';
import type { Recomputed, ReferenceTensors } from '../reference-tensors.ts';
import { openOnBestProvider, type ProviderOptions } from '../runtime/providers.ts';
import { floatsOf } from '../runtime/tensor-value.ts';
import { encodeClips, encodeNames, nameEncoder, scoreClips } from './xclip.ts';
import { readXClipParts } from './xclip-parts.ts';

/** Recomputes the tensors of an X-CLIP reference file through all three pieces. */
export async function checkXClip(
  folder: string,
  reference: ReferenceTensors,
  options: ProviderOptions,
): Promise<Recomputed> {
  const { config, checkpoint } = readXClipParts(folder);
  const pixels = reference.take('pixel_values');
  const texts = reference.take('input_ids');
  // Padding follows the end of a text, where the causal mask already keeps it without effect.
  if (reference.has('attention_mask')) reference.take('attention_mask');
  const [classes, length] = texts.shape as [number, number];
  const ids = Array.from(texts.data, Number);
  const rows = Array.from({ length: classes }, (_, row) => ids.slice(row * length, (row + 1) * length));
  const lengths = rows.map((row) => row.length);

  const encoded = encodeClips(input('pixels', pixels.shape), config, checkpoint);
  const reader = nameEncoder(config, checkpoint);
  const names = encodeNames(reader, textLeaves(reader, [classes, length]));
  const scored = scoreClips(encoded, names, config, checkpoint);
  const outputs = {
    mit_last_hidden: scored.integrated,
    video_embeds: scored.videos,
    text_embeds: scored.texts,
    logits_per_video: scored.logits,
  };
  const feeds = { pixels, ...rowFeeds(reader, rows, lengths) };
  const { session, report } = await openOnBestProvider(lowerToOnnx(outputs), () => feeds, options);
  await using _ = session;
  const values = await session.run(feeds);
  return {
    computed: new Map(Object.keys(outputs).map((name) => [name, floatsOf(values, name)])),
    provider: report,
  };
}
