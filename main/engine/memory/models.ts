import type { FeatureKey } from '#main/pipeline/feature-store/feature-key.ts';
import { framingMethod } from '#main/pipeline/encode/moving-part.ts';
import { stillMethod } from '#main/pipeline/encode/still-frames.ts';
import { preprocessingHash } from '#native-models/image/image-preprocessing.ts';
import { planOf } from '#native-models/runtime/plan.ts';
import { mergingVersion } from '#native-models/transformer/token-merging.ts';
import { computingName } from '#preload/domain/inference-server.ts';
import type { Inference, ModelFacts } from '../inference/inference-requests.ts';
import { LeastRecentlyUsed } from './least-recently-used.ts';
import { pinModel } from '../inference/model-fingerprint.ts';
import type { ModelChoice } from '../vocabulary.ts';

/** How many model folders' facts are remembered. */
const capacity = 32;

/** What is known of models on this side of the inference thread, so that a person need not wait for a batch of frames. */
export class Models {
  readonly #inference: Inference;
  readonly #facts = new LeastRecentlyUsed<ModelFacts>(capacity);

  constructor(inference: Inference) {
    this.#inference = inference;
  }

  /** Reads a model folder's configuration, without its weights; fails with `not-found` or `unreadable-model`. */
  async facts(choice: ModelChoice): Promise<ModelFacts> {
    const model = await pinModel(choice);
    const key = `${model.folder}\0${model.fingerprint}`;
    const known = this.#facts.get(key);
    if (known) return known;
    const facts = await this.#inference.ask('facts', { model });
    this.#facts.set(key, facts, 1);
    return facts;
  }

  /** The key under which a model's features of a video are stored. */
  async featureKey(videoChecksum: string, choice: ModelChoice, samplingFps: number): Promise<FeatureKey> {
    return (await this.featureKeys(choice, samplingFps))(videoChecksum);
  }

  /** The same for many videos, by their checksums: the model's folder is looked at once. */
  async featureKeys(choice: ModelChoice, samplingFps: number): Promise<(videoChecksum: string) => FeatureKey> {
    const { hash, preprocessing } = await this.facts(choice);
    const { provider, framing = 'middle', shareStill = false, numbers } = choice;
    const name = computingName(provider);
    const { precision, mergesTokens } = planOf(name === 'auto' ? 'cpu' : name);
    const ofPictures = [
      preprocessingHash(preprocessing),
      ...(framing === 'middle' ? [] : [framing, framingMethod]),
      ...(shareStill ? ['still', stillMethod] : []),
      ...(mergesTokens ? ['merged', mergingVersion] : []),
    ].join('-');
    return (videoChecksum) => {
      const key = { videoChecksum, modelHash: hash, preprocessingHash: ofPictures, samplingFps };
      return { ...key, ...(precision !== 'fp32' && { precision }), ...(numbers === 'float16' && { numbers }) };
    };
  }
}
