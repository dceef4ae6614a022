import path from 'node:path';
import { childProcessCarrier } from '#main/engine/carriers.ts';
import { startEngine } from '#main/engine/start-engine.ts';
import type { Engine, EngineTaskName, EngineTasks, TaskOptions } from '#main/engine/tasks.ts';
import type { LocalisationInput } from '#main/engine/vocabulary.ts';
import type { Change } from '#preload/contract/changes.ts';
import { Failure } from '#preload/domain/failure.ts';
import { verbatim } from '#preload/domain/saying.ts';
import type { Archive } from './archive-project.ts';

/** A studio with an archive open, and what it takes to react. */
export interface WatchedStudio extends AsyncDisposable {
  /** Has a video before it, as a person who opens a project: what is scored again begins with it. */
  look(videoId: number): Promise<void>;
  /** Resolves once what corrections teach was learned ahead. */
  learnedAhead(): Promise<void>;
  /** Accepts one more action of a video that is in view; milliseconds until its segments by that are in the database. */
  correct(videoId: number): Promise<number>;
  /** How long the engine took for that. */
  engineMs(): number;
  /** Milliseconds until any further video is scored. */
  nextVideo(): Promise<number>;
  /** The same with milliseconds until every video is scored by it. */
  correctAndScoreAll(videoId: number): Promise<number>;
}

export async function watchedStudio({ location, start, classIds, openActions }: Archive): Promise<WatchedStudio> {
  const own = startEngine(childProcessCarrier);
  /** By a video's file: by how many corrections it was scored last, and how long that took. */
  const scored = new Map<string, { readonly corrections: number; readonly tookMs: number }>();
  const ahead = Promise.withResolvers<void>();
  const engine: Engine = {
    async run<Name extends EngineTaskName>(task: Name, input: EngineTasks[Name]['input'], options?: TaskOptions) {
      const begun = performance.now();
      const output = await own.run(task, input, options);
      if (task === 'learnAhead') ahead.resolve();
      if (task === 'localise') {
        const { media, taught } = input as LocalisationInput;
        const tookMs = performance.now() - begun;
        scored.set(path.basename(media.path), { corrections: taught!.corrections.length, tookMs });
      }
      return output;
    },
    [Symbol.asyncDispose]: () => own[Symbol.asyncDispose](),
  };
  const backend = start(engine);
  await backend.openProject(location);
  // What was left to do when it was closed is no part of what is measured.
  const left = (await backend.client.jobs.list()).filter(({ finishedAt }) => finishedAt === null);
  if (left.length > 0) await backend.client.jobs.cancel({ jobIds: left.map(({ id }) => id) });
  const videos = await backend.client.videos.list();
  const names = new Map(videos.map(({ id, name }) => [id, name]));
  const stop = new AbortController();
  const changes = await backend.client.studio.changes(undefined, { signal: stop.signal });
  const waiting = new Set<(change: Change) => void>();
  const listening = (async () => {
    for await (const change of changes) for (const hear of waiting) hear(change);
  })().catch((error: unknown) => {
    if (!stop.signal.aborted) throw error;
  });
  const heard = (isMeant: (change: Change) => boolean): Promise<void> =>
    new Promise((resolve) => {
      const hear = (change: Change): void => {
        if (!isMeant(change)) return;
        waiting.delete(hear);
        resolve();
      };
      waiting.add(hear);
    });
  let corrections = videos.reduce((sum, { counts }) => sum + counts.accepted, 0);
  let engineMs = 0;
  const look = async (videoId: number): Promise<void> => {
    await backend.client.videos.inView({ videoId });
    await backend.client.videos.curves({ videoId });
  };
  const correct = async (videoId: number): Promise<number> => {
    await look(videoId);
    const name = names.get(videoId)!;
    const actions = openActions(videoId);
    const { startUs, endUs } = actions[corrections % actions.length]!;
    const begun = performance.now();
    corrections += 1;
    const expected = corrections;
    const seen = heard(
      (change) =>
        change.topic === 'curves' &&
        change.videoIds.includes(videoId) &&
        (scored.get(name)?.corrections ?? 0) >= expected,
    );
    await backend.client.segments.create({
      videoId,
      classId: classIds[corrections % classIds.length]!,
      startUs,
      endUs,
    });
    await seen;
    engineMs = scored.get(name)!.tookMs;
    return performance.now() - begun;
  };
  return {
    look,
    learnedAhead: () => ahead.promise,
    correct,
    engineMs: () => engineMs,
    async nextVideo() {
      const begun = performance.now();
      await heard(({ topic }) => topic === 'curves');
      return performance.now() - begun;
    },
    async correctAndScoreAll(videoId) {
      const begun = performance.now();
      await correct(videoId);
      return (await allScored()) - begun;
    },
    async [Symbol.asyncDispose]() {
      stop.abort();
      await listening;
      await backend.close();
      await own[Symbol.asyncDispose]();
    },
  };

  async function allScored(): Promise<number> {
    let state: string = 'running';
    await heard((change) => {
      if (change.topic === 'job' && change.job.kind === 'rescore') ({ state } = change.job);
      return state === 'done' || state === 'failed';
    });
    if (state === 'failed') throw new Failure('internal', verbatim('Scoring again failed.'));
    return performance.now();
  }
}
