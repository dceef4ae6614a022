import { access, readdir } from 'node:fs/promises';
import { totalmem } from 'node:os';
import path from 'node:path';
import { FrameTable } from '#preload/domain/frame-table.ts';
import { say } from '#preload/domain/saying.ts';
import type { FeatureKey } from '#main/pipeline/feature-store/feature-key.ts';
import { featureName } from '#main/pipeline/feature-store/feature-key.ts';
import { FeatureStore } from '#main/pipeline/feature-store/feature-store.ts';
import type { FrameFeatures } from '#main/pipeline/feature-store/frame-features.ts';
import type { FeatureAnalysis } from '#main/pipeline/propose/analyse-features.ts';
import { analyseFeatures } from '#main/pipeline/propose/analyse-features.ts';
import { isMissing } from '#main/failures/file-failure.ts';
import { Failure } from '#preload/domain/failure.ts';
import { LeastRecentlyUsed } from './least-recently-used.ts';
import type { IndexedMedia } from '../vocabulary.ts';

/** A video's stored features in memory, and their analysis once someone asks for it. */
export class StoredVideo {
  readonly features: FrameFeatures;
  readonly endUs: number;
  #analysis: FeatureAnalysis | null = null;

  constructor(features: FrameFeatures, endUs: number) {
    this.features = features;
    this.endUs = endUs;
  }

  get analysis(): FeatureAnalysis {
    return (this.#analysis ??= analyseFeatures(this.features, this.endUs));
  }
}

/** An eighth of the machine's memory: some ten hours of video on a machine of 8 GiB. */
const capacityBytes = totalmem() / 8;

/** A feature's number, and its running sum in double precision. */
const bytesPerNumber = 4 + 8;

/** Keeps the videos that were worked on last, so that a new class costs neither reading nor analysing. */
export class StoredVideos {
  readonly #kept = new LeastRecentlyUsed<Promise<StoredVideo>>(capacityBytes);

  /** Fails with `not-found` where the features are not complete. */
  async of(folder: string, key: FeatureKey, media: IndexedMedia): Promise<StoredVideo> {
    const name = path.join(folder, featureName(key));
    const kept = this.#kept.get(name);
    if (kept) return kept;
    const loading = load(folder, key, media);
    this.#kept.set(name, loading, 0);
    try {
      const video = await loading;
      this.#kept.set(name, loading, video.features.features.length * bytesPerNumber);
      return video;
    } catch (error) {
      // A failure is not kept: the features may be complete the next time.
      this.#kept.delete(name);
      throw error;
    }
  }
}

/** Whether complete features are in the store; looks at no more than a file name. */
export function areStored(folder: string, key: FeatureKey): Promise<boolean> {
  return access(new FeatureStore(folder).filesOf(key).features).then(
    () => true,
    () => false,
  );
}

/** The same for many videos, by one look at the folder. */
export async function storedIn(folder: string): Promise<(key: FeatureKey) => boolean> {
  const names = new Set(
    await readdir(folder).catch((error: unknown) => {
      if (isMissing(error)) return [];
      throw error;
    }),
  );
  const store = new FeatureStore(folder);
  return (key) => names.has(path.basename(store.filesOf(key).features));
}

async function load(folder: string, key: FeatureKey, media: IndexedMedia): Promise<StoredVideo> {
  const stored = await new FeatureStore(folder).open(key);
  if (stored.state !== 'complete') {
    const file = path.basename(media.path);
    throw new Failure(
      'not-found',
      say('The frame features of {{file}} are not complete; compute them first.', { file }),
      {
        file: media.path,
      },
    );
  }
  return new StoredVideo(stored.video, FrameTable.fromArray(media.frames).lastEndUs);
}
