import type { ClassSet } from '#main/pipeline/propose/class-set.ts';
import type { VideoFeatures } from '#main/pipeline/tune/shot-features.ts';
import { trainingShots, type Shot } from '#main/pipeline/tune/training-shots.ts';
import type { TuningTask } from '#main/pipeline/tune/tuning-task.ts';
import type { WithModels, WithVideos } from '../memory/ports.ts';
import { areStored } from '../memory/stored-videos.ts';
import type { TaughtChoice } from '../vocabulary.ts';
import type { Asked } from './class-question.ts';
import type { LiveVersion } from './live-version.ts';
import { seenBy, type WithDenseFeatures } from './seen-features.ts';
import { mediaOf } from './staged-video.ts';

/** Corrections in videos whose features are stored, as a task to learn; `missing` names the other videos. */
export async function taughtTask(
  memory: WithModels & WithVideos & WithDenseFeatures,
  { model, featuresFolder, classes, settings, taught }: Omit<Asked, 'taught'> & { readonly taught: TaughtChoice },
  classSet: ClassSet,
  version: LiveVersion | null,
): Promise<{ readonly task: TuningTask; readonly shots: readonly Shot[]; readonly missing: readonly string[] }> {
  const { dim } = await memory.models.facts(model);
  const videos = new Map<number, VideoFeatures>();
  const missing: string[] = [];
  const decided = new Set([...taught.corrections, ...taught.reviewed].map(({ videoId }) => videoId));
  for (const video of taught.videos.filter(({ videoId }) => decided.has(videoId))) {
    const key = await memory.models.featureKey(video.checksum, model, settings.samplingFps);
    if (!(await areStored(featuresFolder, key))) {
      missing.push(video.name);
      continue;
    }
    const { features } = await memory.videos.of(featuresFolder, key, mediaOf(video));
    videos.set(video.videoId, {
      timesUs: features.timesUs,
      features: await seenBy(memory, model, version, features.features, key),
    });
  }
  const classIds = classes.map(({ classId }) => classId);
  const usable = taught.corrections.filter(({ videoId, classId }) => videos.has(videoId) && classIds.includes(classId));
  const reviewed = taught.reviewed.filter(({ videoId }) => videos.has(videoId));
  const task = { dim, classIds, zeroShot: classSet.classEmbeddings, background: classSet.backgroundEmbeddings, videos };
  return { task, shots: trainingShots(usable, reviewed), missing };
}
