import { generateShots, type GeneratedStructure } from '#main/pipeline/tune/generated-shots.ts';
import type { PromptedName } from '#main/pipeline/tune/tuning-learners.ts';
import type { Shot } from '#main/pipeline/tune/training-shots.ts';
import type { TuningTask } from '#main/pipeline/tune/tuning-task.ts';
import { readClipParts, type ClipParts } from '#native-models/clip/clip-parts.ts';
import { openModel } from '#native-models/open-model.ts';

const actions = [
  'high jump',
  'long jump',
  'shot put',
  'pole vault',
  'playing violin',
  'brush hair',
  'archery',
  'diving',
  'throw discus',
  'golf swing',
];
const backgroundTexts = ['nothing', 'an empty room'];
const testShotsPerClass = 10;

/** How made-up videos differ from what the texts say. */
export interface WorldKind {
  readonly name: string;
  readonly structure: Pick<GeneratedStructure, 'commonShift' | 'classShift' | 'clipNoise' | 'noise'>;
}

/** One gap shared by all classes, which prompts can close; or each class looking unlike its name, which only memory can. */
export const worldKinds: readonly WorldKind[] = [
  {
    name: 'generated, one gap for all classes',
    structure: { commonShift: 0.5, classShift: 0.2, clipNoise: 0.8, noise: 0.5 },
  },
  {
    name: 'generated, each class looks its own way',
    structure: { commonShift: 0.5, classShift: 0.6, clipNoise: 1, noise: 0.5 },
  },
];

/** A text encoder with class names, their zero-shot features and background texts. */
export interface FewShotWorld {
  readonly parts: ClipParts;
  readonly names: readonly PromptedName[];
  readonly task: Omit<TuningTask, 'videos'>;
  readonly scale: number;
}

export interface LabelledShots {
  readonly task: TuningTask;
  readonly shots: readonly Shot[];
}

export async function openWorld(folder: string): Promise<FewShotWorld> {
  const parts = readClipParts(folder);
  await using model = await openModel(folder, { provider: 'cpu' });
  const names = actions.map((name, index) => ({
    classId: index + 1,
    tokens: parts.tokenizer!.encode(name).ids.slice(1, -1),
  }));
  const task = {
    dim: model.dim,
    classIds: names.map(({ classId }) => classId),
    zeroShot: await model.encodeTexts(actions),
    background: await model.encodeTexts(backgroundTexts),
  };
  return { parts, names, task, scale: model.logitScale };
}

/** Shots to learn from and other shots of the same world to be tested on. */
export function drawShots(
  world: FewShotWorld,
  { structure }: WorldKind,
  shotsPerClass: number,
  seed: number,
): { readonly training: LabelledShots; readonly test: LabelledShots } {
  const { classIds, zeroShot, dim } = world.task;
  const draw = (count: number, shotSeed: number): LabelledShots => {
    const { shots, videos } = generateShots({
      ...structure,
      worldSeed: seed,
      seed: shotSeed,
      classIds,
      zeroShot,
      dim,
      shotsPerClass: count,
    });
    return { shots, task: { ...world.task, videos } };
  };
  return { training: draw(shotsPerClass, 2 * seed), test: draw(testShotsPerClass, 2 * seed + 1_000_001) };
}
