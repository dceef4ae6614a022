import { z } from 'zod';
import { english, say, type Saying } from '#preload/domain/saying.ts';

/** A cell of a table that must say something; else `fault`. */
const neededCell = (fault: Saying) => z.string().trim().min(1, english(fault));

export const videoCell = neededCell(say('a video is needed'));
export const classCell = neededCell(say('a class name is needed'));

const noNumber = say('a number is needed');

/** A cell that must hold a number, as `read` takes it. */
export const numberCell = (read: (text: string) => number = Number) =>
  neededCell(noNumber)
    .transform((text) => read(text))
    .pipe(z.number(english(noNumber)));
