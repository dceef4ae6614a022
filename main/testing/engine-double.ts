import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { Failure } from '#preload/domain/failure.ts';
import type { VideoFacts } from '#preload/domain/video.ts';
import type { Engine, EngineTaskName, EngineTasks, TaskOptions } from '../engine/tasks.ts';
import type { LocalisedSegment } from '../engine/vocabulary.ts';

type Task<Name extends EngineTaskName> = (
  input: EngineTasks[Name]['input'],
  options: TaskOptions,
) => EngineTasks[Name]['output'] | Promise<EngineTasks[Name]['output']>;

/**
 * An engine for tests of what is around it: "videos" are text files that say how many frames they have, `name: 100`.
 * Any task can be replaced; what was asked is kept.
 */
export class EngineDouble implements Engine {
  readonly asked: { readonly task: EngineTaskName; readonly input: unknown }[] = [];
  /** What localisation proposes per video file name; the same for every class list. */
  proposals: (fileName: string, classIds: readonly number[]) => readonly LocalisedSegment[] = () => [];
  readonly tasks: { [Name in EngineTaskName]?: Task<Name> } = {
    index: ({ path }) => indexText(path),
    thumbnail: () => ({ mime: 'image/png', bytes: new Uint8Array([1, 2, 3]) }),
    waveform: () => null,
    proxy: ({ outPath }) => {
      writeFileSync(outPath, 'a playable copy');
      return { warnings: [] };
    },
    embed: ({ media, featuresFolder, samplingFps }) => {
      const key = `${media.checksum.slice(0, 8)}-${samplingFps}`;
      const isThere = existsSync(join(featuresFolder, `${key}.npy`));
      writeFileSync(join(featuresFolder, `${key}.npy`), 'features');
      return {
        key,
        rows: 10,
        resumedFromRow: isThere ? 10 : 0,
        damagedPackets: 0,
        provider: { chosen: 'cpu', forced: false, trials: [] },
      };
    },
    localise: ({ media, classes }) => ({
      segments: this.proposals(
        basename(media.path),
        classes.map(({ classId }) => classId),
      ),
      warnings: [],
    }),
    curves: () => null,
    search: () => ({ moments: [], warnings: [] }),
    describeModel: ({ folder }) => ({
      name: basename(folder),
      folder,
      kind: 'CLIP',
      capabilities: { embedsFrames: true, embedsTexts: true, takesPromptVectors: true, scoresClips: false },
      dim: 16,
      imageSize: 32,
      temporal: null,
      hash: basename(folder),
    }),
  };

  async run<Name extends EngineTaskName>(
    task: Name,
    input: EngineTasks[Name]['input'],
    options: TaskOptions = {},
  ): Promise<EngineTasks[Name]['output']> {
    this.asked.push({ task, input });
    const run = this.tasks[task];
    if (run === undefined) throw new Failure('internal', `The engine double does not do "${task}".`);
    // As between processes: others get their turn.
    await setImmediate();
    if (options.signal?.aborted === true) throw new Failure('cancelled', `"${task}" was cancelled.`);
    return run(input, options);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.resolve();
  }
}

/** A task that waits: it reports, and ends when it is told to or its signal aborts. */
export function heldTask<Output>(): {
  readonly run: (input: unknown, options: TaskOptions) => Promise<Output>;
  /** Resolves when the task has begun. */
  readonly begun: Promise<TaskOptions>;
  readonly finish: (output: Output) => void;
  readonly fail: (error: unknown) => void;
} {
  const begun = Promise.withResolvers<TaskOptions>();
  const ended = Promise.withResolvers<Output>();
  return {
    run: async (_input, options) => {
      options.signal?.addEventListener('abort', () => ended.reject(new Failure('cancelled', 'Cancelled.')));
      begun.resolve(options);
      return ended.promise;
    },
    begun: begun.promise,
    finish: ended.resolve,
    fail: ended.reject,
  };
}

function indexText(path: string): EngineTasks['index']['output'] {
  if (!existsSync(path)) throw new Failure('not-found', `There is no file ${path}.`, { path });
  const text = readFileSync(path, 'utf8');
  const [, frameCount] = /: (\d+)/u.exec(text) ?? [];
  if (frameCount === undefined) throw new Failure('unreadable-video', `${path} is not a video.`, { path });
  const count = Number(frameCount);
  const frames = Float64Array.from({ length: count + 1 }, (_, index) => Math.round((index * 1_001_000_000) / 30_000));
  const facts: VideoFacts = {
    codec: 'h264',
    container: 'mp4',
    width: 640,
    height: 360,
    codedWidth: 640,
    codedHeight: 360,
    rotation: 0,
    sampleAspectRatio: [1, 1],
    frameCount: count,
    firstFrameUs: 0,
    lastFrameUs: frames[count - 1]!,
    endUs: frames[count]!,
    averageFps: 30_000 / 1001,
    variableFrameRate: false,
    times: 'stored',
    interlaced: false,
    hasAudio: false,
    damagedPackets: 0,
    warnings: text.includes('damaged') ? ['3 damaged packets skipped.'] : [],
    browserPlayable: !text.includes('hevc'),
  };
  return { checksum: createHash('sha256').update(text).digest('hex'), facts, frames };
}
