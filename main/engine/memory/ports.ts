import type { Inference } from '../inference/inference-requests.ts';
import type { LeastRecentlyUsed } from './least-recently-used.ts';
import type { Models } from './models.ts';
import type { Scorers } from './scorers.ts';
import type { StoredVideos } from './stored-videos.ts';
import type { StretchIndexes } from './stretch-indexes.ts';
import type { TextEmbeddings } from './text-embeddings.ts';

// What the engine keeps between tasks, part by part: a function names the parts that it needs and sees no others.

export interface WithInference {
  readonly inference: Inference;
}

export interface WithModels {
  readonly models: Pick<Models, 'facts' | 'featureKey' | 'featureKeys'>;
}

export interface WithTexts {
  readonly texts: Pick<TextEmbeddings, 'embed'>;
}

export interface WithScorers {
  readonly scorers: Pick<Scorers, 'facts' | 'clipKey' | 'storeOf' | 'openEncoder' | 'encodeNames' | 'score'>;
}

export interface WithVideos {
  readonly videos: Pick<StoredVideos, 'of'>;
}

export interface WithStretches {
  readonly stretches: Pick<StretchIndexes, 'of' | 'forget' | 'capacityBytes'>;
}

/** Values that are computed once for as long as they are kept. */
export type Kept<Value> = Pick<LeastRecentlyUsed<Value>, 'get' | 'set' | 'delete'>;
