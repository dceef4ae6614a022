import { say } from '#preload/domain/saying.ts';
import type { Format } from '../format.ts';
import { readCues, writeCues } from './cue-file.ts';
import { unreadableAnnotations } from './json-file.ts';

const format = say('a WebVTT file');
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', nbsp: '\u00A0', lrm: '', rlm: '' };

const kind = {
  id: 'webvtt',
  ending: '.vtt',
  header: 'WEBVTT\n\n',
  point: '.',
  isNumbered: false,
  /** Without marks of voice, class and style, which are for players. */
  labelOf: (text: string) =>
    text
      .replaceAll(/<[^<>]*>/gu, '')
      .replaceAll(/&(amp|lt|gt|nbsp|lrm|rlm);/gu, (_, name: string) => entities[name]!)
      .trim(),
  textOf: (label: string) => label.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
} as const;

export const webVtt: Format = {
  id: 'webvtt',
  name: 'WebVTT',
  extensions: ['vtt'],
  description:
    'A folder with one subtitle file per video: a cue per segment with its class as text, to the millisecond.',
  layout: 'folder',
  keeps: ['times to the frame', 'overlaps'],
  read(text, file) {
    if (!/^\uFEFF?WEBVTT(?:[ \t\r\n]|$)/u.test(text))
      throw unreadableAnnotations(file, format, say('it does not begin with WEBVTT'));
    return readCues(text, file, format, kind);
  },
  write: (set) => writeCues(set, kind),
};
