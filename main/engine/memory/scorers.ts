import { ClipStore, type ClipKey } from '#main/pipeline/score-clips/clip-store.ts';
import { withoutMerging } from '#native-models/runtime/plan.ts';
import { computingName } from '#preload/domain/inference-server.ts';
import type { ClipEncoder } from '#main/pipeline/score-clips/encode-clips.ts';
import type { EncodedClips } from '#native-models/video-text-model.ts';
import { preprocessingHash } from '#native-models/image/image-preprocessing.ts';
import type { ProviderReport } from '#preload/domain/model.ts';
import type { Inference, ScorerFacts } from '../inference/inference-requests.ts';
import { askServer } from './ask-server.ts';
import { LeastRecentlyUsed } from './least-recently-used.ts';
import { pinScorer } from '../inference/model-fingerprint.ts';
import type { ScorerModel } from '../vocabulary.ts';
import { say, type Saying } from '#preload/domain/saying.ts';

/** Clips in one call of an encoder on a device; a processor takes one at a time, so that a text waits for one at most. */
const clipsPerCall = 8;
const factsCapacity = 16;
const namesCapacityBytes = 16 * 2 ** 20;

interface KnownName {
  readonly row: Float32Array;
  readonly truncated: boolean;
}

/** Models of clips, as seen from this side of the inference thread. */
export class Scorers {
  readonly #inference: Inference;
  readonly #facts = new LeastRecentlyUsed<ScorerFacts>(factsCapacity);
  readonly #names = new LeastRecentlyUsed<KnownName>(namesCapacityBytes);

  constructor(inference: Inference) {
    this.#inference = inference;
  }

  /** Reads configuration without weights; fails with `not-found`, or `unreadable-model` for a model of single frames. */
  async facts(scorer: ScorerModel): Promise<ScorerFacts> {
    const model = await pinScorer(scorer);
    const key = [model.folder, model.fingerprint, model.tunedFile].join('\0');
    const known = this.#facts.get(key);
    if (known) return known;
    const facts = await this.#inference.ask('scorerFacts', { model });
    this.#facts.set(key, facts, 1);
    return facts;
  }

  /** The key under which this model's clips of a video are kept. */
  async clipKey(scorer: ScorerModel, videoChecksum: string): Promise<ClipKey> {
    const { clipHash, preprocessing, frameCount, contextRows, dim } = await this.facts(scorer);
    const name = computingName(scorer.provider);
    const inWholeNumbers = name !== 'auto' && withoutMerging(name) === 'cpu-int8' ? '-int8' : '';
    const ofPictures = `${preprocessingHash(preprocessing)}${inWholeNumbers}`;
    return { videoChecksum, modelHash: clipHash, preprocessingHash: ofPictures, frameCount, contextRows, dim };
  }

  /** Where this model's clips of a video are kept. */
  async storeOf(scorer: ScorerModel, featuresFolder: string, videoChecksum: string): Promise<ClipStore> {
    return new ClipStore(featuresFolder, await this.clipKey(scorer, videoChecksum));
  }

  /** The encoder of clips, loaded and its execution provider chosen. */
  async openEncoder(scorer: ScorerModel): Promise<ClipEncoder & { readonly provider: ProviderReport }> {
    const { preprocessing, frameCount } = await this.facts(scorer);
    const model = await pinScorer(scorer);
    const provider = await askServer(this.#inference, 'warmUpScorer', { model });
    return {
      preprocessing,
      frameCount,
      provider,
      batchSize: provider.chosen.startsWith('cpu') ? 1 : clipsPerCall,
      encode: (pixels, count) => askServer(this.#inference, 'encodeClips', { model, pixels, count }, [pixels.buffer]),
    };
  }

  /** Names `[K, D]` in their order, bare as the model was trained, each encoded once; and which of them were cut. */
  async encodeNames(
    scorer: ScorerModel,
    names: readonly string[],
  ): Promise<{ readonly rows: Float32Array; readonly warnings: readonly Saying[] }> {
    const model = await pinScorer(scorer);
    const { hash, dim } = await this.facts(scorer);
    const keyOf = (name: string) => `${hash}\0${computingName(scorer.provider)}\0${name}`;
    const known = new Map<string, KnownName>();
    for (const name of names) {
      const found = this.#names.get(keyOf(name));
      if (found) known.set(name, found);
    }
    const missing = [...new Set(names)].filter((name) => !known.has(name));
    if (missing.length > 0) {
      const { embeddings, truncated } = await askServer(this.#inference, 'encodeNames', { model, names: missing });
      missing.forEach((name, index) => {
        const found = { row: embeddings.slice(index * dim, (index + 1) * dim), truncated: truncated[index]! };
        known.set(name, found);
        this.#names.set(keyOf(name), found, found.row.byteLength);
      });
    }
    const rows = new Float32Array(names.length * dim);
    names.forEach((name, index) => rows.set(known.get(name)!.row, index * dim));
    const cut = [...known].filter(([, { truncated }]) => truncated);
    return {
      rows,
      warnings: cut.map(([name]) => say('The scorer does not read so long a name to its end: "{{name}}".', { name })),
    };
  }

  /** Logits `[clips, K]` of names `[K, D]`. */
  async score(scorer: ScorerModel, clips: EncodedClips, names: Float32Array): Promise<Float32Array> {
    return askServer(this.#inference, 'scoreClips', { model: await pinScorer(scorer), clips, names });
  }
}
