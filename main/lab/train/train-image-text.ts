import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import { seededRandom } from '#main/random/seeded-random.ts';
import { readClipConfig } from '#native-models/clip/config.ts';
import { clipTokenizerFiles } from '#native-models/clip/tokenizer-files.ts';
import { writeSafetensors } from '#native-models/checkpoint/write-safetensors.ts';
import { captionWords, plainCaption, randomCaption, trainingActions } from './captions.ts';
import { auxiliary, openContrastiveGraph } from './contrastive-graph.ts';
import { initialWeights } from './initial-weights.ts';
import { renderFrameBatch } from './render-batch.ts';
import { shareRight } from './share-right.ts';
import { starterConfig, starterPreprocessor } from './starter-config.ts';
import { runTraining, type TrainingSettings } from './training-run.ts';

export interface ImageTextSettings extends TrainingSettings {
  readonly framesPerStep: number;
}

/** The share of the run in which a class has one caption only, so that texts come apart first. */
const plainCaptionShare = 0.15;

/** From calm scenes to the hardest over the middle of the run, after a start on calm ones alone. */
const difficultyAt = (step: number, steps: number): number => Math.min(1, Math.max(0, (step / steps - 0.15) / 0.5));

/**
 * The first stage: trains the starter's image and text encoder from scratch on single frames of the rendered world.
 * Ends with a checkpoint folder in the Hugging Face layout; answers whether it got there.
 */
export async function trainImageText(settings: ImageTextSettings): Promise<boolean> {
  const { folder, steps } = settings;
  const tokenizerFiles = clipTokenizerFiles(captionWords());
  writeModelFiles(folder, tokenizerFiles);
  const config = readClipConfig(folder);
  const tokenizer = new Tokenizer(tokenizerFiles.tokenizer, tokenizerFiles.tokenizerConfig);
  await using graph = await openContrastiveGraph(config, trainingActions.length + 1, settings.threads);
  const initial = (): Map<string, Float32Array> =>
    initialWeights(graph.shapes, settings.seed, config.vision_config.num_hidden_layers);

  const weights = await runTraining(settings, graph.shapes, initial, async (step, current) => {
    // Every step has a seed of its own.
    const random = seededRandom(settings.seed * 1_000_003 + step);
    const difficulty = difficultyAt(step, steps);
    const batch = renderFrameBatch(random.below(2 ** 31), settings.framesPerStep, difficulty);
    const ids = [...trainingActions, null].map(
      (action) =>
        tokenizer.encode(step < plainCaptionShare * steps ? plainCaption(action) : randomCaption(random, action)).ids,
    );
    const answer = await graph.step(current, { ...batch, frames: settings.framesPerStep, ids });
    const accuracy = shareRight(answer.logits, batch.targets, ids.length);
    return {
      gradients: answer.gradients,
      figures: { loss: answer.loss, jointError: answer.jointError, accuracy, difficulty },
    };
  });
  if (weights === null) return false;
  const tensors = new Map(
    [...graph.shapes]
      .filter(([name]) => !name.startsWith(auxiliary))
      .map(([name, shape]) => [name, { shape, values: weights.get(name)! }]),
  );
  writeSafetensors(path.join(folder, 'model.safetensors'), tensors, 'F16');
  return true;
}

function writeModelFiles(
  folder: string,
  { tokenizer, tokenizerConfig, vocabularySize }: ReturnType<typeof clipTokenizerFiles>,
): void {
  mkdirSync(folder, { recursive: true });
  const files = {
    'config.json': starterConfig(vocabularySize),
    'preprocessor_config.json': starterPreprocessor,
    'tokenizer.json': tokenizer,
    'tokenizer_config.json': tokenizerConfig,
  };
  for (const [name, value] of Object.entries(files)) writeFileSync(path.join(folder, name), JSON.stringify(value));
}
