import { computingHere } from '#preload/domain/inference-server.ts';
import type { DualEncoder } from '../dual-encoder/dual-encoder.ts';
import { openFastest, type ProviderOptions, type ProviderReport } from '../runtime/providers.ts';
import { floats } from '../runtime/tensor-value.ts';
import { openPromptLearner, type PromptClasses, type PromptLearnerSettings } from './prompt-learner.ts';

/** Examples of a trial: what a step of learning usually sees. */
const exampleCount = 32;

/**
 * Finds the provider on which a step of learning these prompts is fastest, of those whose loss and gradients agree with
 * the processor's; whole numbers on the processor are among them. At most one chunk of the classes is tried. Fails as `openFastest` does.
 */
export async function findLearningProvider(
  encoder: DualEncoder,
  classes: PromptClasses,
  settings: Omit<PromptLearnerSettings, 'provider' | 'temporal'>,
  options: ProviderOptions,
): Promise<ProviderReport> {
  const { dim } = encoder;
  const count = Math.min(classes.names.length, settings.classesPerChunk);
  const some = { ...classes, names: classes.names.slice(0, count), anchors: classes.anchors.slice(0, count * dim) };
  const targets = new Float32Array(exampleCount * count);
  for (let row = 0; row < exampleCount; row += 1) targets[row * count + (row % count)] = 1;
  const examples = {
    count: exampleCount,
    features: madeUp(exampleCount * dim, 1 / Math.sqrt(dim)),
    targets,
    backgroundTargets: new Float32Array((exampleCount * classes.background.length) / dim),
    weights: new Float32Array(exampleCount).fill(1 / exampleCount),
  };
  const { best, report } = await openFastest(
    async (provider) => {
      const learner = await openPromptLearner(encoder, some, { ...settings, temporal: null, provider });
      const learned = new Map(
        [...learner.shapes].map(([name, shape]) => [
          name,
          madeUp(
            shape.reduce((size, axis) => size * axis, 1),
            0.02,
          ),
        ]),
      );
      return {
        provider,
        async run() {
          const { loss, gradients } = await learner.step(learned, null, examples);
          const slopes = [...gradients].map(([name, values]) => [name, floats(values, [values.length])] as const);
          return { loss: floats(Float32Array.of(loss), [1]), ...Object.fromEntries(slopes) };
        },
        [Symbol.asyncDispose]: () => learner[Symbol.asyncDispose](),
      };
    },
    options,
    computingHere(options.provider ?? 'auto'),
    ['cpu-int8'],
  );
  await best[Symbol.asyncDispose]();
  return report;
}

/** Made-up numbers, always the same, to compare providers on. */
const madeUp = (length: number, scale: number): Float32Array =>
  Float32Array.from({ length }, (_, at) => scale * (Math.sin(at * 0.37) + Math.cos(at * 0.011)));
