import { knownClasses } from '../../backend/project-queries.ts';
import { playhead } from '../../playback/playback.ts';
import type { Command, CommandContext } from '../../shared/command.ts';
import { announce, notify } from '../../shared/notices.ts';
import type { StudioState } from '../../shared/studio-state.ts';
import { spokenSeconds } from '../../ui/timecode.ts';
import { createSegment } from './segment-edits.ts';
import { markedSpan, useTimeline } from './timeline-view.ts';
import { t } from '../../language/language.ts';

/** A mark at the frame on screen: that frame is the first (`in`) or last (`out`) inside. Marking starts something new. */
function mark(edge: 'in' | 'out', studio: StudioState): void {
  const { table, frame } = playhead.getState();
  if (!table) return;
  const us = edge === 'in' ? table.startUs(frame) : table.endUs(frame);
  useTimeline.setState(({ markInUs, markOutUs }) =>
    edge === 'in'
      ? { markInUs: us, markOutUs: markOutUs !== null && markOutUs > us ? markOutUs : null }
      : { markOutUs: us, markInUs: markInUs !== null && markInUs < us ? markInUs : null },
  );
  studio.selectSegments([]);
  announce(t('{{value}} at {{time}}', { value: edge === 'in' ? t('In') : t('Out'), time: spokenSeconds(us) }));
}

function createFromMarks({ studio }: CommandContext): void | Promise<void> {
  const span = markedSpan(useTimeline.getState());
  if (!span || studio.selectedVideoId === null) return undefined;
  const classId = studio.focusedClassId ?? knownClasses()[0]?.id;
  if (classId === undefined) {
    notify(t('Type a class first: a segment needs one.'));
    return undefined;
  }
  useTimeline.setState({ markInUs: null, markOutUs: null });
  return createSegment(studio.selectedVideoId, classId, span, true);
}

const marking = (edge: 'in' | 'out', label: string, key: string): Command => ({
  id: `timeline.mark-${edge}`,
  label,
  group: 'Timeline',
  keys: [key],
  enabled: () => useTimeline.getState().table !== null,
  run: ({ studio }) => mark(edge, studio),
});

/** A label of the whole video, of the class in focus: puts it there, or takes it away where it is. */
async function labelVideo({ studio, backend }: CommandContext): Promise<void> {
  const { table } = playhead.getState();
  const videoId = studio.selectedVideoId;
  const actionClass = knownClasses().find(
    ({ id }, index) => id === studio.focusedClassId || (studio.focusedClassId === null && index === 0),
  );
  if (!table || videoId === null) return;
  if (!actionClass) {
    notify(t('Type a class first: a label needs one.'));
    return;
  }
  const span = { startUs: table.firstStartUs, endUs: table.lastEndUs };
  const there = (await backend.segments.list({ videoId })).filter(
    ({ classId, startUs, endUs, state }) =>
      classId === actionClass.id && state === 'accepted' && startUs === span.startUs && endUs === span.endUs,
  );
  if (there.length === 0) await createSegment(videoId, actionClass.id, span, true);
  else await backend.segments.remove({ segmentIds: there.map(({ id }) => id) });
  announce(
    there.length === 0
      ? t('The whole video is labelled {{name}}', { name: actionClass.name })
      : t('The whole video is no longer labelled {{name}}', { name: actionClass.name }),
  );
}

/** From two marks to a segment. Where both stand, Enter means them whatever is selected. */
export const markCommands: readonly Command[] = [
  marking('in', t('Mark in: the frame on screen is the first'), 'I'),
  marking('out', t('Mark out: the frame on screen is the last'), 'O'),
  {
    id: 'segments.create',
    label: t('Make a segment between the marks'),
    group: 'Segments',
    keys: ['Enter'],
    enabled: () => markedSpan(useTimeline.getState()) !== null,
    run: createFromMarks,
  },
  {
    id: 'segments.label-video',
    label: t('Label the whole video, or take the label away'),
    group: 'Segments',
    keys: ['V'],
    enabled: () => useTimeline.getState().table !== null,
    run: labelVideo,
  },
];
