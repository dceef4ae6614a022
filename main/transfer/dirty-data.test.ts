// Protects: whatever is wrong in a file of any format, each row that is taken is possible, the others are told, a file that
// is none fails with the one reason, nothing runs, and how a text was stored changes nothing of what it says.
import { basename } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isFailure } from '#preload/domain/failure.ts';
import { annotationSets } from '../testing/annotation-sets.ts';
import type { ImportedAnnotations, NamedText } from './annotation-set.ts';
import { decodeText } from './decode-text.ts';
import type { Format } from './format.ts';
import { formats } from './formats.ts';
import { english } from '#preload/domain/saying.ts';

/** Parted by spaces. */
const badTokens =
  '-1 -0.5 0 1e308 -1e308 1e999 NaN Infinity -Infinity "" "12" null true [] {} 1,5 12:34:56:07 00:00:01;02 0x10 9007199254740993 1.5.2 "__proto__" "../../x" =1+1';
const bad = fc.constantFrom(...badTokens.split(' '));

interface Spoilt {
  readonly name: string;
  readonly text: string;
  readonly companions: readonly NamedText[];
}

function filesOf(format: Format, written: ReturnType<NonNullable<Format['write']>>): Spoilt[] {
  const files = 'files' in written ? written.files : [{ name: `labels.${format.extensions[0]!}`, text: written.text }];
  const isCompanion = ({ name }: NamedText) => format.companions?.test(basename(name)) === true;
  const companions = files.filter(isCompanion);
  return files.filter((file) => !isCompanion(file)).map((file) => ({ ...file, companions }));
}

/** Null where the file is refused; any other error is one of ours. */
function readIn(format: Format, { name, text, companions }: Spoilt): ImportedAnnotations | null {
  try {
    return format.read!(text, name, companions);
  } catch (error) {
    expect(isFailure(error) && error.code, String(error)).toBe('unreadable-annotations');
    return null;
  }
}

function expectPossible({ segments, videos, classes, faults }: ImportedAnnotations): void {
  for (const segment of segments) {
    const [start, end] = 'startS' in segment ? [segment.startS, segment.endS] : [segment.startFrame, segment.endFrame];
    expect(end).toBeGreaterThan(start);
    expect(classes[segment.class!]?.name).toEqual(expect.any(String));
    expect(videos[segment.video]?.fileName).toEqual(expect.any(String));
    if (segment.score !== null) {
      expect(segment.score).toBeGreaterThanOrEqual(0);
      expect(segment.score).toBeLessThanOrEqual(1);
    }
  }
  for (const { place, reason } of faults)
    expect(`${english(place)}${english(reason)}`).not.toMatch(/undefined|\[object/u);
}

const readable = formats
  .filter(({ read, write }) => read !== undefined && write !== undefined)
  .map((format) => [format.id, format] as const);

describe.each(readable)('%s', (_id, format) => {
  test('a number that cannot be is told, or harmless', () => {
    fc.assert(
      fc.property(annotationSets, fc.array(fc.tuple(fc.nat(), bad), { minLength: 1, maxLength: 3 }), (set, spoils) => {
        for (const file of filesOf(format, format.write!(set))) {
          let { text } = file;
          for (const [at, token] of spoils) {
            const numbers = [...text.matchAll(/-?\d+(?:[.:,]\d+)*/gu)];
            const hit = numbers[at % Math.max(1, numbers.length)];
            if (hit !== undefined) text = text.slice(0, hit.index) + token + text.slice(hit.index + hit[0].length);
          }
          const read = readIn(format, { ...file, text });
          if (read !== null) expectPossible(read);
        }
      }),
      { numRuns: 25 },
    );
  });

  test('a text that is cut, doubled or of something else is refused or read as far as it goes', () => {
    fc.assert(
      fc.property(annotationSets, fc.nat(), fc.string({ unit: 'binary' }), (set, at, junk) => {
        for (const file of filesOf(format, format.write!(set))) {
          const cut = at % (file.text.length + 1);
          const texts = [file.text.slice(0, cut), file.text + file.text, junk, file.text.slice(0, cut) + junk, ''];
          for (const text of texts) {
            const read = readIn(format, { ...file, text });
            if (read !== null) expectPossible(read);
          }
        }
      }),
      { numRuns: 12 },
    );
  });

  test('marks of byte order, line ends and UTF-16 change nothing', () => {
    fc.assert(
      fc.property(annotationSets, (set) => {
        for (const file of filesOf(format, format.write!(set))) {
          // Line ends within a cell or a text are part of it.
          const lines = file.text.replaceAll('\r\n', '\n').replaceAll('\n', '\r\n');
          const plain = readIn(format, file);
          const stored = [
            Buffer.from(`\uFEFF${file.text}`),
            Buffer.from(lines),
            Buffer.from(`\uFEFF${lines}`, 'utf16le'),
            Buffer.from(`\uFEFF${file.text}`, 'utf16le').swap16(),
          ];
          for (const bytes of stored) {
            const { text } = decodeText(bytes, file.name);
            const read = readIn(format, { ...file, text });
            expect(read && [read.segments, read.videos, read.classes]).toEqual(
              plain && [plain.segments, plain.videos, plain.classes],
            );
          }
        }
      }),
      { numRuns: 25 },
    );
  });

  test('nests as deep as it likes', () => {
    const deep = 100_000;
    for (const text of [
      '['.repeat(deep),
      `${'['.repeat(deep)}${']'.repeat(deep)}`,
      `${'{"a":'.repeat(deep)}1${'}'.repeat(deep)}`,
      '<a>'.repeat(deep),
      '"'.repeat(deep),
    ])
      expect(() => readIn(format, { name: 'x', text, companions: [] })).not.toThrow();
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});
