import { adapterKeys } from '#main/pipeline/tune/adapter-keys.ts';
import { chooseAdapterStrength, foldLogits } from '#main/pipeline/tune/choose-adapter-strength.ts';
import { scoreHeldOut, shotLogits, type ScoredClasses } from '#main/pipeline/tune/held-out.ts';
import { tuningPresets, type TuningPreset } from '#main/pipeline/tune/presets.ts';
import { featuresUnder, tune } from '#main/pipeline/tune/tune.ts';
import { prefixLength, trainPrompts } from '#main/pipeline/tune/train-prompts.ts';
import { tunedClassFeatures } from '#main/pipeline/tune/tuned-classes.ts';
import { TuningLearners } from '#main/pipeline/tune/tuning-learners.ts';
import { drawShots, openWorld, worldKinds, type FewShotWorld, type LabelledShots } from './few-shot-world.ts';
import { reportRow, type ReportRow } from './report-row.ts';

export const shotCounts = [0, 1, 2, 4, 8, 16];

/** Ways to use the shots. `quick` and `full` are what the studio does: gated, with the instant adapter beside them. */
export const methods = ['zero-shot', 'instant adapter', 'quick', 'full', 'efficient-prompt'] as const;
export type Method = (typeof methods)[number];

export interface LearningCurveOptions {
  /** A CLIP folder; its text tower is tuned. */
  readonly folder: string;
  readonly seeds: readonly number[];
  readonly shotCounts?: readonly number[];
  readonly methods?: readonly Method[];
  readonly presets?: Readonly<Record<TuningPreset['id'], TuningPreset>>;
  readonly say: (line: string) => void;
}

/** Share of unseen shots named rightly after learning from a few, by method, number of shots and kind of world. */
export async function learningCurves(options: LearningCurveOptions): Promise<ReportRow[]> {
  const world = await openWorld(options.folder);
  const rows: ReportRow[] = [];
  for (const kind of worldKinds) {
    for (const shots of options.shotCounts ?? shotCounts) {
      const accuracies = new Map<Method, number[]>();
      for (const seed of options.seeds) {
        const { training, test } = drawShots(world, kind, shots, seed);
        for (const method of options.methods ?? methods) {
          options.say(`${kind.name}: ${shots} shots, seed ${seed}, ${method}`);
          const accuracy = await accuracyOf(method, world, training, test, options.presets ?? tuningPresets, seed);
          accuracies.set(method, [...(accuracies.get(method) ?? []), accuracy]);
        }
      }
      for (const [method, values] of accuracies) {
        rows.push(reportRow({ task: 'recognition', split: kind.name, shots, method, metric: 'top-1' }, values));
      }
    }
  }
  return rows;
}

async function accuracyOf(
  method: Method,
  world: FewShotWorld,
  training: LabelledShots,
  test: LabelledShots,
  presets: Readonly<Record<TuningPreset['id'], TuningPreset>>,
  seed: number,
): Promise<number> {
  const { task, parts, names, scale } = world;
  const zeroShot: ScoredClasses = {
    classIds: task.classIds,
    classFeatures: task.zeroShot,
    background: task.background,
    scale,
  };
  const features = await featuresUnder(test.task, test.shots, [], 'cpu');
  if (method === 'zero-shot' || training.shots.length === 0) {
    return scoreHeldOut(shotLogits(test.shots, features, zeroShot, null), null).accuracy;
  }
  if (method === 'efficient-prompt') {
    const preset = presets[method];
    await using learners = learnersOf(world, preset);
    const run = await trainPrompts(learners, training.task, training.shots, preset, { seed });
    const classFeatures = await tunedClassFeatures(learners, [run], preset.fromZeroShot);
    const dense = await featuresUnder(test.task, test.shots, [run], 'cpu');
    return scoreHeldOut(shotLogits(test.shots, dense, { ...zeroShot, classFeatures, scale: preset.scale! }, null), null)
      .accuracy;
  }
  const instant = (): number => {
    const strength = chooseAdapterStrength(foldLogits(training.task, training.shots, zeroShot), scale);
    const keys = adapterKeys(training.task, training.shots, plainKeys);
    return scoreHeldOut(shotLogits(test.shots, features, zeroShot, keys), strength).accuracy;
  };
  const plainKeys = await featuresUnder(training.task, training.shots, [], 'cpu');
  if (method === 'instant adapter') return instant();
  const preset = presets[method];
  const current = { classFeatures: task.zeroShot, scale };
  const tuned = await tune(parts, training.task, names, training.shots, preset, current, {
    seed,
    provider: 'cpu',
    threads: 1,
  });
  if (!tuned.decision.live) return instant();
  await using learners = learnersOf(world, preset);
  const classFeatures = await tunedClassFeatures(learners, tuned.runs, preset.fromZeroShot);
  const keys = adapterKeys(
    training.task,
    training.shots,
    await featuresUnder(training.task, training.shots, tuned.runs, 'cpu'),
  );
  const dense = await featuresUnder(test.task, test.shots, tuned.runs, 'cpu');
  return scoreHeldOut(
    shotLogits(test.shots, dense, { ...zeroShot, classFeatures, scale: tuned.scale }, keys),
    tuned.adapter,
  ).accuracy;
}

/** One thread: the text towers that a report runs on are small, and more of them spend their time waiting. */
function learnersOf({ parts, names, task, scale }: FewShotWorld, preset: TuningPreset): TuningLearners {
  const prompt = { prefix: prefixLength(parts, preset), suffix: preset.suffix };
  const { zeroShot, background } = task;
  const { anchorWeight } = preset;
  return new TuningLearners(parts, {
    names,
    zeroShot,
    background,
    prompt,
    scale: preset.scale ?? scale,
    anchorWeight,
    provider: 'cpu',
    threads: 1,
  });
}
