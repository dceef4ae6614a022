import type { Attribute } from '#preload/domain/attribute.ts';
import type { Segment } from '#preload/domain/segment.ts';
import type { SaidValues } from '../annotation-set.ts';
import { valuesOf } from '../said-details.ts';

/** As BORIS writes that nobody in particular acts. */
export const noSubject = 'No focal subject';

/** A point event has no length: so much is given to it until it lies on its frame. */
export const pointS = 0.001;

export const subjectIn = (text: string): string | undefined =>
  text === '' || text.toLowerCase() === noSubject.toLowerCase() ? undefined : text.slice(0, 200);

/** Modifiers are values without a name, parted by bars: together they are one attribute. */
export const modifiersIn = (text: string): SaidValues | undefined =>
  text === '' || text.toLowerCase() === 'none' ? undefined : { Modifiers: text.slice(0, 2000) };

/** What a segment says by attributes, as modifiers. */
export const modifiersOf = (segment: Segment, attributes: readonly Attribute[]): string =>
  Object.values(valuesOf(segment, attributes) ?? {}).join('|');
