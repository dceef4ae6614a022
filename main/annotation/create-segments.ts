import type { ActionClass } from '#preload/domain/action-class.ts';
import type { Attribute } from '#preload/domain/attribute.ts';
import { drawnSegment } from '#preload/domain/drawn-segment.ts';
import type { Edit } from '#preload/domain/edit.ts';
import { Failure } from '#preload/domain/failure.ts';
import type { FrameTable } from '#preload/domain/frame-table.ts';
import type { Making, NewSegment } from '#preload/domain/new-segment.ts';
import { secondsOf, type Span } from '#preload/domain/span.ts';
import { say, type Saying, type FixedNumber } from '#preload/domain/saying.ts';
import { newClasses } from './add-class.ts';
import { classNameKey, refuseUnreadableName } from './class-names.ts';
import { describeSegments } from './describe-segments.ts';
import { userEdit } from './edit-value.ts';
import { fitSpan } from './fit-span.ts';
import { refuseStrangeValues, withDetails } from './segment-details.ts';

const words: Readonly<Record<Making, (what: Saying) => Saying>> = {
  paste: (what) => say('Paste {{what}}', { what }),
  duplicate: (what) => say('Duplicate {{what}}', { what }),
  windows: (what) => say('Fill with windows: {{what}}', { what }),
  gaps: (what) => say('Make segments of the gaps: {{what}}', { what }),
};

/**
 * Several segments that a person makes at once, with the classes that they name and that are not there: one edit, with
 * identifiers from those given. Fails with `bad-input` for an empty span, for one outside the video
 * and for a value that an attribute cannot have.
 */
export function createSegments(
  videoId: number,
  how: Making,
  wishes: readonly NewSegment[],
  {
    classes,
    attributes,
    frames,
    firstSegmentId,
    firstClassId,
  }: {
    readonly classes: readonly ActionClass[];
    readonly attributes: readonly Attribute[];
    readonly frames: FrameTable;
    readonly firstSegmentId: number;
    readonly firstClassId: number;
  },
): Edit {
  const present = classes.filter(({ removed }) => !removed);
  const idByName = new Map(present.map(({ id, name }) => [classNameKey(name), id]));
  const names: string[] = [];
  const classIdOf = (given: NewSegment['class']): number => {
    if (typeof given === 'number') return given;
    const known = idByName.get(classNameKey(given));
    if (known !== undefined) return known;
    refuseUnreadableName(given);
    names.push(given);
    idByName.set(classNameKey(given), firstClassId + names.length - 1);
    return firstClassId + names.length - 1;
  };
  const classOf = new Map(classes.map((value) => [value.id, value]));
  const made = wishes.map(({ startUs, endUs, class: given, state, note, ...details }, index) => {
    const classId = classIdOf(given);
    const span = inside({ startUs, endUs }, frames, classOf.get(classId));
    refuseStrangeValues(details.attributes ?? {}, [classId], attributes);
    const drawn = drawnSegment({ id: firstSegmentId + index, videoId, classId, ...span });
    return withDetails({ ...drawn, state, note }, details);
  });
  const added = newClasses(
    firstClassId,
    names.map((name) => ({ name })),
    classes,
  );
  return userEdit(words[how](describeSegments(made, [...classes, ...added])), {
    segments: made.map((after) => ({ before: null, after })),
    classes: added.map((after) => ({ before: null, after })),
  });
}

function inside(span: Span, frames: FrameTable, actionClass: ActionClass | undefined): Span {
  if (span.startUs < frames.lastEndUs && span.endUs > frames.firstStartUs) return fitSpan(span, frames, actionClass);
  throw new Failure(
    'bad-input',
    say('{{from}} s to {{to}} s lies outside the video, which ends at {{end}} s.', {
      from: hundredths(span.startUs),
      to: hundredths(span.endUs),
      end: hundredths(frames.lastEndUs),
    }),
    { ...span },
  );
}

const hundredths = (us: number): FixedNumber => ({ value: secondsOf(us), digits: 2 });
