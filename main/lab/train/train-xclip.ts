import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { openCheckpoint } from '#native-models/checkpoint/checkpoint.ts';
import { writeSafetensors } from '#native-models/checkpoint/write-safetensors.ts';
import { readClipConfig } from '#native-models/clip/config.ts';
import { noTokenizer, readTokenizer } from '#native-models/text/tokenizer.ts';
import { readXClipConfig } from '#native-models/xclip/config.ts';
import { isNewPart } from '#native-models/xclip/trained-parts.ts';
import { defaultBackgroundTexts } from '../../pipeline/propose/background-texts.ts';
import { seededRandom } from '#main/random/seeded-random.ts';
import { idlePhrases, trainingActions } from './captions.ts';
import { auxiliary } from './contrastive-graph.ts';
import { initialXClipWeights } from './initial-xclip-weights.ts';
import { runTraining, type TrainingSettings } from './training-run.ts';
import { renderClipBatch } from './xclip-batch.ts';
import { xclipConfigOn } from './xclip-config.ts';
import { openXClipGraph } from './xclip-graph.ts';

export interface XClipSettings extends TrainingSettings {
  /** The folder of the CLIP that it starts from: what the stage before left. */
  readonly from: string;
  readonly clipsPerStep: number;
}

/** What an X-CLIP has of its CLIP as it is. */
const sharedFiles = ['tokenizer.json', 'tokenizer_config.json', 'preprocessor_config.json'];
/** CLIP's picture encoder learns a tenth as fast as the new parts do (Ni et al. 2022, s.4.1). */
const pictureRate = 0.1;
/** In the paper texts stay; the starter's hardly tell an action from its reverse, which its frames could not show. */
const textRate = 0.3;

/** By class: X-CLIP reads names as they are, without a sentence around them. The last is nothing happening. */
const namesOfClasses: readonly (readonly string[])[] = [
  ...trainingActions.map(({ phrases }) => phrases),
  [...idlePhrases, ...defaultBackgroundTexts],
];

/** From half to all of it over the first third. */
const difficultyAt = (step: number, steps: number): number => Math.min(1, 0.5 + (1.5 * step) / steps);

/**
 * The third stage: an X-CLIP on the starter's towers, trained on clips of the rendered world. Ends with a checkpoint
 * folder in the Hugging Face layout; answers whether it got there.
 */
export async function trainXClip(settings: XClipSettings): Promise<boolean> {
  const { folder, from, seed, steps, clipsPerStep } = settings;
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'config.json'), JSON.stringify(xclipConfigOn(readClipConfig(from))));
  for (const file of sharedFiles) copyFileSync(path.join(from, file), path.join(folder, file));
  const config = readXClipConfig(folder);
  const tokenizer = readTokenizer(folder, config.text_config.max_position_embeddings, {
    beginsWithMark: true,
    vocabularySize: config.text_config.vocab_size,
  });
  if (tokenizer === null) throw noTokenizer(folder);
  await using graph = await openXClipGraph(config, namesOfClasses.length, settings.threads);
  const initial = (): Map<string, Float32Array> => initialXClipWeights(graph.shapes, openCheckpoint(from), seed);

  const weights = await runTraining({ ...settings, rateOf }, graph.shapes, initial, async (step, current) => {
    const difficulty = difficultyAt(step, steps);
    const frameCount = config.vision_config.num_frames;
    const batch = renderClipBatch({ seed, step, clips: clipsPerStep, frameCount }, difficulty);
    const random = seededRandom(seed * 1_000_003 + step).fork();
    const captions = namesOfClasses.map((names) => tokenizer.encode(random.pick(names)).ids);
    const { gradients, ...figures } = await graph.step(current, batch, captions);
    return { gradients, figures: { ...figures, difficulty } };
  });
  if (weights === null) return false;
  const tensors = [...graph.shapes]
    .filter(([name]) => !name.startsWith(auxiliary))
    .map(([name, shape]) => [name, { shape, values: weights.get(name)! }] as const);
  writeSafetensors(path.join(folder, 'model.safetensors'), new Map(tensors), 'F16');
  return true;
}

/** How fast a tensor learns, as a share of the learning rate. */
function rateOf(name: string): number {
  if (isNewPart(name) || name.startsWith(auxiliary)) return 1;
  return /^(vision_model|visual_projection)\./.test(name) ? pictureRate : textRate;
}
