import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import { readClipConfig } from '#native-models/clip/config.ts';
import { clipTokenizerFiles } from '#native-models/clip/tokenizer-files.ts';
import { writeSafetensors } from '#native-models/checkpoint/write-safetensors.ts';
import { adamWDefaults, adamWStep, clipGradientNorm, cosineLearningRate } from '#native-models/training/adamw.ts';
import { seededRandom } from '../world/seeded-random.ts';
import { captionWords, plainCaption, randomCaption, trainingActions } from './captions.ts';
import { auxiliary, openContrastiveGraph, type ContrastiveGraph } from './contrastive-graph.ts';
import { initialWeights } from './initial-weights.ts';
import { renderFrameBatch } from './render-batch.ts';
import { starterConfig, starterPreprocessor } from './starter-config.ts';
import { loadTrainingState, saveTrainingState, type TrainingState } from './training-state.ts';

export interface ImageTextSettings {
  readonly folder: string;
  readonly seed: number;
  readonly steps: number;
  readonly framesPerStep: number;
  readonly peakLearningRate: number;
  readonly threads: number;
  readonly log: (line: string) => void;
  readonly signal?: AbortSignal;
}

const warmUpSteps = 100;
const saveEvery = 50;
const curveEvery = 10;
/** exp(logit_scale) stays at most 100, as in CLIP (Radford et al. 2021, s.2.5). */
const largestLogitScale = Math.log(100);

/** The share of the run in which a class has one caption only, so that texts come apart first. */
const plainCaptionShare = 0.15;

/** From calm scenes to the hardest over the middle of the run, after a start on calm ones alone. */
const difficultyAt = (step: number, steps: number): number => Math.min(1, Math.max(0, (step / steps - 0.15) / 0.5));

/**
 * Trains the starter's image and text encoder from scratch on frames of the rendered world. Can be stopped at any
 * moment and goes on from the last saved step; ends with a checkpoint folder in the Hugging Face layout.
 */
export async function trainImageText(settings: ImageTextSettings): Promise<void> {
  const { folder, steps, log } = settings;
  mkdirSync(path.join(folder, 'state'), { recursive: true });
  const tokenizerFiles = clipTokenizerFiles(captionWords());
  writeModelFiles(folder, tokenizerFiles);
  const config = readClipConfig(folder);
  const tokenizer = new Tokenizer(tokenizerFiles.tokenizer, tokenizerFiles.tokenizerConfig);
  await using graph = await openContrastiveGraph(config, trainingActions.length + 1, settings.threads);
  const state = loadTrainingState(folder, graph.shapes, () =>
    initialWeights(graph.shapes, settings.seed, config.vision_config.num_hidden_layers),
  );
  if (state.step > 0) log(`going on from step ${state.step}`);
  let started = performance.now();

  while (state.step < steps) {
    if (settings.signal?.aborted === true) {
      saveProgress(folder, graph, state);
      log(`stopped after step ${state.step}; the same command goes on from there`);
      return;
    }
    const step = state.step + 1;
    // Every step has a seed of its own, so that an interrupted run draws what it would have drawn.
    const random = seededRandom(settings.seed * 1_000_003 + step);
    const difficulty = difficultyAt(step, steps);
    const batch = renderFrameBatch(random.below(2 ** 31), settings.framesPerStep, difficulty);
    const ids = [...trainingActions, null].map(
      (action) =>
        tokenizer.encode(step < plainCaptionShare * steps ? plainCaption(action) : randomCaption(random, action)).ids,
    );
    const answer = await graph.step(state.weights, {
      ...batch,
      frames: settings.framesPerStep,
      ids,
      endPositions: ids.map((row) => row.length - 1),
    });

    clipGradientNorm([...answer.gradients.values()], 1);
    const learningRate = cosineLearningRate(step, {
      peak: settings.peakLearningRate,
      warmUp: warmUpSteps,
      steps,
      floor: 0.02,
    });
    for (const [name, values] of state.weights) {
      const decays = graph.shapes.get(name)!.length > 1 && !name.includes('embedding');
      adamWStep(values, answer.gradients.get(name)!, state.moments.get(name)!, step, learningRate, {
        ...adamWDefaults,
        beta2: 0.98,
        weightDecay: decays ? 0.05 : 0,
      });
    }
    const scale = state.weights.get('logit_scale')!;
    scale[0] = Math.min(scale[0]!, largestLogitScale);
    state.step = step;

    if (step % curveEvery === 0) {
      const accuracy = frameAccuracy(answer.logits, batch.targets, ids.length);
      const seconds = (performance.now() - started) / 1000;
      started = performance.now();
      state.curve.push({
        step,
        loss: answer.loss,
        jointError: answer.jointError,
        accuracy,
        difficulty,
        learningRate,
        seconds,
      });
      log(
        `step ${step} of ${steps}: loss ${answer.loss.toFixed(3)}, joints off by ${answer.jointError.toFixed(3)}, accuracy ${(100 * accuracy).toFixed(0)} %, difficulty ${difficulty.toFixed(2)}, ${(seconds / curveEvery).toFixed(2)} s a step`,
      );
    }
    if (step % saveEvery === 0 || step === steps) saveProgress(folder, graph, state);
  }
  const tensors = new Map(
    [...graph.shapes]
      .filter(([name]) => !name.startsWith(auxiliary))
      .map(([name, shape]) => [name, { shape, values: state.weights.get(name)! }]),
  );
  writeSafetensors(path.join(folder, 'model.safetensors'), tensors, 'F16');
}

function saveProgress(folder: string, graph: ContrastiveGraph, state: TrainingState): void {
  writeFileSync(path.join(folder, 'curve.json'), JSON.stringify(state.curve));
  saveTrainingState(folder, graph.shapes, state);
}

/** Share of frames whose highest logit is one of its right classes. */
function frameAccuracy(logits: Float32Array, targets: Float32Array, classes: number): number {
  const frames = logits.length / classes;
  let right = 0;
  for (let frame = 0; frame < frames; frame += 1) {
    const row = logits.subarray(frame * classes, (frame + 1) * classes);
    if (targets[frame * classes + row.indexOf(row.reduce((a, b) => Math.max(a, b)))]! > 0) right += 1;
  }
  return right / frames;
}

function writeModelFiles(
  folder: string,
  { tokenizer, tokenizerConfig, vocabularySize }: ReturnType<typeof clipTokenizerFiles>,
): void {
  const files = {
    'config.json': starterConfig(vocabularySize),
    'preprocessor_config.json': starterPreprocessor,
    'tokenizer.json': tokenizer,
    'tokenizer_config.json': tokenizerConfig,
  };
  for (const [name, value] of Object.entries(files)) writeFileSync(path.join(folder, name), JSON.stringify(value));
}
