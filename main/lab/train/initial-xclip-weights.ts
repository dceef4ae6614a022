import type { Checkpoint } from '#native-models/checkpoint/checkpoint.ts';
import { isNewPart } from '#native-models/xclip/trained-parts.ts';
import { auxiliary } from './contrastive-graph.ts';
import { seededRandom, type SeededRandom } from '#main/random/seeded-random.ts';

/**
 * Positions of frames start half as large as what they are added to. From 0.02, as published, a run as short as ours
 * does not find out that order matters.
 */
const positionDeviation = 0.5;

/**
 * Where an X-CLIP starts: what it has of a CLIP as that CLIP has it, and what it adds as its authors start it (Ni et al.
 * 2022, released code: models/cct.py, mit.py, prompt.py and xclip.py, and PyTorch's defaults where they say nothing);
 * but for the positions of frames.
 */
export function initialXClipWeights(
  shapes: ReadonlyMap<string, readonly number[]>,
  clip: Checkpoint,
  seed: number,
): Map<string, Float32Array> {
  const random = seededRandom(seed);
  return new Map(
    [...shapes].map(([name, shape]) => [
      name,
      isInherited(name) ? clip.values(nameInClip(name), shape).slice() : startOf(name, shape, random),
    ]),
  );
}

const isInherited = (name: string): boolean => !isNewPart(name) && !name.startsWith(auxiliary);

/** The two published layouts spell one layer's name differently. */
const nameInClip = (name: string): string => name.replace('vision_model.pre_layernorm', 'vision_model.pre_layrnorm');

function startOf(name: string, shape: readonly number[], random: SeededRandom): Float32Array {
  const values = new Float32Array(shape.reduce((product, size) => product * size, 1));
  if (name.endsWith('.alpha')) return values.fill(0.1);
  if (/(norm\d?|_ln)\.weight$/.test(name)) return values.fill(1);
  const draw = distributionOf(name, shape, random);
  return draw === null ? values : values.map(draw);
}

function distributionOf(name: string, shape: readonly number[], random: SeededRandom): (() => number) | null {
  const uniform = (bound: number) => () => random.between(-bound, bound);
  const fanIn = shape.at(-1)!;
  // PyTorch's attention starts queries, keys and values as one map of three times the width (Glorot and Bengio 2010).
  if (/(message_attn|mit\..*)\.[qkv]_proj\.weight$/.test(name)) return uniform(Math.sqrt(6 / (4 * fanIn)));
  if (/(message_fc|message_attn\.out_proj)\.weight$/.test(name)) return uniform(fanIn ** -0.5);
  if (name.endsWith('message_fc.bias')) return uniform(fanIn ** -0.5);
  if (name.endsWith('.bias')) return null;
  if (name.startsWith(auxiliary)) return () => fanIn ** -0.5 * random.normal();
  if (name === 'mit.position_embedding') return () => positionDeviation * random.normal();
  return name === 'prompts_visual_projection' ? () => random.normal() : () => truncatedNormal(random, 0.02);
}

/** Cut off at two deviations. */
function truncatedNormal(random: SeededRandom, deviation: number): number {
  for (;;) {
    const value = random.normal();
    if (Math.abs(value) <= 2) return deviation * value;
  }
}
