import { say } from '#preload/domain/saying.ts';
import type { Format } from '../format.ts';
import { readCues, writeCues } from './cue-file.ts';
import { unreadableAnnotations } from './json-file.ts';

const format = say('an SRT file');
const kind = {
  id: 'srt',
  ending: '.srt',
  header: '',
  point: ',',
  isNumbered: true,
  labelOf: (text: string) => text.trim(),
  textOf: (label: string) => label,
} as const;

export const srt: Format = {
  id: 'srt',
  name: 'SRT subtitles',
  extensions: ['srt'],
  description:
    'A folder with one subtitle file per video: a cue per segment with its class as text, to the millisecond.',
  layout: 'folder',
  keeps: ['times to the frame', 'overlaps'],
  read(text, file) {
    if (text.trim() !== '' && !text.includes('-->'))
      throw unreadableAnnotations(file, format, say('no line of it has “-->”'));
    return readCues(text, file, format, kind);
  },
  write: (set) => writeCues(set, kind),
};
