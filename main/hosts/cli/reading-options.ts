import { Option } from '@commander-js/extra-typings';
import type { ReadingChoice } from '#preload/domain/video-facts.ts';
import { numberOf, wholeNumberOf } from './option-values.ts';

/** The options themselves, for every command that reads a file. */
export const readingOptions = {
  stream: new Option('--stream <n>', 'another video stream of the file than a player shows').argParser(wholeNumberOf),
  separateFields: new Option('--separate-fields', 'both fields of interlaced pictures as frames of their own'),
  frameRate: new Option('--frame-rate <fps>', 'rate of frames whose times are not stored').argParser(numberOf),
};

/** How a person asks for a file to be read otherwise than a player shows it. */
export interface ReadingOptions {
  readonly stream?: number;
  readonly separateFields?: true;
  readonly frameRate?: number;
}

/** Undefined where nothing was asked for. */
export function readingOf({ stream, separateFields, frameRate }: ReadingOptions): ReadingChoice | undefined {
  if (stream === undefined && separateFields === undefined && frameRate === undefined) return undefined;
  return {
    ...(stream !== undefined && { stream }),
    ...(separateFields && { separateFields }),
    ...(frameRate !== undefined && { fps: frameRate }),
  };
}
