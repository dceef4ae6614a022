import { say, type Saying } from '#preload/domain/saying.ts';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Failure } from '#preload/domain/failure.ts';
import { parseJson } from '../checkpoint/checkpoint.ts';
import { unreadable } from '../checkpoint/safetensors.ts';
import { saidIssue } from '#preload/domain/said-issue.ts';

/** Interpolation by name; filters are widened when an image shrinks, as Pillow does. */
export type Resample = 'nearest' | 'lanczos' | 'bilinear' | 'bicubic' | 'box' | 'hamming';

/** How a picture becomes a model's input: resize, centre crop, scale, then (x − mean) / std per channel (RGB). */
export interface ImagePreprocessing {
  /** `shortest-edge`: the shorter side becomes `size`, proportions kept. `squash`: both sides become `size`. */
  readonly resize: 'shortest-edge' | 'squash';
  readonly size: number;
  readonly cropWidth: number;
  readonly cropHeight: number;
  readonly resample: Resample;
  /** Factor on the bytes 0..255 before normalising; 1/255 almost always. */
  readonly rescale: number;
  readonly mean: readonly [number, number, number];
  readonly std: readonly [number, number, number];
}

/** Pillow's numbers for its filters, which is how preprocessor_config.json writes them. */
const resampleByNumber: readonly Resample[] = ['nearest', 'lanczos', 'bilinear', 'bicubic', 'box', 'hamming'];

/** What a model family does where its file says nothing. */
export interface PreprocessingDefaults {
  readonly resize: ImagePreprocessing['resize'];
  /** Pillow's number of the filter. */
  readonly resample: number;
  readonly mean: [number, number, number];
  readonly std: [number, number, number];
}

/** CLIP's own preparation of pictures (openai/CLIP clip.py). */
export const clipPreprocessing: PreprocessingDefaults = {
  resize: 'shortest-edge',
  resample: 3,
  mean: [0.48145466, 0.4578275, 0.40821073],
  std: [0.26862954, 0.26130258, 0.27577711],
};

const side = z.int().positive();
const box = z.object({ height: side, width: side });
const triple = z.tuple([z.number(), z.number(), z.number()]);

const processorSchema = z.object({
  do_resize: z.boolean().nullish(),
  size: z.union([side, z.object({ shortest_edge: side }), box]).nullish(),
  resample: z.int().min(0).max(5).nullish(),
  do_center_crop: z.boolean().nullish(),
  crop_size: z.union([side, box, z.object({ shortest_edge: side })]).nullish(),
  do_rescale: z.boolean().nullish(),
  rescale_factor: z.number().positive().nullish(),
  do_normalize: z.boolean().nullish(),
  rescale_offset: z.boolean().nullish(),
  image_mean: triple.nullish(),
  image_std: z.tuple([z.number().positive(), z.number().positive(), z.number().positive()]).nullish(),
});

/**
 * A model folder's preprocessing from `preprocessor_config.json` (or `processor_config.json`, where newer files nest
 * it); the shorter side is resized and the centre cropped unless it says otherwise, and `defaults` are the rest of what
 * is missing there. `imageSize` is the side the model takes. Fails with 'unreadable-model' if the file asks for something else.
 */
export function readPreprocessing(
  folder: string,
  imageSize: number,
  defaults: PreprocessingDefaults = clipPreprocessing,
): ImagePreprocessing {
  const { file, value } = processorFile(folder);
  const parsed = processorSchema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw unreadable(file, say('cannot be used: {{fault}}', { fault: saidIssue(issue!) }));
  }
  const config = parsed.data;
  const { resize, size } =
    config.size == null ? { resize: defaults.resize, size: imageSize } : resizing(file, config.size);
  const crop =
    (config.do_center_crop ?? true) ? cropping(config.crop_size ?? imageSize) : { height: imageSize, width: imageSize };
  if (config.do_resize === false)
    throw misconfigured(file, say('turns resizing off, but the model takes pictures of one size'));
  if (crop.width !== imageSize || crop.height !== imageSize) {
    throw misconfigured(
      file,
      say('crops to {{width}}×{{height}}, but the model takes {{imageSize}}×{{imageSize}}', {
        width: crop.width,
        height: crop.height,
        imageSize,
      }),
    );
  }
  const normalise = config.do_normalize ?? true;
  // Bytes that become −1 to 1 before anything else (EfficientNet): one more is taken away with the mean.
  const offset = config.rescale_offset === true ? 1 : 0;
  const mean = normalise ? (config.image_mean ?? defaults.mean) : ([0, 0, 0] as const);
  return {
    resize,
    size,
    cropWidth: crop.width,
    cropHeight: crop.height,
    resample: resampleByNumber[config.resample ?? defaults.resample]!,
    rescale: (config.do_rescale ?? true) ? (config.rescale_factor ?? 1 / 255) : 1,
    mean: [mean[0] + offset, mean[1] + offset, mean[2] + offset],
    std: normalise ? (config.image_std ?? defaults.std) : [1, 1, 1],
  };
}

/** The side to which a folder's file crops pictures, for models that take any; null where it does not say. */
export function readCropSize(folder: string): number | null {
  const { value } = processorFile(folder);
  const config = processorSchema.safeParse(value).data;
  const size = config?.do_center_crop === false ? config.size : (config?.crop_size ?? config?.size);
  return size == null ? null : cropping(size).height;
}

/** The identity of a preprocessing, part of the key under which features are kept: equal settings, equal hash. */
export function preprocessingHash(preprocessing: ImagePreprocessing): string {
  const { resize, size, cropWidth, cropHeight, resample, rescale, mean, std } = preprocessing;
  const canonical = JSON.stringify([resize, size, cropWidth, cropHeight, resample, rescale, mean, std]);
  return createHash('sha256').update(canonical).digest('hex').slice(0, 16);
}

function processorFile(folder: string): { file: string; value: unknown } {
  const own = path.join(folder, 'preprocessor_config.json');
  if (existsSync(own)) return { file: own, value: parseJson(own) };
  const nested = path.join(folder, 'processor_config.json');
  if (!existsSync(nested)) return { file: own, value: {} };
  const processor = z.object({ image_processor: z.unknown().optional() }).safeParse(parseJson(nested));
  return { file: nested, value: processor.data?.image_processor ?? {} };
}

/** Another download would say the same. */
const misconfigured = (file: string, fault: Saying): Failure =>
  unreadable(file, fault, undefined, undefined, say('Correct it there, or take the file that belongs to this model.'));

type Size = NonNullable<z.infer<typeof processorSchema>['size']>;

function resizing(file: string, size: Size): Pick<ImagePreprocessing, 'resize' | 'size'> {
  if (typeof size === 'number') return { resize: 'shortest-edge', size };
  if ('shortest_edge' in size) return { resize: 'shortest-edge', size: size.shortest_edge };
  if (size.height !== size.width)
    throw misconfigured(
      file,
      say('resizes to {{width}}×{{height}}; only squares are supported', { width: size.width, height: size.height }),
    );
  return { resize: 'squash', size: size.height };
}

function cropping(size: Size): { readonly height: number; readonly width: number } {
  if (typeof size === 'number') return { height: size, width: size };
  return 'shortest_edge' in size ? { height: size.shortest_edge, width: size.shortest_edge } : size;
}
