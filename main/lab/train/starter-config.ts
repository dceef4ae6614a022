/** The starter model's `config.json`: a CLIP small enough to ship and to train on two cores. */
export function starterConfig(vocabularySize: number) {
  return {
    model_type: 'clip',
    architectures: ['CLIPModel'],
    projection_dim: 128,
    logit_scale_init_value: 2.6592,
    text_config: {
      vocab_size: vocabularySize,
      hidden_size: 128,
      intermediate_size: 512,
      num_hidden_layers: 3,
      num_attention_heads: 4,
      max_position_embeddings: 77,
      hidden_act: 'quick_gelu',
      bos_token_id: vocabularySize - 2,
      eos_token_id: vocabularySize - 1,
    },
    vision_config: {
      hidden_size: 128,
      intermediate_size: 512,
      num_hidden_layers: 4,
      num_attention_heads: 4,
      image_size: 72,
      patch_size: 12,
      hidden_act: 'quick_gelu',
    },
  };
}

/** The starter model's `preprocessor_config.json`: values -1 to 1. */
export const starterPreprocessor = {
  do_resize: true,
  size: { shortest_edge: 72 },
  resample: 3,
  do_center_crop: true,
  crop_size: { height: 72, width: 72 },
  do_rescale: true,
  do_normalize: true,
  image_mean: [0.5, 0.5, 0.5],
  image_std: [0.5, 0.5, 0.5],
};
