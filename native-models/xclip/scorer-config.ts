import type { XClipConfig } from './config.ts';

/** Of X-CLIP's configuration what the parts that score encoded clips ask for. */
export type ScorerConfig = Pick<
  XClipConfig,
  'projection_dim' | 'prompt_layers' | 'prompt_num_attention_heads' | 'prompt_hidden_act'
> & {
  readonly text_config: Pick<XClipConfig['text_config'], 'layer_norm_eps'>;
  readonly vision_config: Pick<
    XClipConfig['vision_config'],
    | 'num_frames'
    | 'mit_hidden_size'
    | 'mit_intermediate_size'
    | 'mit_num_hidden_layers'
    | 'mit_num_attention_heads'
    | 'hidden_act'
    | 'layer_norm_eps'
  >;
};
