// Protects: what learning brought is told as it is: by what a person sees, and never as a gain where it is noise.
import { describe, expect, it } from 'vitest';
import type { Comparison } from '#preload/domain/judgement.ts';
import { adviceWords, broughtWords, classWords, differenceWords, seenWords } from './brought-words.ts';

const comparison = (verdict: Comparison['verdict'], found: [number, number], alarms: [number, number]): Comparison => ({
  verdict,
  videos: 8,
  before: 0.6,
  after: 0.72,
  difference: { mean: 0.12, low: 0.09, high: 0.15 },
  shown: {
    before: { of: 40, found: found[0], falseAlarms: alarms[0] },
    after: { of: 40, found: found[1], falseAlarms: alarms[1] },
  },
});

describe('what learning brought', () => {
  it('is what a person sees of it', () => {
    expect(seenWords(comparison('better', [22, 31], [10, 4]))).toBe('finds 9 more of 40, 6 fewer false alarms');
    expect(seenWords(comparison('worse', [31, 30], [4, 5]))).toBe('finds 1 fewer of 40, 1 more false alarm');
    expect(seenWords(comparison('equal', [31, 31], [4, 4]))).toBe(
      'finds 31 of 40, as before, as many false alarms (4)',
    );
    expect(seenWords(comparison('equal', [31, 31], [0, 0]))).toBe('finds 31 of 40, as before, no false alarm');
  });

  it('is short for a class, and says what was before only where it was otherwise', () => {
    expect(classWords(comparison('better', [22, 31], [2, 1]))).toBe(
      'finds 31 of 40 (22 before), 1 false alarm (2 before)',
    );
    expect(classWords(comparison('equal', [31, 31], [0, 0]))).toBe('finds 31 of 40, no false alarm');
  });

  it('says how sure it is, and what to do where it is not', () => {
    const better = comparison('better', [22, 31], [10, 4]);
    expect(differenceWords(better)).toBe('+12.0 ± 3.0');
    expect(broughtWords(better)).toMatch(/^finds 9 more .* \(\+12\.0 ± 3\.0 points of mAP\)\.$/);
    expect(adviceWords(better)).toBe('');
    expect(broughtWords(comparison('equal', [22, 23], [10, 10]))).toMatch(
      /no difference that could be told from chance/,
    );
    expect(broughtWords(comparison('worse', [22, 20], [10, 12]))).toMatch(/: worse/);
    expect(broughtWords(comparison('untested', [0, 0], [0, 0]))).toMatch(/too few corrected videos/);
    expect(adviceWords({ ...comparison('equal', [1, 1], [0, 0]), videos: 2 })).toMatch(/2 corrected videos chance/);
    expect(adviceWords(comparison('equal', [31, 31], [0, 0]))).toMatch(/still missed/);
    expect(adviceWords(comparison('equal', [40, 40], [4, 4]))).toMatch(/^Nothing .* missed. False alarms are left/);
    expect(adviceWords(comparison('equal', [40, 40], [0, 0]))).toMatch(/no more to gain/);
    expect(adviceWords(comparison('worse', [22, 20], [10, 12]))).toMatch(/became worse/);
  });
});
