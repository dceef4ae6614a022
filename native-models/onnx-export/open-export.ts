import { existsSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import { parseJson } from '../checkpoint/checkpoint.ts';
import { modelHash } from '../checkpoint/model-hash.ts';
import { encodeImageBatch, encodeTextBatches } from '../encode-batches.ts';
import { readPreprocessing } from '../image/image-preprocessing.ts';
import type { ImageTextModel } from '../image-text-model.ts';
import type { ModelOptions } from '../pretrained-model.ts';
import { probeImages } from '../runtime/probe.ts';
import { floats, type TensorValue } from '../runtime/tensor-value.ts';
import { readTemporalModuleFacts } from '../temporal/temporal-module-file.ts';
import { noTokenizer, readTokenizer, type EncodedText } from '../text/tokenizer.ts';
import { imagePorts, textPorts, type EncoderPorts } from './encoder-ports.ts';
import { findExport } from './export-files.ts';
import { ExportedEncoder, type Feed } from './exported-encoder.ts';

/** The few things that an export may leave to the files beside it. */
const configSchema = z.object({
  projection_dim: z.int().positive().optional(),
  text_config: z.object({ max_position_embeddings: z.int().positive().optional() }).optional(),
  vision_config: z.object({ image_size: z.int().positive().optional() }).optional(),
});

/**
 * Opens ready-made ONNX encoders. The image encoder is loaded at once, because only the file itself says what it takes
 * and gives; the text encoder when first used. Prompt vectors cannot be fed to such files (`parts` is null).
 */
export async function openExport(folder: string, options: ModelOptions): Promise<ImageTextModel> {
  const { vision, text, all } = findExport(folder) ?? { vision: null, text: null, all: [] };
  if (vision === null || text === null) {
    throw new Failure(
      'unreadable-model',
      say('{{folder}} holds only {{files}}; both vision_model.onnx and text_model.onnx are needed.', {
        folder,
        files: vision ?? text ?? say('other files'),
      }),
    );
  }
  const config = configSchema.catch({}).parse(optionalJson(folder, 'config.json'));
  const contextLength = config.text_config?.max_position_embeddings ?? 77;
  const tokenizer = readTokenizer(folder, contextLength, {
    beginsWithMark: true,
    // Only the file itself knows its table, and does not show it.
    vocabularySize: Number.POSITIVE_INFINITY,
  });
  const padding = paddingId(folder, tokenizer?.endOfText ?? 0);
  const sideOf = ({ size }: EncoderPorts): number => size ?? config.vision_config?.image_size ?? 224;

  const images = new ExportedEncoder(
    vision,
    imagePorts,
    (rows, ports) => pictureFeed(probeImages(sideOf(ports)))(rows, ports),
    options,
  );
  const texts = new ExportedEncoder(
    text,
    textPorts,
    (rows, ports) => textFeed([[0, 0, 0]], contextLength, padding)(rows, ports),
    options,
  );
  const ports = await images.ports();
  const size = sideOf(ports);
  const width = ports.width ?? config.projection_dim ?? (await images.encode(1, pictureFeed(probeImages(size)))).length;
  const preprocessing = readPreprocessing(folder, size);
  const hash = await modelHash(all, options.hashCache);
  const temporal = await readTemporalModuleFacts(folder, width, options.hashCache);
  const read = (words: string): EncodedText => {
    if (tokenizer === null) throw noTokenizer(folder);
    return tokenizer.encode(words);
  };
  return {
    name: path.basename(path.resolve(folder)),
    kind: 'ONNX export',
    capabilities: {
      embedsFrames: true,
      embedsTexts: tokenizer !== null,
      takesPromptVectors: false,
      scoresClips: false,
      mergesTokens: false,
    },
    hash,
    dim: width,
    // Exports leave the scale out; trained CLIP models end at the limit they clip it to.
    logitScale: 100,
    logitBias: null,
    contextLength,
    preprocessing,
    get provider() {
      return images.report;
    },
    temporal,
    encoder: null,
    async warmUp(encoder) {
      const chosen = encoder === 'images' ? images : texts;
      await chosen.ports();
      return chosen.report;
    },
    encodeImages: (pixels, batch) =>
      encodeImageBatch(pixels, batch, size, (value) => images.encode(batch, pictureFeed(value))),
    encodeTexts: async (list) =>
      encodeTextBatches(
        list.map((words) => read(words).ids),
        width,
        (batch) => texts.encode(batch.length, textFeed(batch, contextLength, padding)),
      ),
    readText(words) {
      const { ids, truncated } = read(words);
      return { tokens: ids.length, truncated };
    },
    async [Symbol.asyncDispose]() {
      await images[Symbol.asyncDispose]();
      await texts[Symbol.asyncDispose]();
    },
  };
}

/** Rows of pixels `[B, 3, H, W]`. */
function pictureFeed({ data, shape }: TensorValue): Feed {
  const numbers = data as Float32Array;
  const [, ...picture] = shape;
  const length = picture.reduce((product, size) => product * size, 1);
  return (rows, { input }) => {
    if (rows.length * length === numbers.length) return { [input]: floats(numbers, [rows.length, ...picture]) };
    const chosen = new Float32Array(rows.length * length);
    rows.forEach((row, at) => chosen.set(numbers.subarray(row * length, (row + 1) * length), at * length));
    return { [input]: floats(chosen, [rows.length, ...picture]) };
  };
}

/**
 * Token lists, padded to the whole context: an export may come from an encoder without a causal mask, for which what
 * follows the end of a text counts and is what it was trained with.
 */
function textFeed(texts: readonly (readonly number[])[], contextLength: number, padding: number): Feed {
  return (rows, { input, inputType, mask, size }) => {
    const length = size ?? contextLength;
    const longest = Math.max(...texts.map((ids) => ids.length));
    if (longest > length)
      throw new Failure(
        'unreadable-model',
        say('The text encoder is fixed to {{length}} tokens; config.json promises {{contextLength}}.', {
          length,
          contextLength,
        }),
      );
    const padded = rows.flatMap((row) => [...texts[row]!, ...Array<number>(length - texts[row]!.length).fill(padding)]);
    const real = rows.flatMap((row) => Array.from({ length }, (_, at) => (at < texts[row]!.length ? 1 : 0)));
    const shape = [rows.length, length];
    return {
      [input]: integral(inputType === 'int32' ? 'int32' : 'int64', padded, shape),
      ...(mask === null ? {} : { [mask.name]: integral(mask.type, real, shape) }),
    };
  };
}

function integral(type: 'int32' | 'int64', values: readonly number[], shape: readonly number[]): TensorValue {
  return type === 'int32'
    ? { type, data: Int32Array.from(values), shape }
    : { type, data: BigInt64Array.from(values, BigInt), shape };
}

/** The id that the model's own tokenizer pads with; the end-of-text id where it does not say. */
function paddingId(folder: string, endOfText: number): number {
  const token = z
    .object({ pad_token: z.union([z.string(), z.object({ content: z.string() }).transform(({ content }) => content)]) })
    .safeParse(optionalJson(folder, 'tokenizer_config.json')).data?.pad_token;
  const vocabulary = z
    .object({ model: z.object({ vocab: z.record(z.string(), z.int()) }) })
    .safeParse(optionalJson(folder, 'tokenizer.json')).data?.model.vocab;
  return (token === undefined ? undefined : vocabulary?.[token]) ?? endOfText;
}

function optionalJson(folder: string, name: string): unknown {
  const file = path.join(folder, name);
  return existsSync(file) ? parseJson(file) : {};
}
