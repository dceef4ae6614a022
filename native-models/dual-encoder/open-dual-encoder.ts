import path from 'node:path';
import { computingHere } from '#preload/domain/inference-server.ts';
import { modelHash } from '../checkpoint/model-hash.ts';
import { encodeImageBatch, encodeTextBatches } from '../encode-batches.ts';
import { lowerToOnnx, type OnnxModel } from '../graph/lower-to-onnx.ts';
import { keptInFolder } from '../graph/onnx-folder.ts';
import type { Precision } from '../graph/quantise.ts';
import type { ImageTextModel } from '../image-text-model.ts';
import type { ModelOptions } from '../pretrained-model.ts';
import { LazySession } from '../runtime/lazy-session.ts';
import { planOf } from '../runtime/plan.ts';
import { probeImages } from '../runtime/probe.ts';
import { floatsOf } from '../runtime/tensor-value.ts';
import { readTemporalModuleFacts } from '../temporal/temporal-module-file.ts';
import { noTokenizer, type EncodedText } from '../text/tokenizer.ts';
import { mergedPerBlock } from '../transformer/token-merging.ts';
import { capabilitiesOf } from '../xclip/on-towers.ts';
import type { DualEncoder } from './dual-encoder.ts';
import { imageFeatures, textFeatures } from './dual-encoder-graphs.ts';
import { textFeeds } from './text-feeds.ts';

/** Opens a dual encoder. Both graphs are built and checked now, weights are read later. Fails with 'unreadable-model'. */
export async function openDualEncoder(encoder: DualEncoder, options: ModelOptions): Promise<ImageTextModel> {
  const { folder, tokenizer, preprocessing } = encoder;
  const size = encoder.pictures.imageSize;
  const imageGraph = imageFeatures(encoder);
  const textGraph = textFeatures(encoder);
  const merged = mergedPerBlock(encoder.pictures.merges);
  const hash = await modelHash(encoder.files, options.hashCache);
  const temporal = await readTemporalModuleFacts(folder, encoder.dim, options.hashCache);

  const { isTried = false, formsIn } = options.pictures ?? {};
  const formOf =
    (mergesTokens: boolean) =>
    (precision: Precision): OnnxModel | string => {
      const embeds = mergesTokens ? imageFeatures(encoder, merged) : imageGraph;
      const lower = (gatheredIn?: string) => lowerToOnnx({ embeds }, precision, gatheredIn);
      const name = `${hash}-${precision}${mergesTokens ? '-merged' : ''}`;
      return formsIn === undefined ? lower() : keptInFolder(path.join(formsIn, name), lower);
    };
  const forced = computingHere(options.provider ?? 'auto');
  const known = planOf(isTried && forced !== 'auto' ? forced : 'cpu');
  const images = new LazySession(
    () => ({
      model:
        known.precision === 'fp32' && !known.mergesTokens
          ? lowerToOnnx({ embeds: imageGraph })
          : formOf(known.mergesTokens)(known.precision),
      probe: () => ({ pixels: probeImages(size) }),
      piece: 'frames',
      inPrecision: formOf(false),
      withMergedTokens: merged === 0 ? null : formOf(true),
    }),
    { ...options, ...options.pictures },
  );
  const texts = new LazySession(
    () => ({
      model: lowerToOnnx({ embeds: textGraph }),
      probe: () => textFeeds(encoder.texts, [[0, 0, 0]]),
      piece: 'texts',
    }),
    options,
  );
  const read = (text: string): EncodedText => {
    if (tokenizer === null) throw noTokenizer(folder);
    return tokenizer.encode(text);
  };
  return {
    name: path.basename(path.resolve(folder)),
    kind: encoder.kind,
    capabilities: capabilitiesOf(encoder),
    hash,
    dim: encoder.dim,
    logitScale: encoder.logitScale,
    logitBias: encoder.logitBias,
    contextLength: encoder.texts.contextLength,
    preprocessing,
    get provider() {
      return images.report.chosen === null && texts.report.chosen !== null ? texts.report : images.report;
    },
    temporal,
    encoder,
    async warmUp(which) {
      const session = which === 'images' ? images : texts;
      await session.open();
      return session.report;
    },
    encodeImages: (pixels, batch) =>
      encodeImageBatch(pixels, batch, size, async (value) => floatsOf(await images.run({ pixels: value }), 'embeds')),
    encodeTexts: async (list) =>
      encodeTextBatches(
        list.map((text) => read(text).ids),
        encoder.dim,
        async (batch) => floatsOf(await texts.run(textFeeds(encoder.texts, batch)), 'embeds'),
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
