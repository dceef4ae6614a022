import type { Collected } from '#preload/contract/shards.ts';
import { Failure } from '#preload/domain/failure.ts';
import { say, verbatim, type Saying } from '#preload/domain/saying.ts';
import type { Engine } from '../engine/tasks.ts';
import { toFailure } from '../failures/to-failure.ts';
import { chosenModel } from '../jobs/model-run.ts';
import type { OpenProject } from '../project/open-project.ts';
import { planParts, readPlan, readResult, readShard, type PlannedVideo } from './plan-folder.ts';
import { isPassing } from './work-shard.ts';

/**
 * Takes a plan's results into the project: each is held against its checksums, the project's own frame table, its model
 * and its sampling. What is not right is refused and nothing of it stays. Fails with `bad-input` where the plan is
 * another model's or sampling's.
 */
export async function* collectResults(
  project: OpenProject,
  engine: Engine,
  folder: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<{ readonly done: number; readonly step: string }, Collected, void> {
  project.ensureInPlace();
  if (project.readOnly) throw new Failure('read-only', verbatim(`${project.name} is open for reading only.`));
  const plan = readPlan(folder);
  const { name, ...model } = chosenModel(project);
  const { samplingFps } = project.settings;
  const { hash } = await engine.run('describeModel', { folder: model.folder });
  if (plan.model.hash !== hash)
    throw new Failure(
      'bad-input',
      verbatim(`The plan is for ${plan.model.name}, and the project's model (${name}) is another.`),
    );
  if (plan.samplingFps !== samplingFps)
    throw new Failure(
      'bad-input',
      verbatim(`The plan is for ${plan.samplingFps} frames a second, and the project samples ${samplingFps}.`),
    );
  const videos = Array.from({ length: plan.shards }, (_, index) => index).flatMap((index) =>
    readShard(folder, plan, index).videos.map((video) => ({ video, shard: index })),
  );
  const absent: Collected['absent'] = [];
  const refused: Collected['refused'] = [];
  const known: number[] = [];
  let [taken, already] = [0, 0];
  const options = signal === undefined ? {} : { signal };

  /** The reason for which a result is refused; null where its features are in the project now. */
  const take = async (video: PlannedVideo, shard: number): Promise<Saying | null> => {
    const stored = project.database.videos.byChecksum(video.checksum);
    if (stored === null || stored.removed) return say('the project has no such video any more');
    const asked = { checksum: video.checksum, model, samplingFps };
    const featuresFolder = project.folder.features;
    const { key, complete } = await engine.run('featureKey', { ...asked, featuresFolder }, options);
    if (key !== video.features) return say('it is of another model, sampling or precision than the project’s');
    if (complete) already += 1;
    else {
      const said = readResult(folder, video);
      if (said === null) {
        absent.push({ video: video.name, shard });
        return null;
      }
      const frames = project.frames(stored.id).toArray();
      const { results: from } = planParts(folder);
      await engine.run('takeFeatures', { ...asked, frames, from, said, featuresFolder }, options);
      taken += 1;
    }
    project.setFeatureKey(stored.id, project.settings, key);
    known.push(stored.id);
    return null;
  };

  try {
    for (const [at, { video, shard }] of videos.entries()) {
      signal?.throwIfAborted();
      yield { done: at / videos.length, step: video.name };
      const reason = await take(video, shard).catch((error: unknown) => {
        const failure = toFailure(error);
        if (isPassing(failure) || failure.code === 'internal') throw failure;
        return failure.said;
      });
      if (reason !== null) refused.push({ video: video.name, shard, reason });
    }
  } finally {
    // What was taken before a failure stays, whole, and is told of.
    if (known.length > 0) {
      project.publish({ topic: 'videos', videoIds: known });
      project.publish({ topic: 'curves', videoIds: known });
    }
  }
  return { taken, already, absent, refused };
}
