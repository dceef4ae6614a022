// Protects: what an X-CLIP says beside frame features counts as much as corrections of other videos say it should, not at
// all where it misleads, and then not by a bit.
import { describe, expect, it } from 'vitest';
import { seededRandom } from '#main/random/seeded-random.ts';
import { softmax } from '../learn/softmax.ts';
import { learnClipWeight, type TwoOpinions } from './clip-weight.ts';
import { fuseProbabilities, opinionOf, usualClipWeight } from './fuse-probabilities.ts';

/** Corrections of 12 videos; how much of the truth frames and clips each see. */
function opinionsOf(byFrames: number, byClips: number): TwoOpinions[] {
  const random = seededRandom(3);
  const say = (right: number, seen: number): Float64Array =>
    softmax(Float64Array.from({ length: 5 }, (_, at) => random.between(-1, 1) + (at === right ? seen : 0)));
  return Array.from({ length: 48 }, (_, index) => {
    const right = index % 5;
    return { videoId: index % 12, right: [right], frames: say(right, byFrames), clip: say(right, byClips) };
  });
}

describe('two opinions', () => {
  it('are pooled as products that stay distributions over classes and background', () => {
    const fused = fuseProbabilities(Float64Array.of(0.2, 0.4), Float64Array.of(0.6, 0.2), 1);
    const total = 0.2 * 0.6 + 0.4 * 0.2 + 0.4 * 0.2;
    expect([...fused]).toEqual([expect.closeTo(0.12 / total, 9), expect.closeTo(0.08 / total, 9)]);
  });

  it('are those of the frames alone without weight, and where nobody looked at the clip', () => {
    const frames = Float64Array.of(0.2, 0.4);
    expect(fuseProbabilities(frames, Float64Array.of(0.6, 0.2), 0)).toBe(frames);
    expect(opinionOf('fused', frames, undefined, 1)).toBe(frames);
    expect(opinionOf('xclip', frames, undefined, 1)).toBeNull();
  });
});

describe('the weight of clips', () => {
  it('is the usual one without corrections', () => {
    expect(learnClipWeight([])).toBe(usualClipWeight);
  });

  it('grows where clips tell what frames do not', () => {
    expect(learnClipWeight(opinionsOf(0.5, 3))).toBeGreaterThan(2 * usualClipWeight);
  });

  it('is none where clips point elsewhere', () => {
    expect(learnClipWeight(opinionsOf(2, -2))).toBe(0);
  });
});
