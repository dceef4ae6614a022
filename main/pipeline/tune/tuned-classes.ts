import type { ClipParts } from '#native-models/clip/clip-parts.ts';
import { openPromptLearner } from '#native-models/prompt-learning/prompt-learner.ts';
import { fastestForm } from '#native-models/prompt-learning/shared-prefix-text.ts';
import type { Provider } from '#native-models/runtime/session.ts';
import type { TuningPreset } from './presets.ts';
import { offsetTo, textMarks, type PromptedName, type TrainedPrompts } from './train-prompts.ts';

/**
 * Class features `[K, D]` (unit rows) of any class names under trained prompts, also of names typed after training.
 * Several runs (seeds) are averaged. `zeroShot` `[K, D]` are the same names' zero-shot features.
 */
export async function tunedClassFeatures(parts: ClipParts, names: readonly PromptedName[], zeroShot: Float32Array, runs: readonly TrainedPrompts[], preset: Pick<TuningPreset, 'fromZeroShot' | 'suffix'>, provider: Provider): Promise<Float32Array> {
  const dim = parts.config.projection_dim;
  const width = parts.config.text_config.hidden_size;
  const sum = new Float32Array(names.length * dim);
  for (const { learned, initial } of runs) {
    const settings = { prompt: { prefix: initial.get('prefix')!.length / width, suffix: preset.suffix }, temporal: null, scale: 1, anchorWeight: 0, classesPerChunk: 64, form: fastestForm(parts.config), provider };
    const classes = { names: names.map(({ tokens }) => tokens), ...textMarks(parts), anchors: zeroShot, background: new Float32Array() };
    await using plain = await openPromptLearner(parts, { ...classes, offset: null }, settings);
    const prompted = await plain.classFeatures(learned);
    // The offset that takes the starting prompts to the zero-shot features takes the trained ones along.
    const offset = preset.fromZeroShot ? offsetTo(zeroShot, await plain.classFeatures(initial)) : new Float32Array(prompted.length);
    addUnitRows(sum, prompted.map((value, at) => value + offset[at]!), dim);
  }
  const mean = new Float32Array(sum.length);
  addUnitRows(mean, sum, dim);
  return mean;
}

/** Adds the rows of `rows`, each made unit length, to `sum`. */
export function addUnitRows(sum: Float32Array, rows: Float32Array, dim: number): void {
  for (let start = 0; start < rows.length; start += dim) {
    let squares = 0;
    for (let at = start; at < start + dim; at += 1) squares += rows[at]! * rows[at]!;
    const length = Math.sqrt(squares);
    if (length > 0) for (let at = start; at < start + dim; at += 1) sum[at]! += rows[at]! / length;
  }
}
