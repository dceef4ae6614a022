// Where a segment or a score comes from can be read: model, version of the prompts, and the scorer of clips.
import { describe, expect, test } from 'vitest';
import { scorerWords, sourceWords } from './source-words.ts';

const model = 'clip-vit-base';

describe('a proposal names', () => {
  test.each([
    [{ version: 'zero-shot' }, 'Proposed by clip-vit-base, zero-shot'],
    [{ version: 'Version 3' }, 'Proposed by clip-vit-base, Version 3'],
    [
      { version: 'zero-shot', scorer: { mode: 'xclip' as const, model: 'small-8', version: null } },
      'Proposed by clip-vit-base, scored by small-8 (X-CLIP)',
    ],
    [
      { version: 'zero-shot', scorer: { mode: 'xclip' as const, model: 'small-8', version: 'Version 2' } },
      'Proposed by clip-vit-base, scored by small-8, Version 2 (X-CLIP)',
    ],
    [
      { version: 'Version 3', scorer: { mode: 'fused' as const, model: 'small-8', version: null } },
      'Proposed by clip-vit-base, Version 3, scored together with small-8 (X-CLIP)',
    ],
  ])('%o', (source, words) => expect(sourceWords({ kind: 'model', model, ...source })).toBe(words));
});

test('people and imports', () => {
  expect(sourceWords({ kind: 'human' })).toBe('Drawn by a person');
  expect(sourceWords({ kind: 'import', format: 'COCO' })).toBe('Imported from COCO');
});

test('whoever recognises', () => {
  const scorerModel = 'small-8';
  expect(scorerWords({ model, scorer: 'clip', scorerModel }, 'Version 3')).toBe('clip-vit-base, Version 3');
  expect(scorerWords({ model, scorer: 'xclip', scorerModel }, 'Version 3')).toBe('small-8 (X-CLIP)');
  expect(scorerWords({ model, scorer: 'fused', scorerModel }, 'zero-shot')).toBe(
    'clip-vit-base, zero-shot, together with small-8 (X-CLIP)',
  );
});
