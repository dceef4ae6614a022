import type { PromptVectors } from '../dual-encoder/prompted-text.ts';

/** Class names as the prompted text tower reads them: K classes, padded to the longest, after the shared prefix. */
export interface PromptTokens {
  readonly classes: number;
  /** Positions per class after the prefix: the longest name, the suffix, the end of text. */
  readonly length: number;
  /** `[K, length]` token ids; anything where a learned vector stands or nothing follows. */
  readonly ids: Int32Array;
  /** `[K, length]`: 1 where a frozen token stands. */
  readonly frozen: Float32Array;
  /** `[K, length, suffix]`: 1 where a position holds that suffix vector. */
  readonly suffixPlaces: Float32Array;
  /** `[K, length]`: 1 at each class's end of text. */
  readonly endOfText: Float32Array;
  /** `[K, length]`: 0 up to the end of text, strongly negative after it. */
  readonly afterEnd: Float32Array;
}

/**
 * Lays out `[SOS][prefix][name][suffix][EOT]` (Ju et al. 2022, s.3.2; Zhou et al. 2022 for suffix 0) without the part
 * that all classes share, `[SOS][prefix]`. `names` are token ids without start and end of text, which fit the context.
 */
export function layOutPromptTokens(
  names: readonly (readonly number[])[],
  shape: PromptVectors,
  endOfText: number,
): PromptTokens {
  const length = Math.max(...names.map((name) => name.length)) + shape.suffix + 1;
  const cells = names.length * length;
  const tokens = {
    ids: new Int32Array(cells).fill(endOfText),
    frozen: new Float32Array(cells),
    suffixPlaces: new Float32Array(cells * shape.suffix),
    endOfText: new Float32Array(cells),
    afterEnd: new Float32Array(cells),
  };
  for (const [row, name] of names.entries()) {
    const start = row * length;
    const end = start + name.length + shape.suffix;
    tokens.ids.set(name, start);
    tokens.frozen.fill(1, start, start + name.length);
    for (let vector = 0; vector < shape.suffix; vector += 1)
      tokens.suffixPlaces[(start + name.length + vector) * shape.suffix + vector] = 1;
    tokens.frozen[end] = 1;
    tokens.endOfText[end] = 1;
    tokens.afterEnd.fill(-1e9, end + 1, start + length);
  }
  return { classes: names.length, length, ...tokens };
}
