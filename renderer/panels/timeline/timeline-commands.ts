import type { FrameTable } from '#preload/domain/frame-table.ts';
import type { Segment } from '#preload/domain/segment.ts';
import { counted } from '../../language/counted.ts';
import type { Command, CommandContext } from '../../shared/command.ts';
import { announce, attempt, notify } from '../../shared/notices.ts';
import type { StudioState } from '../../shared/studio-state.ts';
import { knownClasses } from '../../backend/project-queries.ts';
import { playhead, shuttle } from '../../playback/playback.ts';
import { spokenSeconds } from '../../ui/timecode.ts';
import { edgeToFrame, nudgeEdge } from './drag-segment.ts';
import { extendEdge } from './extend-edge.ts';
import { adjustWhileHeld } from './held-key-edits.ts';
import { loopFollows } from './loop-follows-edit.ts';
import { mergeChoice } from './merge-choice.ts';
import { moveTogether } from './move-together.ts';
import { neighboursOf, rollEdges } from './roll-edges.ts';
import { changeSpan, placeSegments, refusesLocked } from './segment-edits.ts';
import { dropPainted, isPaintingTime, painting, paintWhileHeld, togglePainting } from './paint-segments.ts';
import { primarySegment, selectNeighbour, selectedShown, showEdge } from './selected-segments.ts';
import { fitSpan, fitVideo, xOf, zoomAt } from './time-scale.ts';
import { loaded, viewing } from './viewing-command.ts';
import { revealClass, setScale, shownSegments, useTimeline } from './timeline-view.ts';
import { t } from '../../language/language.ts';

const hasSegment = (studio: StudioState): boolean => loaded() && primarySegment(studio) !== undefined;

const editing = (
  id: string,
  label: string,
  keys: readonly string[],
  run: (segment: Segment, table: FrameTable, context: CommandContext) => void | Promise<void>,
  { several = false, ...rest }: Pick<Command, 'repeats' | 'notIn'> & { readonly several?: boolean } = {},
): Command => ({
  id: `segments.${id}`,
  label,
  group: 'Segments',
  keys,
  ...rest,
  enabled: hasSegment,
  run: (context) => {
    const segment = primarySegment(context.studio);
    const { table } = useTimeline.getState();
    if (!segment || !table) return undefined;
    const count = context.studio.selectedSegmentIds.length;
    if (count > 1 && !several) {
      notify(t('{{label}}: that is for one segment, and {{number}} are selected.', { label, number: count }));
      return undefined;
    }
    return run(segment, table, context);
  },
});

/** Whether a segment is an event of one frame: it goes as a whole, and no edge of it alone. */
const isPoint = ({ classId }: Segment): boolean => knownClasses().find(({ id }) => id === classId)?.kind === 'point';

/** Zooms around the playhead while it is in view, else around the middle. */
function zoom(factor: number): void {
  setScale((scale, limits) => {
    const x = xOf(scale, playhead.getState().timeUs);
    return zoomAt(scale, x >= 0 && x <= scale.widthPx ? x : scale.widthPx / 2, factor, limits);
  });
}

const nudge = (id: string, label: string, keys: readonly string[], show: 'start' | 'end', frames: 1 | -1): Command =>
  editing(
    id,
    label,
    keys,
    (segment, _table, { keyCode }) =>
      adjustWhileHeld(
        [segment],
        (table, now) =>
          isPoint(segment)
            ? moveTogether(now, { frames, rows: 0 }, table, []).map(({ span }) => span)
            : now.map((span) => nudgeEdge(table, span, show, frames)),
        show,
        keyCode,
      ),
    { repeats: true },
  );

/** An edge that the segment shares moves for both, as long as the key is held. */
const roll = (id: string, label: string, keys: readonly string[], edge: 'start' | 'end', frames: 1 | -1): Command =>
  editing(
    id,
    label,
    keys,
    (segment, _table, { keyCode }) => {
      const { before, after } = neighboursOf(segment, edge, shownSegments(useTimeline.getState().layout));
      if (before.length + after.length === 0) {
        notify(
          edge === 'start'
            ? t('Nothing ends where this segment starts.')
            : t('Nothing starts where this segment ends.'),
        );
        return;
      }
      adjustWhileHeld(
        [segment, ...before, ...after],
        (table, [now, ...others]) => {
          const held = { before: others.slice(0, before.length), after: others.slice(before.length) };
          return rollEdges(now!, held, nudgeEdge(table, now!, edge, frames), table).map(({ span }) => span);
        },
        edge,
        keyCode,
      );
    },
    { repeats: true },
  );

/** All that are selected move together. */
const shift = (id: string, label: string, keys: readonly string[], frames: 1 | -1): Command =>
  editing(
    id,
    label,
    keys,
    (_segment, _table, { studio, keyCode }) =>
      adjustWhileHeld(
        selectedShown(studio),
        (table, now) => moveTogether(now, { frames, rows: 0 }, table, []).map(({ span }) => span),
        'start',
        keyCode,
      ),
    { repeats: true, several: true },
  );

/** Gives the selected segments the classes of the rows above or below theirs, at the very same time. */
const changeRow = (id: string, label: string, keys: readonly string[], rows: 1 | -1): Command =>
  editing(
    id,
    label,
    keys,
    async (segment, table, { studio }) => {
      const classes = useTimeline.getState().layout.rows.map(({ actionClass }) => actionClass);
      const rowClassIds = classes.map((each) => each.id);
      const moves = moveTogether(selectedShown(studio), { frames: 0, rows }, table, rowClassIds);
      if (moves.every((move) => move.classId === move.segment.classId)) {
        notify(rows > 0 ? t('There is no row below.') : t('There is no row above.'));
        return;
      }
      const { classId } = moves.find((move) => move.segment.id === segment.id)!;
      studio.focusClass(classId);
      revealClass(classId);
      announce(classes.find((each) => each.id === classId)!.name);
      await placeSegments(moves);
    },
    { several: true },
  );

const edgeToPlayhead = (edge: 'start' | 'end') => (segment: Segment, table: FrameTable) => {
  const { frame } = playhead.getState();
  return changeSpan(
    segment,
    isPoint(segment) ? table.spanOfFrames(frame, frame + 1) : edgeToFrame(table, segment, edge, frame),
  );
};

const edgeToNeighbour =
  (edge: 'start' | 'end') =>
  async (segment: Segment): Promise<void> => {
    if (isPoint(segment)) {
      notify(t('A point is one frame: no edge of it goes further.'));
      return;
    }
    const others = shownSegments(useTimeline.getState().layout).filter(({ id }) => id !== segment.id);
    const span = extendEdge(segment, edge, others);
    if (!span) {
      notify(edge === 'end' ? t('No segment begins after this one.') : t('No segment ends before this one.'));
      return;
    }
    announce(t('{{time}} to {{time2}}', { time: spokenSeconds(span.startUs), time2: spokenSeconds(span.endUs) }));
    const follow = loopFollows(segment);
    await changeSpan(segment, span);
    follow(span);
  };

async function split(segment: Segment, table: FrameTable, { backend, studio }: CommandContext): Promise<void> {
  const atUs = table.startUs(playhead.getState().frame);
  if (atUs <= segment.startUs || atUs >= segment.endUs) {
    notify(t('Move the playhead inside the segment to split it there.'));
    return;
  }
  const { segments } = await backend.segments.split({ segmentId: segment.id, atUs });
  const second = segments.find((half) => half.startUs === atUs);
  if (second) studio.selectSegments([second.id]);
}

/** The merge that was asked back about: asked for once more, it is done. */
let questioned = '';

async function merge(_segment: Segment, _table: FrameTable, { backend, studio }: CommandContext): Promise<void> {
  const chosen = selectedShown(studio);
  if (chosen.some(isPoint)) {
    notify(t('Points are moments: they do not merge.'));
    return;
  }
  const choice = mergeChoice(chosen, shownSegments(useTimeline.getState().layout));
  if (!choice) {
    notify(
      chosen.length > 1
        ? t('Only segments of one class can be merged.')
        : t('No other segment of this class to merge with.'),
    );
    return;
  }
  const segmentIds = choice.together.map((segment) => segment.id);
  const mergeNow = async (): Promise<void> => {
    questioned = '';
    const { id } = await backend.segments.merge({ segmentIds });
    studio.selectSegments([id]);
  };
  const question = segmentIds.join(' ');
  if (choice.gapUs > 0 && questioned !== question) {
    questioned = question;
    notify(
      t('{{time}} between them have no label. Merge once more to fill them as well.', {
        time: spokenSeconds(choice.gapUs),
      }),
      'warning',
      { label: t('Merge'), run: () => attempt(mergeNow()) },
    );
    return;
  }
  await mergeNow();
}

async function remove(_segment: Segment, _table: FrameTable, { backend, studio }: CommandContext): Promise<void> {
  const chosen = selectedShown(studio);
  if (refusesLocked(chosen)) return;
  const segmentIds = chosen.map((segment) => segment.id);
  studio.selectSegments([]);
  await backend.segments.remove({ segmentIds });
}

/** A locked segment stays as it is until it is unlocked. */
async function lock(_segment: Segment, _table: FrameTable, { backend, studio }: CommandContext): Promise<void> {
  const chosen = selectedShown(studio);
  const locked = !chosen.every((segment) => segment.locked);
  await backend.segments.update({ segmentIds: chosen.map(({ id }) => id), locked });
  const segments = counted(chosen.length, 'segment');
  announce(locked ? t('{{segments}} locked.', { segments }) : t('{{segments}} unlocked.', { segments }));
}

function escape({ studio }: CommandContext): void {
  const { markInUs, markOutUs } = useTimeline.getState();
  if (painting()) dropPainted();
  else if (markInUs !== null || markOutUs !== null) useTimeline.setState({ markInUs: null, markOutUs: null });
  else if (shuttle.state.getState().range) shuttle.leaveRange();
  else studio.selectSegments([]);
}

const classOnKey = (digit: number) => knownClasses().find((each) => each.digitKey === digit);

const paint = (digit: number): Command => ({
  id: `segments.paint-${digit}`,
  label:
    digit === 1
      ? t('Hold a class’s digit while playing, nothing selected: mark as long as it is held')
      : t('Paint the class on key {{digit}}', { digit }),
  group: 'Segments',
  keys: [String(digit)],
  hidden: digit !== 1,
  enabled: (studio) => isPaintingTime(studio, classOnKey(digit)),
  run: ({ studio, keyCode }) => {
    const target = classOnKey(digit);
    if (target && studio.selectedVideoId !== null) paintWhileHeld(studio.selectedVideoId, target, keyCode);
  },
});

/** For actions that last: one press begins, the next of the same digit ends, while the hand does other things. */
const toggle = (digit: number): Command => ({
  id: `segments.toggle-${digit}`,
  label:
    digit === 1
      ? t('Begin a segment of the class with this digit; again: end it')
      : t('Begin or end, class {{digit}}', { digit }),
  group: 'Segments',
  keys: [`Shift+${digit}`],
  hidden: digit !== 1,
  enabled: (studio) => loaded() && studio.selectedVideoId !== null && classOnKey(digit) !== undefined,
  run: ({ studio }) => {
    const target = classOnKey(digit);
    if (target && studio.selectedVideoId !== null) togglePainting(studio.selectedVideoId, target);
  },
});

const digits = [1, 2, 3, 4, 5, 6, 7, 8, 9, 0];

/** Looking at the timeline, and making and changing segments by keyboard. */
export const timelineCommands: readonly Command[] = [
  viewing('next-segment', t('Next segment'), ['ArrowDown'], () => selectNeighbour(1), true),
  viewing('previous-segment', t('Previous segment'), ['ArrowUp'], () => selectNeighbour(-1), true),
  viewing('extend-next', t('Select the next segment too'), ['Shift+ArrowDown'], () => selectNeighbour(1, true), true),
  viewing(
    'extend-previous',
    t('Select the previous segment too'),
    ['Shift+ArrowUp'],
    () => selectNeighbour(-1, true),
    true,
  ),
  viewing('zoom-in', t('Zoom in'), ['+', '='], () => zoom(1.5), true),
  viewing('zoom-out', t('Zoom out'), ['-'], () => zoom(1 / 1.5), true),
  viewing('fit-video', t('Show the whole video'), ['Shift+F'], () =>
    setScale((scale, limits) => fitVideo(scale.widthPx, limits)),
  ),
  {
    ...viewing('fit-segment', t('Show the selected segment closely'), ['F'], ({ studio }) => {
      const segment = primarySegment(studio);
      if (segment) setScale((scale, limits) => fitSpan(scale.widthPx, segment, limits));
    }),
    enabled: hasSegment,
  },
  editing('show-start', t('Go to the start of the segment'), ['Q'], (segment) => showEdge(segment, 'start'), {
    several: true,
  }),
  editing('show-end', t('Go to the end of the segment'), ['W'], (segment) => showEdge(segment, 'end'), {
    several: true,
  }),
  editing('start-to-playhead', t('Start at the playhead'), ['[', 'Shift+I'], edgeToPlayhead('start')),
  editing('end-to-playhead', t('End at the playhead'), [']', 'Shift+O'], edgeToPlayhead('end')),
  editing('end-to-neighbour', t('End where the next segment begins'), ['E'], edgeToNeighbour('end')),
  editing('start-to-neighbour', t('Start where the segment before ends'), ['Shift+E'], edgeToNeighbour('start')),
  nudge('start-earlier', t('Start one frame earlier'), ['Alt+ArrowLeft'], 'start', -1),
  nudge('start-later', t('Start one frame later'), ['Alt+ArrowRight'], 'start', 1),
  nudge('end-earlier', t('End one frame earlier'), ['Alt+Shift+ArrowLeft'], 'end', -1),
  nudge('end-later', t('End one frame later'), ['Alt+Shift+ArrowRight'], 'end', 1),
  roll('roll-start-earlier', t('Shared start one frame earlier, for both'), ['Alt+Q'], 'start', -1),
  roll('roll-start-later', t('Shared start one frame later, for both'), ['Alt+Shift+Q'], 'start', 1),
  roll('roll-end-earlier', t('Shared end one frame earlier, for both'), ['Alt+W'], 'end', -1),
  roll('roll-end-later', t('Shared end one frame later, for both'), ['Alt+Shift+W'], 'end', 1),
  shift('move-earlier', t('Move one frame earlier'), ['Mod+ArrowLeft'], -1),
  shift('move-later', t('Move one frame later'), ['Mod+ArrowRight'], 1),
  changeRow('row-above', t('Move to the row above: its class, the same time'), ['Mod+Shift+ArrowUp'], -1),
  changeRow('row-below', t('Move to the row below: its class, the same time'), ['Mod+Shift+ArrowDown'], 1),
  editing('lock', t('Lock the selected, or unlock them'), ['Alt+Shift+L'], lock, { several: true }),
  editing('split', t('Split at the playhead'), ['S', 'B'], split),
  editing('merge', t('Merge the selected, or with the next of its class'), ['M'], merge, { several: true }),
  editing('remove', t('Delete the selected'), ['Delete'], remove, {
    several: true,
    // Nobody who is at a class, a moment or an old edit means the segment that is selected elsewhere.
    notIn: ['library', 'classes', 'search', 'history', 'teach'],
  }),
  {
    ...viewing('select-all', t('Select all of the focused class'), ['Mod+A'], ({ studio }) => {
      const row = useTimeline.getState().layout.rows.find((each) => each.actionClass.id === studio.focusedClassId);
      studio.selectSegments(
        (row ? row.segments : shownSegments(useTimeline.getState().layout)).map((segment) => segment.id),
      );
    }),
    scope: 'timeline',
  },
  viewing(
    'escape',
    t('Give up what is being painted, clear marks, then the loop, then the selection'),
    ['Escape'],
    escape,
  ),
  ...digits.map(paint),
  ...digits.map(toggle),
];
