import { totalmem } from 'node:os';
import { stagesKept } from '#main/pipeline/feature-store/stage-store.ts';
import { InferenceLanes } from '../inference/inference-lanes.ts';
import type { BlockBasis } from '#main/pipeline/learn/block-basis.ts';
import type { Ground, VideoEvidence } from '#main/pipeline/learn/evidence.ts';
import type { DescribedTable } from '#main/pipeline/learn/stage-tables.ts';
import type { TaughtProject } from '../localising/lesson-of.ts';
import type { StagedVideo, VideoCurvesSeen } from '../localising/staged-video.ts';
import { LeastRecentlyUsed } from '../memory/least-recently-used.ts';
import { Models } from '../memory/models.ts';
import { Scorers } from '../memory/scorers.ts';
import { StoredVideos } from '../memory/stored-videos.ts';
import { StretchIndexes } from '../memory/stretch-indexes.ts';
import { TextEmbeddings } from '../memory/text-embeddings.ts';

/**
 * What the engine keeps between tasks: open models, embedded texts, stored videos, what is known of videos and of what they teach. Only tasks
 * see it whole; what they call names the parts that it needs.
 */
export class EngineMemory implements AsyncDisposable {
  readonly inference = new InferenceLanes();
  readonly models = new Models(this.inference);
  readonly texts = new TextEmbeddings(this.inference, this.models);
  readonly scorers = new Scorers(this.inference);
  readonly videos = new StoredVideos();
  readonly stretches = new StretchIndexes();
  /** Class features under tuned prompts. */
  readonly tunedRows = new LeastRecentlyUsed<Float32Array>(16 * 2 ** 20);
  /** Frame features as temporal modules see them, of about as many hours of video as `videos` keeps. */
  readonly denseFeatures = new LeastRecentlyUsed<Float32Array>(totalmem() / 24);
  /** Proposals of videos, and the same in the terms in which corrections speak: what scoring again starts from. */
  readonly staged = new LeastRecentlyUsed<StagedVideo>(totalmem() / 32);
  readonly described = new LeastRecentlyUsed<DescribedTable>(totalmem() / 12);
  /** What was learned, and what each video added to it. */
  readonly lessons = new LeastRecentlyUsed<Promise<TaughtProject>>(4);
  readonly evidence = new LeastRecentlyUsed<VideoEvidence>(totalmem() / 24);
  readonly bases = new LeastRecentlyUsed<BlockBasis>(4);
  readonly grounds = new LeastRecentlyUsed<Ground | null>(4);
  /** How far clips are trusted. */
  readonly clipWeights = new LeastRecentlyUsed<number>(4);
  readonly storedClips = new LeastRecentlyUsed<ReadonlySet<string>>(4);
  readonly curves = new LeastRecentlyUsed<VideoCurvesSeen>(4);

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([this.inference[Symbol.asyncDispose](), this.stretches[Symbol.asyncDispose](), stagesKept()]);
  }
}
