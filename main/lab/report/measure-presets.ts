import { averageTemplates } from '#main/pipeline/encode/average-templates.ts';
import { defaultTemplates, fillTemplates } from '#main/pipeline/propose/background-texts.ts';
import type { TuningPreset } from '#main/pipeline/tune/presets.ts';
import { prefixLength, trainPrompts } from '#main/pipeline/tune/train-prompts.ts';
import { trainingShots } from '#main/pipeline/tune/training-shots.ts';
import { tunedClassFeatures } from '#main/pipeline/tune/tuned-classes.ts';
import { TuningLearners } from '#main/pipeline/tune/tuning-learners.ts';
import { denseFeatures } from '#native-models/temporal/dense-features.ts';
import { correctionsOf, type Corrected } from './corrected-videos.ts';
import { measureStudent } from './measure-localisation.ts';
import type { NamedClasses, RenderedWorld, SeenVideo } from './rendered-world.ts';
import { novelSplit } from './rendered-recognition.ts';
import type { SeedTask } from './seed-task.ts';
import { studentBy, type Student } from './student.ts';

/**
 * Novel actions after so many corrections of each class by presets that learn time over frozen towers: trained as the
 * studio trains them, and used as they are, whatever a judgement would say of them.
 */
export const measurePresets: SeedTask = async ({ films, world, seed, shotCounts, timePresets }, measurements) => {
  const { novel } = films;
  const [test, shots] = [await films.films('novel'), await films.films('shots')];
  for (const count of shotCounts.filter((one) => one > 0)) {
    const corrected = correctionsOf(shots, novel.classIds, count);
    for (const preset of timePresets) {
      const student = await presetStudent(world, novel, { shots, test }, corrected, preset, seed);
      measureStudent(student, test, novel, { split: novelSplit, shots: count, method: preset.id }, measurements);
    }
  }
};

async function presetStudent(
  { encoder, model }: RenderedWorld,
  classes: NamedClasses,
  videos: { readonly shots: readonly SeenVideo[]; readonly test: readonly SeenVideo[] },
  { corrections }: Corrected,
  preset: TuningPreset,
  seed: number,
): Promise<Student> {
  const { dim } = model;
  const { classIds, labels, names, classSet } = classes;
  const templates = preset.templates ?? defaultTemplates;
  const texts = await model.encodeTexts(labels.flatMap((label) => fillTemplates(label, templates)));
  const zeroShot = averageTemplates(
    texts,
    labels.map(() => templates.length),
    dim,
  );
  const scale = preset.scale ?? model.logitScale;
  await using learners = new TuningLearners(encoder, {
    names,
    zeroShot,
    background: classSet.backgroundEmbeddings,
    prompt: { prefix: prefixLength(encoder, preset), suffix: preset.suffix },
    scale,
    anchorWeight: preset.anchorWeight,
    provider: 'cpu',
    threads: 1,
  });
  const task = {
    dim,
    classIds,
    zeroShot,
    background: classSet.backgroundEmbeddings,
    videos: new Map(videos.shots.map(({ videoId, features }) => [videoId, features])),
  };
  const trained = await trainPrompts(learners, task, trainingShots(corrections, []), preset, { seed });
  const classEmbeddings = await tunedClassFeatures(learners, [trained], preset.fromZeroShot);
  const dense = new Map<SeenVideo, Float32Array>();
  for (const video of videos.test) {
    const { features } = video.features;
    const { temporal, learned } = trained;
    dense.set(video, temporal === null ? features : await denseFeatures(temporal, [learned], features, 'cpu'));
  }
  const tuned = { ...classSet, classEmbeddings, logitScale: scale };
  return studentBy(classes, tuned, (video) => ({ denseFeatures: dense.get(video)! }));
}
