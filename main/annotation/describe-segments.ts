import type { ActionClass } from '#preload/domain/action-class.ts';
import type { Segment } from '#preload/domain/segment.ts';

/** How the history names segments: `'high jump'` for one, `3 segments` for several. */
export function describeSegments(segments: readonly Segment[], classes: readonly ActionClass[]): string {
  if (segments.length !== 1) return `${segments.length} segments`;
  const name = classes.find((value) => value.id === segments[0]!.classId)?.name;
  return name === undefined ? 'a segment' : `'${name}'`;
}
