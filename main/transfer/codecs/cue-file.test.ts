// Protects: subtitles of both kinds are read as labs have them, and what is no cue is listed or refused.
import { expect, test } from 'vitest';
import { saidRows } from '../../testing/said-rows.ts';
import { srt } from './srt.ts';
import { webVtt } from './webvtt.ts';
import { inEnglish } from '#main/testing/in-english.ts';

test('WebVTT: notes, identifiers, settings, voices and entities', () => {
  const text = [
    '\uFEFFWEBVTT - labels',
    '',
    'NOTE what this is',
    '',
    'first',
    '00:01.500 --> 01:00:02.250 align:start',
    '<v Ann>cut &amp; <i>paste</i>',
    'twice',
    '',
    '00:05.000 --> 00:04.000',
    'back',
    '',
    '00:05.000 --> 00:06.000',
    '',
  ].join('\r\n');
  const read = webVtt.read!(text, 'one/clip.vtt');
  expect(saidRows(read)).toEqual([['one/clip', 'cut & paste twice', 1.5, 3602.25]]);
  expect(inEnglish(read.faults.map(({ place }) => place))).toEqual(['line 13', 'line 10']);
  expect(() => webVtt.read!('1\n00:01 --> 00:02\nrun\n', 'x.vtt')).toThrow(/WEBVTT/u);
});

test('the times of a cue end the one before where the empty line was forgotten', () => {
  const vtt = 'WEBVTT\n\n00:01.000 --> 00:02.000\nrun\n00:02.000 --> 00:03.000\njump\n';
  const numbered = '1\n00:00:01,000 --> 00:00:02,000\nrun\n2\n00:00:02,000 --> 00:00:03,000\njump\n';
  const rows = [
    ['clip', 'run', 1, 2],
    ['clip', 'jump', 2, 3],
  ];
  expect(saidRows(webVtt.read!(vtt, 'clip.vtt'))).toEqual(rows);
  expect(saidRows(srt.read!(numbered, 'clip.srt'))).toEqual(rows);
});

test('SRT: commas, numbers and a file without a last line', () => {
  const read = srt.read!(
    '1\n00:00:01,500 --> 00:00:02,250\nrun\n\n2\n00:00:03,000 --> 00:00:04,000\njump',
    'clip.mp4.srt',
  );
  expect(saidRows(read)).toEqual([
    ['clip.mp4', 'run', 1.5, 2.25],
    ['clip.mp4', 'jump', 3, 4],
  ]);
  expect(() => srt.read!('{"a": 1}', 'x.srt')).toThrow(/-->/u);
});
