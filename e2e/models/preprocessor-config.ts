interface PixelSpread {
  readonly image_mean: readonly [number, number, number];
  readonly image_std: readonly [number, number, number];
}

/** Bicubic, with the pixels' mean and spread in CLIP's training pictures. */
export const clipPreprocessor = (size: number): object => ({
  image_processor_type: 'CLIPImageProcessor',
  do_convert_rgb: true,
  ...squareCrop(size, 3, {
    image_mean: [0.48145466, 0.4578275, 0.40821073],
    image_std: [0.26862954, 0.26130258, 0.27577711],
  }),
});

/** Bilinear, with ImageNet's mean and spread, as X-CLIP's folders have it. */
export const xclipPreprocessor = (size: number): object =>
  squareCrop(size, 2, { image_mean: [0.485, 0.456, 0.406], image_std: [0.229, 0.224, 0.225] });

/** A `preprocessor_config.json` for the middle `size` × `size` pixels of a picture whose shorter edge was made `size`. */
const squareCrop = (size: number, resample: number, spread: PixelSpread): object => ({
  do_resize: true,
  size: { shortest_edge: size },
  resample,
  do_center_crop: true,
  crop_size: { height: size, width: size },
  do_rescale: true,
  rescale_factor: 1 / 255,
  do_normalize: true,
  ...spread,
});
