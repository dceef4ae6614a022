import { expect, test } from 'vitest';
import { shownFactsOf } from './shown-facts.ts';
import { filmFacts } from './testing/film-facts.ts';

test('of a usual film next to nothing is said, whatever else is known of it', () => {
  const seen = { changedAt: '2026-01-01', sample: 'ab'.repeat(32) };
  const facts = filmFacts(250, { seen, streams: [{ index: 0, codec: 'h264', width: 320, height: 240 }] });
  expect(shownFactsOf(facts)).toEqual({
    width: 320,
    height: 240,
    frameCount: 250,
    firstFrameUs: 0,
    endUs: 10_000_000,
    averageFps: 25,
    variableFrameRate: false,
    hasAudio: false,
  });
});

test('what is unusual is said', () => {
  const unusual = {
    times: 'counted',
    interlaced: true,
    streams: [0, 2].map((index) => ({ index, codec: 'h264', width: 320, height: 240 })),
    stream: 2,
    reading: { fps: 25 },
    damagedPackets: 3,
    warnings: ['It ends early.'],
  } as const;
  const facts = filmFacts(250, { ...unusual, warnings: [...unusual.warnings], browserPlayable: false });
  expect(shownFactsOf(facts)).toMatchObject({ ...unusual, codec: 'h264', container: 'mp4' });
});
