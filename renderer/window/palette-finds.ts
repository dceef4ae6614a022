import type { Segment } from '#preload/domain/segment.ts';
import type { Video } from '#preload/domain/video.ts';
import { t } from '../language/language.ts';
import { api, queries } from '../backend/client.ts';
import { knownClasses } from '../backend/project-queries.ts';
import type { Command } from '../shared/command.ts';
import { goToHelp } from '../shared/help.ts';
import { showMoment } from '../shared/show-moment.ts';
import { useStudio, type StudioDialog } from '../shared/studio-state.ts';
import { formatTimecode } from '../ui/timecode.ts';
import type { Section } from '../panels/help/chapters.ts';

/** A thing of the project that the palette goes to, or a setting that it sets: a command that no key has. */
const find = (id: string, label: string, group: Command['group'], run: Command['run']): Command => ({
  id,
  label,
  group,
  keys: [],
  run,
});

const themes = { dark: t('Dark theme'), light: t('Light theme'), system: t('Theme of the system') } as const;

const themeFinds: readonly Command[] = (Object.keys(themes) as (keyof typeof themes)[]).map((theme) =>
  find(`find.theme-${theme}`, themes[theme], 'Window', async ({ backend }) => {
    await backend.studio.changeSettings({ theme });
  }),
);

/** Where each setting stands. */
const settingsOf = (place: StudioDialog, names: readonly string[]): readonly Command[] =>
  names.map((name) => find(`find.setting-${name}`, name, 'Project', ({ studio }) => studio.show({ dialog: place })));

const settings: readonly Command[] = [
  ...themeFinds,
  ...settingsOf('settings', [
    t('Your name'),
    t('Settings of you and display'),
    t('Density of the window'),
    t('Reduced motion'),
    t('Large pointers'),
  ]),
  ...settingsOf('provider', [t('Execution provider'), t('Inference server')]),
  ...settingsOf('updates', [t('Updates')]),
];
const settingsOfProject = settingsOf('proposals', [
  t('Prompt templates'),
  t('Background texts'),
  t('Part of wide pictures'),
  t('Frames looked at per second'),
]);

const videos = (): readonly Video[] => queries.getQueryData(api.videos.list.queryKey()) ?? [];

/** What can be found beside the commands: settings; in a project its classes and videos, by name. */
export const paletteFinds = (hasProject: boolean): readonly Command[] =>
  hasProject
    ? [
        ...settings,
        ...settingsOfProject,
        ...knownClasses().map(({ id, name }) =>
          find(`find.class-${id}`, name, 'Classes', ({ studio }) => studio.focusClass(id)),
        ),
        ...videos().map(({ id, name }) =>
          find(`find.video-${id}`, name, 'Library', ({ studio }) => studio.selectVideo(id)),
        ),
      ]
    : settings;

const mostSegments = 30;

/** Segments of the video on screen, by class, note and time (`wave 1:02`): in order of time, the first few. */
export function segmentFinds(typed: string): readonly Command[] {
  const videoId = useStudio.getState().selectedVideoId;
  const words = typed.trim().toLocaleLowerCase().split(/\s+/u);
  if (videoId === null || words[0] === '') return [];
  const names = new Map(knownClasses().map(({ id, name }) => [id, name]));
  const lower = new Map(knownClasses().map(({ id, name }) => [id, name.toLocaleLowerCase()]));
  const fits = ({ classId, note, startUs, state }: Segment): boolean =>
    state !== 'rejected' &&
    words.every(
      (word) =>
        lower.get(classId)?.includes(word) === true ||
        note.toLocaleLowerCase().includes(word) ||
        (/^[\d:.]+$/u.test(word) && formatTimecode(startUs).includes(word)),
    );
  const found: Command[] = [];
  for (const segment of queries.getQueryData(api.segments.list.queryKey({ input: { videoId } })) ?? []) {
    if (found.length >= mostSegments) break;
    if (!fits(segment)) continue;
    const { id, startUs, note, classId } = segment;
    const label = [t('{{names}} at {{time}}', { names: names.get(classId) ?? '', time: formatTimecode(startUs) }), note]
      .filter(Boolean)
      .join(' · ');
    found.push(
      find(`find.segment-${id}`, label, 'Segments', ({ studio }) => {
        studio.selectSegments([id], videoId);
        showMoment(videoId, segment, 'seek');
      }),
    );
  }
  return found;
}

/** Sections of the help, as they were found. */
export const helpFinds = (sections: readonly Section[]): readonly Command[] =>
  sections.map(({ chapter, heading }) =>
    find(
      `find.help-${chapter}-${heading}`,
      t('Help: {{heading}}', { heading: heading || chapter.replaceAll('-', ' ') }),
      'Window',
      ({ studio }) => {
        goToHelp(chapter, heading || null);
        studio.show({ dialog: 'help' });
      },
    ),
  );
