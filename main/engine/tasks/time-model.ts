import type { ImagePreprocessing } from '#native-models/image/image-preprocessing.ts';
import type { ProviderReport } from '#preload/domain/model.ts';
import { say } from '#preload/domain/saying.ts';
import { openFrameEncoder } from '../memory/frame-encoder.ts';
import type { ModelChoice } from '../vocabulary.ts';
import type { EngineMemory } from './engine-memory.ts';
import type { EngineTask } from './task-context.ts';

/** So many frames tell enough: a small model need not be tried for all the time that it is given. */
const mostFrames = 2000;

/** A model's picture encoder, as a trial of its speed sees it. */
interface Trial {
  readonly provider: ProviderReport;
  readonly framesPerPass: number;
  /** Encodes so many frames of noise. */
  pass(): Promise<void>;
}

/** How many frames a second a model takes on this machine, decoding left out. Fails as loading it does. */
export const timeModelTask: EngineTask<'timeModel'> = async ({ model, seconds }, { memory, signal, report }) => {
  report({ done: 0, step: say('loading the model') });
  const { capabilities } = await memory.models.facts(model);
  const { provider, framesPerPass, pass } = await (capabilities.embedsFrames ? ofFrames : ofClips)(memory, model);
  // The first pass readies memory and kernels, and is not counted.
  await pass();
  const startMs = performance.now();
  let frames = 0;
  let elapsedS = 0;
  while (elapsedS < seconds && frames < mostFrames) {
    signal.throwIfAborted();
    await pass();
    frames += framesPerPass;
    elapsedS = (performance.now() - startMs) / 1000;
    report({ done: Math.min(elapsedS / seconds, 1), step: say('measuring its speed') });
  }
  return { framesPerSecond: frames / elapsedS, provider };
};

export const tryServerTask: EngineTask<'tryServer'> = (input, context) => timeModelTask(input, context);

async function ofFrames(memory: EngineMemory, model: ModelChoice): Promise<Trial> {
  const { provider, batchSize, atOnce, preprocessing, encode } = await openFrameEncoder(memory, model);
  let batches = Array.from({ length: atOnce }, () => noise(batchSize, preprocessing));
  return {
    provider,
    framesPerPass: batchSize * atOnce,
    pass: async () => {
      batches = await Promise.all(batches.map(async (pixels) => (await encode(pixels, batchSize)).pixels));
    },
  };
}

async function ofClips(memory: EngineMemory, model: ModelChoice): Promise<Trial> {
  const encoder = await memory.scorers.openEncoder({ ...model, tunedFile: null });
  const framesPerPass = encoder.batchSize * encoder.frameCount;
  return {
    provider: encoder.provider,
    framesPerPass,
    pass: async () => void (await encoder.encode(noise(framesPerPass, encoder.preprocessing), encoder.batchSize)),
  };
}

/** Pixels `[frames, 3, H, W]` as preprocessing leaves them. */
function noise(frames: number, { cropWidth, cropHeight }: ImagePreprocessing): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: frames * 3 * cropHeight * cropWidth }, () => 2 * Math.random() - 1);
}
