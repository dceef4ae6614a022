// A person is told in a line how a video is read, and of nothing that is as usual.
import { expect, test } from 'vitest';
import { filmFacts } from '#preload/domain/testing/film-facts.ts';
import { readingWords } from './reading-words.ts';

const facts = filmFacts(100, { width: 720, height: 576 });

test('size and rate; where times come from, fields and stream only where there is something to say', () => {
  expect(readingWords(facts)).toBe('720×576 · 25 fps');
  expect(readingWords({ ...facts, averageFps: 29.97003, variableFrameRate: true })).toBe(
    '720×576 · 29.97 fps on average',
  );
  expect(readingWords({ ...facts, times: 'counted', interlaced: true })).toBe(
    '720×576 · 25 fps, times counted · interlaced, fields woven',
  );
  expect(readingWords({ ...facts, interlaced: true, reading: { separateFields: true, stream: 1 } })).toBe(
    '720×576 · 25 fps · interlaced, both fields as frames · stream 1',
  );
  const streams = [0, 2, 5].map((index) => ({ index, codec: 'h264', width: 640, height: 480 }));
  expect(readingWords({ ...facts, streams, stream: 2 })).toBe('720×576 · 25 fps · stream 2 of 3');
  expect(readingWords({ ...facts, streams: streams.slice(0, 1), stream: 0 })).toBe('720×576 · 25 fps');
});
