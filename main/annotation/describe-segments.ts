import type { ActionClass } from '#preload/domain/action-class.ts';
import type { Segment } from '#preload/domain/segment.ts';
import { say, type Saying } from '#preload/domain/saying.ts';

/** How the history names segments: `'high jump'` for one, `3 segments` for several. */
export function describeSegments(segments: readonly Segment[], classes: readonly ActionClass[]): Saying {
  if (segments.length !== 1) return segmentsSaid(segments.length);
  const name = classes.find((value) => value.id === segments[0]!.classId)?.name;
  return name === undefined ? say('a segment') : quoted(name);
}

/** A name as the history quotes it. */
export const quoted = (name: string): Saying => say("'{{name}}'", { name });

export const segmentsSaid = (count: number): Saying => say('{{count}} segments', { count, one: '{{count}} segment' });
