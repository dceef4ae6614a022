import type { ClipConfig } from '#native-models/clip/config.ts';

/** The `config.json` of an X-CLIP on the towers of a CLIP, of the published base models' make: clips of 8 frames. */
export function xclipConfigOn({ projection_dim: dim, text_config, vision_config }: ClipConfig) {
  const headWidth = vision_config.hidden_size / vision_config.num_attention_heads;
  const heads = dim / headWidth;
  return {
    model_type: 'xclip',
    architectures: ['XCLIPModel'],
    projection_dim: dim,
    prompt_layers: 2,
    prompt_alpha: 0.1,
    prompt_num_attention_heads: heads,
    prompt_hidden_act: vision_config.hidden_act,
    text_config,
    vision_config: {
      ...vision_config,
      num_frames: 8,
      mit_hidden_size: dim,
      mit_intermediate_size: 4 * dim,
      mit_num_hidden_layers: 1,
      mit_num_attention_heads: heads,
    },
  };
}
