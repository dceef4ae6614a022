import { valuesInSight } from '#preload/domain/attribute.ts';
import type { Making, NewSegment } from '#preload/domain/new-segment.ts';
import { spanningOf } from '#preload/domain/span.ts';
import { counted } from '../../language/counted.ts';
import { knownAttributes, knownClasses, knownVideo } from '../../backend/project-queries.ts';
import { playhead } from '../../playback/playback.ts';
import type { Command, CommandContext } from '../../shared/command.ts';
import { announce, notify } from '../../shared/notices.ts';
import { askAboutPaste, type PastePlace } from '../../shared/pasted-table.ts';
import { segmentTable } from '../../shared/segment-table.ts';
import type { StudioState } from '../../shared/studio-state.ts';
import { refusesLocked } from './segment-edits.ts';
import { selectedShown } from './selected-segments.ts';
import { useTimeline } from './timeline-view.ts';
import { t } from '../../language/language.ts';

const hasVideo = ({ selectedVideoId }: StudioState): boolean =>
  selectedVideoId !== null && useTimeline.getState().table !== null;
const hasSegments = (studio: StudioState): boolean => hasVideo(studio) && selectedShown(studio).length > 0;

/** What was copied here last: that a person knows, and it is pasted without a question. */
let copiedHere = '';

/** Spreadsheets and systems end lines otherwise. */
const sameText = (a: string, b: string): boolean => a.replaceAll('\r\n', '\n') === b.replaceAll('\r\n', '\n');

/** Puts the selected segments into the clipboard; answers how many, or null where the browser comes back with its event. */
function copy({ studio, clipboard }: CommandContext, kind: 'copy' | 'cut'): number | null {
  if (!clipboard) {
    // Asked from a menu: the browser's event brings the clipboard.
    document.execCommand(kind);
    return null;
  }
  const segments = selectedShown(studio).toSorted((a, b) => a.startUs - b.startUs || a.endUs - b.endUs);
  const names = new Map(knownClasses().map(({ id, name }) => [id, name]));
  const video = knownVideo(studio.selectedVideoId!)?.name ?? '';
  copiedHere = segmentTable(segments, video, (id) => names.get(id) ?? '', knownAttributes());
  clipboard.setData('text/plain', copiedHere);
  return segments.length;
}

async function cut(context: CommandContext): Promise<void> {
  if (context.clipboard && refusesLocked(selectedShown(context.studio))) return;
  const count = copy(context, 'cut');
  if (count === null) return;
  const { studio, backend } = context;
  const segmentIds = selectedShown(studio).map(({ id }) => id);
  studio.selectSegments([]);
  await backend.segments.remove({ segmentIds });
  announce(t('{{segments}} cut.', { segments: counted(count, 'segment') }));
}

/** The clipboard as text: from the event, else, where the person lets us, from the system; null where not. */
async function readClipboard({ clipboard }: CommandContext): Promise<string | null> {
  if (clipboard) return clipboard.getData('text/plain');
  try {
    return await navigator.clipboard.readText();
  } catch {
    return null;
  }
}

async function paste(context: CommandContext, place: PastePlace): Promise<void> {
  const { studio, backend } = context;
  const videoId = studio.selectedVideoId!;
  const text = (await readClipboard(context)) ?? copiedHere;
  const { table, frame } = playhead.getState();
  const fromUs = place === 'playhead' ? (table?.startUs(frame) ?? null) : null;
  if (text.trim() !== '' && sameText(text, copiedHere)) {
    const { rows, newClasses, warnings, leftOut } = await backend.segments.readTable({ videoId, text, fromUs });
    if (newClasses.length + warnings.length + leftOut.length === 0 && rows.every((row) => !row.cut)) {
      await make(
        context,
        videoId,
        'paste',
        rows.map(({ place: _place, cut: _cut, ...row }) => row),
      );
      return;
    }
  }
  // Times of a table that came from elsewhere mean what they say.
  askAboutPaste(text, sameText(text, copiedHere) ? place : 'own-times');
}

/** Makes segments and selects them. */
async function make(
  { backend, studio }: CommandContext,
  videoId: number,
  how: Making,
  made: readonly NewSegment[],
): Promise<void> {
  const { segmentIds } = await backend.segments.createMany({ videoId, how, segments: [...made] });
  studio.selectSegments(segmentIds, videoId);
  const segments = counted(segmentIds.length, 'segment');
  announce(how === 'paste' ? t('{{segments}} pasted.', { segments }) : t('{{segments}} made.', { segments }));
}

/** Copies right behind what is selected, as far from each other as they are. */
async function duplicate(context: CommandContext): Promise<void> {
  const { studio } = context;
  const { table } = useTimeline.getState();
  const chosen = selectedShown(studio);
  const whole = spanningOf(chosen);
  if (!table || !whole) return;
  const byUs = whole.endUs - whole.startUs;
  if (whole.endUs + byUs > table.lastEndUs) {
    notify(t('There is no room behind for a copy: the video ends. Copy and paste put one elsewhere.'));
    return;
  }
  await make(
    context,
    studio.selectedVideoId!,
    'duplicate',
    chosen.map(({ startUs, endUs, classId, state, note, subject, ambiguous, attributes = {} }) => ({
      startUs: startUs + byUs,
      endUs: endUs + byUs,
      class: classId,
      state,
      note,
      subject,
      ambiguous,
      attributes: valuesInSight(attributes, classId, knownAttributes()),
    })),
  );
}

/** Segments by way of the clipboard, which holds them as a table that spreadsheets and colleagues can read. */
export const clipboardCommands: readonly Command[] = [
  {
    id: 'segments.copy',
    label: t('Copy the selected segments, as a table too'),
    group: 'Segments',
    keys: ['Mod+C'],
    clipboardEvent: 'copy',
    enabled: hasSegments,
    run: (context) => {
      const count = copy(context, 'copy');
      if (count !== null) notify(t('{{segments}} copied.', { segments: counted(count, 'segment') }), 'success');
    },
  },
  {
    id: 'segments.cut',
    label: t('Cut the selected segments'),
    group: 'Segments',
    keys: ['Mod+X'],
    clipboardEvent: 'cut',
    enabled: hasSegments,
    run: cut,
  },
  {
    id: 'segments.paste',
    label: t('Paste segments at the playhead, or a table'),
    group: 'Segments',
    keys: ['Mod+V'],
    clipboardEvent: 'paste',
    enabled: hasVideo,
    run: async (context) => paste(context, 'playhead'),
  },
  {
    id: 'segments.paste-in-place',
    label: t('Paste segments at the times they were copied from'),
    group: 'Segments',
    keys: ['Mod+Shift+V'],
    clipboardEvent: 'paste',
    enabled: hasVideo,
    run: async (context) => paste(context, 'own-times'),
  },
  {
    id: 'segments.duplicate',
    label: t('Duplicate the selected right behind themselves'),
    group: 'Segments',
    keys: ['Mod+D'],
    enabled: hasSegments,
    run: duplicate,
  },
];
