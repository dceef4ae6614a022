import path from 'node:path';
import { modelHash } from '../checkpoint/model-hash.ts';
import { l2Normalise } from '../graph/composites.ts';
import { dim } from '../graph/dimension.ts';
import { lowerToOnnx } from '../graph/lower-to-onnx.ts';
import { input } from '../graph/tensor.ts';
import { readPreprocessing } from '../image/image-preprocessing.ts';
import type { ImageTextModel } from '../image-text-model.ts';
import type { ModelOptions } from '../pretrained-model.ts';
import { LazySession } from '../runtime/lazy-session.ts';
import { probeImages } from '../runtime/probe.ts';
import { floatsOf } from '../runtime/tensor-value.ts';
import { readTemporalModuleFacts } from '../temporal/temporal-module-file.ts';
import { encodeImageBatch, encodeTextBatches } from '../encode-batches.ts';
import { readClipParts, type ClipParts } from './clip-parts.ts';
import { textFeeds } from './text-feeds.ts';
import { endOfTextPosition, textTower, tokenEmbeddings } from './text-tower.ts';
import { noTokenizer } from './tokenizer.ts';
import { visionTower } from './vision-tower.ts';

/** Opens a CLIP checkpoint folder (Hugging Face layout). Both graphs are built and checked now, weights are read later. */
export async function openClip(folder: string, options: ModelOptions): Promise<ImageTextModel> {
  const parts = readClipParts(folder);
  const { config, checkpoint, tokenizer } = parts;
  const { no_causal_mask: bothWays, max_position_embeddings: context } = config.text_config;
  const textLength = bothWays ? context : undefined;
  const imageGraph = imageEncoder(parts);
  const textGraph = textEncoder(parts);
  const size = config.vision_config.image_size;
  const preprocessing = readPreprocessing(folder, size);
  const logitScale = Math.exp(checkpoint.number('logit_scale'));
  const hash = await modelHash([path.join(folder, 'config.json'), ...checkpoint.files], options.hashCache);
  const temporal = await readTemporalModuleFacts(folder, config.projection_dim, options.hashCache);

  const images = new LazySession(
    () => ({ model: lowerToOnnx({ embeds: imageGraph }), probe: () => ({ pixels: probeImages(size) }) }),
    options,
  );
  const texts = new LazySession(
    () => ({ model: lowerToOnnx({ embeds: textGraph }), probe: () => textFeeds([[0, 0, 0]], [2], textLength) }),
    options,
  );
  const read = (text: string): { readonly ids: readonly number[]; readonly truncated: boolean } => {
    if (tokenizer === null) throw noTokenizer(folder);
    return tokenizer.encode(text);
  };
  return {
    name: path.basename(path.resolve(folder)),
    kind: 'CLIP',
    capabilities: {
      embedsFrames: true,
      embedsTexts: tokenizer !== null,
      takesPromptVectors: true,
      scoresClips: false,
    },
    hash,
    dim: config.projection_dim,
    logitScale,
    contextLength: config.text_config.max_position_embeddings,
    preprocessing,
    get provider() {
      return images.report.chosen === null && texts.report.chosen !== null ? texts.report : images.report;
    },
    temporal,
    parts,
    async warmUp(encoder) {
      const session = encoder === 'images' ? images : texts;
      await session.open();
      return session.report;
    },
    encodeImages: (pixels, batch) =>
      encodeImageBatch(pixels, batch, size, async (value) => floatsOf(await images.run({ pixels: value }), 'embeds')),
    encodeTexts: async (list) =>
      encodeTextBatches(
        list.map((text) => read(text).ids),
        config.projection_dim,
        async (batch) => {
          const ends = batch.map((ids) => endOfTextPosition(ids, config.text_config.eos_token_id));
          return floatsOf(await texts.run(textFeeds(batch, ends, textLength)), 'embeds');
        },
      ),
    readText(text) {
      const { ids, truncated } = read(text);
      return { tokens: ids.length, truncated };
    },
    async [Symbol.asyncDispose]() {
      await images[Symbol.asyncDispose]();
      await texts[Symbol.asyncDispose]();
    },
  };
}

function imageEncoder({ config, checkpoint }: ClipParts) {
  const { image_size: size, num_channels: channels } = config.vision_config;
  const pixels = input('pixels', [dim('batch'), channels, size, size]);
  return l2Normalise(visionTower(pixels, config, checkpoint).embeds);
}

function textEncoder({ config, checkpoint }: ClipParts) {
  const ids = input('ids', [dim('texts'), dim('tokens')], 'int64');
  const endOfText = input('end_of_text', [dim('texts'), dim('tokens')]);
  return l2Normalise(textTower(tokenEmbeddings(ids, config, checkpoint), endOfText, config, checkpoint).embeds);
}
