import { adapterKeys } from '#main/pipeline/tune/adapter-keys.ts';
import { scoreHeldOut, shotLogits } from '#main/pipeline/tune/held-out.ts';
import { tuningPresets } from '#main/pipeline/tune/presets.ts';
import { featuresUnder } from '#main/pipeline/tune/tune.ts';
import { learn, methods, type Method, type Presets } from './few-shot-methods.ts';
import { drawShots, openWorld, worldKinds, type FewShotWorld, type LabelledShots } from './few-shot-world.ts';
import { reportRow, type ReportRow } from './report-row.ts';

export const shotCounts = [0, 1, 2, 4, 8, 16];

export interface LearningCurveOptions {
  /** A CLIP folder; its text tower is tuned. */
  readonly folder: string;
  readonly seeds: readonly number[];
  readonly shotCounts?: readonly number[];
  readonly methods?: readonly Method[];
  readonly presets?: Presets;
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
  { parts, names, scale }: FewShotWorld,
  training: LabelledShots,
  test: LabelledShots,
  presets: Presets,
  seed: number,
): Promise<number> {
  const { task, shots } = training;
  const learned = await learn(method, { parts, names, scale, task, shots }, presets, seed);
  const { classFeatures, runs, adapter } = learned;
  const keys = adapter === null ? null : adapterKeys(task, shots, await featuresUnder(task, shots, runs, 'cpu'));
  const classes = { classIds: task.classIds, classFeatures, background: task.background, scale: learned.scale };
  const features = await featuresUnder(test.task, test.shots, runs, 'cpu');
  return scoreHeldOut(shotLogits(test.shots, features, classes, keys), adapter).accuracy;
}
