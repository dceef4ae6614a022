import { computingName } from '#preload/domain/inference-server.ts';
import type { Inference } from '../inference/inference-requests.ts';
import { askServer } from './ask-server.ts';
import { LeastRecentlyUsed } from './least-recently-used.ts';
import { pinModel } from '../inference/model-fingerprint.ts';
import type { Models } from './models.ts';
import type { ModelChoice } from '../vocabulary.ts';
import { say, type Saying } from '#preload/domain/saying.ts';

/** Texts as rows of a model's joint space. */
export interface EmbeddedTexts {
  /** `[K, D]`, rows L2-normalised, in the order of the texts. */
  readonly embeddings: Float32Array;
  readonly dim: number;
  /** Which texts the model did not read to their end. */
  readonly warnings: readonly Saying[];
}

interface KnownText {
  readonly row: Float32Array;
  readonly truncated: boolean;
}

const capacityBytes = 64 * 2 ** 20;

/** Embeds each text once per model: typing one more class costs one class's texts. */
export class TextEmbeddings {
  readonly #inference: Inference;
  readonly #models: Models;
  readonly #known = new LeastRecentlyUsed<KnownText>(capacityBytes);

  constructor(inference: Inference, models: Models) {
    this.#inference = inference;
    this.#models = models;
  }

  async embed(choice: ModelChoice, texts: readonly string[]): Promise<EmbeddedTexts> {
    const { hash, dim } = await this.#models.facts(choice);
    const keyOf = (text: string) => `${hash}\0${computingName(choice.provider)}\0${text}`;
    const rows = new Map<string, KnownText>();
    for (const text of texts) {
      const known = this.#known.get(keyOf(text));
      if (known) rows.set(text, known);
    }
    const missing = [...new Set(texts)].filter((text) => !rows.has(text));
    if (missing.length > 0) {
      const model = await pinModel(choice);
      const { embeddings, truncated } = await askServer(this.#inference, 'encodeTexts', { model, texts: missing });
      missing.forEach((text, index) => {
        const known = { row: embeddings.slice(index * dim, (index + 1) * dim), truncated: truncated[index]! };
        rows.set(text, known);
        this.#known.set(keyOf(text), known, known.row.byteLength);
      });
    }
    const embeddings = new Float32Array(texts.length * dim);
    texts.forEach((text, index) => embeddings.set(rows.get(text)!.row, index * dim));
    const cut = [...rows].filter(([, { truncated }]) => truncated);
    return {
      embeddings,
      dim,
      warnings: cut.map(([text]) => say('The model does not read so long a text to its end: "{{text}}".', { text })),
    };
  }
}
