// Protects: sizes, speeds and downloads in words that a person can choose by.
import { expect, test } from 'vitest';
import { bytesWords, downloadWords, speedWords } from './library-words.ts';

test.each([
  [599_000_000, '599 MB'],
  [1_711_000_000, '1.7 GB'],
  [900, '1 MB'],
])('%i bytes', (bytes, words) => expect(bytesWords(bytes)).toBe(words));

test('a speed says how long an hour of film takes, and whether it was measured', () => {
  expect(speedWords({ framesPerSecond: 11.3, measured: true }, 4)).toBe(
    '11 frames a second here: an hour of film in about 21 min',
  );
  expect(speedWords({ framesPerSecond: 2.44, measured: false }, 4)).toBe(
    'about 2.4 frames a second here: an hour of film in about 1.6 h',
  );
  expect(speedWords({ framesPerSecond: 40, measured: true }, null)).toBe('40 frames a second here');
});

test('a download says where it is, whatever is known of it', () => {
  const download = { repository: 'a/b', revision: 'main', failure: null, remainingS: null } as const;
  const half = { ...download, doneBytes: 300e6, totalBytes: 600e6 } as const;
  expect(downloadWords({ ...download, state: 'running', doneBytes: 0, totalBytes: null })).toBe('Asking the hub');
  expect(downloadWords({ ...half, state: 'running', remainingS: 130 })).toBe('300 MB of 600 MB, about 2 min left');
  expect(downloadWords({ ...half, state: 'running' })).toBe('300 MB of 600 MB');
  expect(downloadWords({ ...half, state: 'paused' })).toBe('Paused: 300 MB of 600 MB are here');
  expect(downloadWords({ ...half, state: 'failed' })).toBe('Stopped: 300 MB of 600 MB are here');
  expect(downloadWords({ ...half, state: 'opening' })).toMatch(/speed is measured/);
});
