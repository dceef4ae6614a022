import type { Checkpoint } from '../checkpoint/checkpoint.ts';
import { transposeLast } from '../graph/arrange.ts';
import type { Tensor } from '../graph/tensor.ts';

/** Whether these weights have the names that OpenAI's CLIP and open_clip give them. */
export const hasOpenClipNames = (checkpoint: Checkpoint): boolean => checkpoint.has('visual.conv1.weight');

/**
 * The weights of an OpenAI CLIP or an open_clip model under Hugging Face's names, so that CLIP's towers are written once.
 * Nothing is copied: joined projections are read in thirds, those stored the other way round are turned in the graph.
 */
export function huggingFaceNames(stored: Checkpoint): Checkpoint {
  const place = (name: string): Place => placeOf(name, stored.has('text.positional_embedding') ? 'text.' : '');
  return {
    folder: stored.folder,
    files: stored.files,
    has: (name) => stored.has(place(name).name),
    shape: (name) => stored.shape(place(name).name),
    tensor(name, shape) {
      const { name: own, third, turned } = place(name);
      if (third !== undefined) {
        const [size, ...rest] = shape as [number, ...number[]];
        return stored.rows(own, [3 * size, ...rest], third * size, (third + 1) * size);
      }
      return turned === true && !stored.has(`${own}.weight`)
        ? transposeLast(stored.tensor(own, shape.toReversed()))
        : stored.tensor(turned === true ? `${own}.weight` : own, shape);
    },
    rows: (name, shape, start, end): Tensor => stored.rows(place(name).name, shape, start, end),
    values: (name, shape) => stored.values(place(name).name, shape),
    number: (name) => stored.number(place(name).name),
  };
}

interface Place {
  readonly name: string;
  /** Which third of a tensor that holds queries, keys and values. */
  readonly third?: number;
  /** Stored `[in, out]`, unless the tensor's name ends in `.weight`. */
  readonly turned?: boolean;
}

const wholeNames: Readonly<Record<string, string>> = {
  'vision_model.embeddings.class_embedding': 'visual.class_embedding',
  'vision_model.embeddings.patch_embedding.weight': 'visual.conv1.weight',
  'vision_model.embeddings.position_embedding.weight': 'visual.positional_embedding',
  'text_model.embeddings.token_embedding.weight': 'token_embedding.weight',
  'text_model.embeddings.position_embedding.weight': 'positional_embedding',
};

const norms: Readonly<Record<string, string>> = {
  'vision_model.pre_layrnorm': 'visual.ln_pre',
  'vision_model.post_layernorm': 'visual.ln_post',
  'text_model.final_layer_norm': 'ln_final',
};

const layerParts: Readonly<Record<string, string>> = {
  layer_norm1: 'ln_1',
  layer_norm2: 'ln_2',
  'mlp.fc1': 'mlp.c_fc',
  'mlp.fc2': 'mlp.c_proj',
  'self_attn.out_proj': 'attn.out_proj',
};

function placeOf(name: string, text: string): Place {
  const own = (stored: string): string => (stored.startsWith('visual.') ? stored : text + stored);
  if (name === 'visual_projection.weight') return { name: 'visual.proj', turned: true };
  if (name === 'text_projection.weight') return { name: own('text_projection'), turned: true };
  if (name in wholeNames) return { name: own(wholeNames[name]!) };
  const [, stem, kind] = /^(.*)\.(weight|bias)$/.exec(name) ?? [];
  if (stem === undefined) return { name };
  if (stem in norms) return { name: own(`${norms[stem]}.${kind}`) };
  const layer = /^(vision|text)_model\.encoder\.layers\.(\d+)\.(.+)$/.exec(stem);
  if (layer === null) return { name };
  const [, tower, index, part] = layer as unknown as [string, string, string, string];
  const block = own(`${tower === 'vision' ? 'visual.' : ''}transformer.resblocks.${index}`);
  const third = ['self_attn.q_proj', 'self_attn.k_proj', 'self_attn.v_proj'].indexOf(part);
  if (third >= 0) return { name: `${block}.attn.in_proj_${kind}`, third };
  return { name: `${block}.${layerParts[part] ?? part}.${kind}` };
}
