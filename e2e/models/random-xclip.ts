import { textLeaves } from '#native-models/dual-encoder/text-feeds.ts';
import { dim } from '#native-models/graph/dimension.ts';
import { input } from '#native-models/graph/tensor.ts';
import { trainableCheckpoint } from '#native-models/training/trainable-checkpoint.ts';
import { readXClipConfig } from '#native-models/xclip/config.ts';
import { encodeClips, encodeNames, nameEncoder, scoreClips } from '#native-models/xclip/xclip.ts';
import { xclipPreprocessor } from './preprocessor-config.ts';
import { writeRandomWeights } from './random-weights.ts';
import { tinyTokenizerFiles, tinyVocabularySize } from './tiny-tokenizer.ts';
import { writeModelFiles } from './write-model-files.ts';

/** What a made-up X-CLIP is like; all else are Hugging Face's defaults, those of the base models. */
export interface RandomXClip {
  readonly projection_dim?: number;
  readonly prompt_num_attention_heads?: number;
  /** Logarithm of the scale of logits; that of published models where it is not said. */
  readonly logit_scale_init_value?: number;
  readonly vision_config?: Readonly<Record<string, number>>;
  readonly text_config?: Readonly<Record<string, number>>;
}

/** A small X-CLIP: 4 frames of 32×32 in 16 patches. */
export const tinyXClip: RandomXClip = {
  projection_dim: 40,
  prompt_num_attention_heads: 4,
  text_config: { hidden_size: 48, intermediate_size: 96, num_hidden_layers: 2, num_attention_heads: 4 },
  vision_config: {
    hidden_size: 48,
    intermediate_size: 96,
    num_hidden_layers: 2,
    num_attention_heads: 4,
    mit_hidden_size: 40,
    mit_intermediate_size: 80,
    mit_num_attention_heads: 4,
    image_size: 32,
    patch_size: 8,
    num_frames: 4,
  },
};

/**
 * A complete checkpoint folder of an X-CLIP with random weights: which tensors there are, and their shapes, is asked of
 * the architecture itself. Its answers mean nothing; for one seed they are always the same.
 * @returns the folder.
 */
export function makeRandomXClip(folder: string, model: RandomXClip = tinyXClip, seed = 1): string {
  writeModelFiles(folder, {
    ...tinyTokenizerFiles(),
    'config.json': {
      model_type: 'xclip',
      ...model,
      text_config: { vocab_size: tinyVocabularySize, ...model.text_config },
    },
  });
  const config = readXClipConfig(folder);
  const { image_size: size, num_frames: frames } = config.vision_config;
  writeModelFiles(folder, { 'preprocessor_config.json': xclipPreprocessor(size) });

  const checkpoint = trainableCheckpoint();
  const reader = nameEncoder(config, checkpoint);
  const names = encodeNames(reader, textLeaves(reader));
  scoreClips(
    encodeClips(input('pixels', [dim('clips'), frames, 3, size, size]), config, checkpoint),
    names,
    config,
    checkpoint,
  );
  writeRandomWeights(folder, checkpoint, seed, model.logit_scale_init_value);
  return folder;
}
