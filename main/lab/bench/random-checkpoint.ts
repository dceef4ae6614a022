import { existsSync } from 'node:fs';
import path from 'node:path';
import { clipPreprocessor } from '#e2e/models/preprocessor-config.ts';
import { writeRandomWeights } from '#e2e/models/random-weights.ts';
import { tinyTokenizerFiles, tinyVocabularySize } from '#e2e/models/tiny-tokenizer.ts';
import { writeModelFiles } from '#e2e/models/write-model-files.ts';
import { readClipConfig } from '#native-models/clip/config.ts';
import { textTower, tokenEmbeddings } from '#native-models/clip/text-tower.ts';
import { visionTower } from '#native-models/clip/vision-tower.ts';
import { dim } from '#native-models/graph/dimension.ts';
import { input } from '#native-models/graph/tensor.ts';
import { trainableCheckpoint } from '#native-models/training/trainable-checkpoint.ts';

/** Sizes of CLIP's ViT-B models (Radford et al. 2021, table 20): of the features, and of the pictures in pixels. */
export const vitB = { dim: 512, imageSize: 224 } as const;

/**
 * A checkpoint folder of the sizes of CLIP's ViT-B with random weights, in the Hugging Face layout; kept for the next
 * time. Its answers mean nothing, and cost what a trained model's would: its vocabulary is small, which no frame waits
 * for.
 */
export function makeRandomViTB(folder: string, patchSize = 16): string {
  if (existsSync(path.join(folder, 'model.safetensors'))) return folder;
  writeModelFiles(folder, {
    // All else are Hugging Face's defaults, which are those of ViT-B.
    'config.json': {
      model_type: 'clip',
      projection_dim: vitB.dim,
      text_config: { vocab_size: tinyVocabularySize, eos_token_id: tinyVocabularySize - 1 },
      vision_config: { image_size: vitB.imageSize, patch_size: patchSize },
    },
    'preprocessor_config.json': clipPreprocessor(vitB.imageSize),
    ...tinyTokenizerFiles(),
  });
  const config = readClipConfig(folder);
  const checkpoint = trainableCheckpoint();
  checkpoint.tensor('logit_scale', []);
  const tokens = [dim('texts'), dim('tokens')];
  textTower(
    tokenEmbeddings(input('ids', tokens, 'int64'), config, checkpoint),
    input('end_of_text', tokens),
    config,
    checkpoint,
  );
  visionTower(input('pixels', [dim('frames'), 3, vitB.imageSize, vitB.imageSize]), config, checkpoint);
  writeRandomWeights(folder, checkpoint);
  return folder;
}
