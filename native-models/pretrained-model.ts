import type { ModelCapabilities } from '#preload/domain/model.ts';
import type { ImagePreprocessing } from './image/image-preprocessing.ts';
import type { ProviderOptions, ProviderReport } from './runtime/providers.ts';
import type { TemporalModuleFacts } from './temporal/temporal-module-file.ts';

export interface ModelOptions extends ProviderOptions {
  /** A file in which hashes of weights are kept from one start of the program to the next; it may be deleted at any time. */
  readonly hashCache?: string;
  /** Of the picture encoder alone, where others of the same model run beside it. */
  readonly pictures?: Pick<ProviderOptions, 'threads' | 'isTried'> & {
    /** A folder in which forms of the model are kept that must be made from its weights: each is made once for all. */
    readonly formsIn?: string;
  };
}

/** A text as the model read it. */
export interface TextReading {
  readonly tokens: number;
  /** True where the text is longer than the model reads and its end was left out. */
  readonly truncated: boolean;
}

/** What every pretrained model says of itself, whatever it does. */
export interface PretrainedModel extends AsyncDisposable {
  /** The folder's name. */
  readonly name: string;
  /** Its family's, for people to read; what the model can do is in `capabilities`. */
  readonly kind: string;
  readonly capabilities: ModelCapabilities;
  /** SHA-256 over configuration, weights and, where there is one, the tuning on top of them: part of features' keys. */
  readonly hash: string;
  /** D, the width of its features. */
  readonly dim: number;
  /** What cosines are multiplied with before a softmax: e to the stored `logit_scale`; 100 where none is stored. */
  readonly logitScale: number;
  /** What is then added, in a model whose answers are probabilities of each text by itself (sigmoid); null in all others. */
  readonly logitBias: number | null;
  readonly preprocessing: ImagePreprocessing;
  /** How the execution provider was chosen: the picture encoder's once it has run. */
  readonly provider: ProviderReport;
  /** The temporal module that its folder brings along; null where there is none. */
  readonly temporal: TemporalModuleFacts | null;
}
