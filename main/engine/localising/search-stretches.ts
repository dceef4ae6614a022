import { isMissing } from '#main/failures/file-failure.ts';
import type { DenseKey } from '#main/pipeline/feature-store/dense-store.ts';
import type { FrameFeatures } from '#main/pipeline/feature-store/frame-features.ts';
import type { NpyRows } from '#main/pipeline/feature-store/npy-rows.ts';
import { keepStretches, readStretches, stretchName } from '#main/pipeline/feature-store/stretch-store.ts';
import { momentsNear } from '#main/pipeline/retrieve/moments-near.ts';
import type { FeatureRows } from '#main/pipeline/retrieve/sampled-curve.ts';
import type { Moment } from '#main/pipeline/retrieve/search-moments.ts';
import { defaultSearchSettings } from '#main/pipeline/retrieve/search-settings.ts';
import type { StretchIndex } from '#main/pipeline/retrieve/stretch-index.ts';
import { stretchesOf } from '#main/pipeline/retrieve/stretches.ts';
import { unitRows } from '#main/pipeline/vectors/unit-rows.ts';
import { Failure } from '#preload/domain/failure.ts';
import { say, type Saying } from '#preload/domain/saying.ts';
import type { WithStretches } from '../memory/ports.ts';
import type { TaskControl, TaughtVideo } from '../vocabulary.ts';
import { openRows, timesOfRows } from './stored-rows.ts';

interface Source {
  readonly video: TaughtVideo;
  readonly key: DenseKey['features'];
}

/** Videos whose features are stored, and how features are seen. */
interface Searched {
  readonly featuresFolder: string;
  readonly stored: readonly Source[];
  readonly modules: readonly string[];
  /** Features as they are seen, of videos whose stretches are not there yet; null where they are gone or damaged. */
  readonly read: (source: Source) => Promise<FrameFeatures | null>;
}

/** Rows of videos that are no longer asked about make room once they are so large a share. */
const mostIdle = 1 / 8;

/**
 * `searchMoments` by way of stretches: those of all videos stay in memory, those that are not there yet are read or made
 * first. Null where this machine has no library or no memory for them, or features cannot be read where they lie.
 */
export async function searchStretches(
  { stretches }: WithStretches,
  searched: Searched,
  embedding: Float32Array,
  top: number,
  control: Pick<TaskControl, 'signal' | 'report'>,
): Promise<{ readonly moments: Moment<number>[]; readonly warnings: readonly Saying[] } | null> {
  const { featuresFolder, stored, modules } = searched;
  const [first] = stored;
  if (first === undefined) return null;
  const { videoChecksum: _, ...how } = first.key;
  const indexName = JSON.stringify([featuresFolder, how, modules]);
  const byName = new Map(stored.map((source) => [stretchName({ features: source.key, modules }), source]));
  let index = await stretches.of(indexName, embedding.length);
  if (index !== null && idleRows(index, byName) > mostIdle * index.rowCount) {
    await stretches.forget();
    index = await stretches.of(indexName, embedding.length);
  }
  if (index === null) return null;
  const warnings: Saying[] = [];
  const missing = [...byName].filter(([name]) => !index.has(name));
  for (const [at, [name, source]] of missing.entries()) {
    control.signal.throwIfAborted();
    control.report({
      done: at / missing.length,
      step: say('preparing video {{at}} of {{videos}} for searching', { at: at + 1, videos: missing.length }),
    });
    const key = { features: source.key, modules };
    const kept = await readStretches(featuresFolder, key);
    if (kept === 'damaged')
      warnings.push(
        say('What was kept for searching in {{name}} was damaged, and was made anew.', { name: source.video.name }),
      );
    if (typeof kept === 'object' && kept.dim === index.dim) index.add(name, kept);
    else {
      const features = await searched.read(source);
      if (features === null) continue;
      const made = stretchesOf(features, source.video.endUs);
      await keepStretches(featuresFolder, key, made);
      index.add(name, made);
    }
    if (index.bytes <= stretches.capacityBytes) continue;
    await stretches.forget();
    return null;
  }
  using opened = new OpenedRows(featuresFolder, modules);
  const unopened: Source[] = [];
  try {
    const moments = await momentsNear(
      unitRows(embedding, embedding.length),
      {
        index,
        isAsked: (name) => byName.has(name),
        open: (name) => {
          const source = byName.get(name)!;
          try {
            return { videoId: source.video.videoId, rows: opened.of(source) };
          } catch (error) {
            if (!cannotBeRead(error)) throw error;
            unopened.push(source);
            return null;
          }
        },
      },
      { ...defaultSearchSettings, top },
    );
    // What modules made could not be kept beside the features, as on a full disk.
    for (const source of unopened) if ((await searched.read(source)) !== null) return null;
    return { moments, warnings };
  } catch (error) {
    if (cannotBeRead(error)) return null;
    throw error;
  }
}

/** Whether a file of features is gone, or not what it was. */
const cannotBeRead = (error: unknown): boolean =>
  isMissing(error) || (error instanceof Failure && error.code === 'bad-input');

function idleRows(index: StretchIndex, asked: ReadonlyMap<string, unknown>): number {
  let rows = 0;
  for (const name of index.names()) if (!asked.has(name)) rows += index.rowsOf(name);
  return rows;
}

/** Files of features that are open for a search. */
class OpenedRows implements Disposable {
  readonly #folder: string;
  readonly #modules: readonly string[];
  readonly #files: NpyRows[] = [];

  constructor(folder: string, modules: readonly string[]) {
    this.#folder = folder;
    this.#modules = modules;
  }

  of({ video, key }: Source): FeatureRows {
    const seen = { features: key, modules: this.#modules };
    const rows = openRows(this.#folder, seen);
    this.#files.push(rows);
    return {
      count: rows.count,
      endUs: video.endUs,
      times: () => timesOfRows(this.#folder, seen),
      dots: (from, to, vector) => rows.dots(from, to, vector),
    };
  }

  [Symbol.dispose](): void {
    for (const file of this.#files) file[Symbol.dispose]();
  }
}
