import { t } from '../../language/language.ts';
import { knownVideo } from '../../backend/project-queries.ts';
import { choosePlaces } from '../../shared/choose-places.ts';
import type { Command, CommandContext } from '../../shared/command.ts';
import { undoOffer } from '../../shared/commands.ts';
import { notify } from '../../shared/notices.ts';
import { split as splits } from '#preload/domain/split.ts';
import type { StudioState } from '../../shared/studio-state.ts';
import { addVideos } from './add-videos.ts';
import { shownVideoIds } from './shown-videos.ts';

const hasVideo = (studio: StudioState): boolean => studio.selectedVideoId !== null;

function selectNeighbour(step: 1 | -1, { studio }: CommandContext): void {
  const ids = shownVideoIds();
  const here = studio.selectedVideoId === null ? -1 : ids.indexOf(studio.selectedVideoId);
  const next = ids[here < 0 ? 0 : here + step];
  if (next !== undefined) studio.selectVideo(next);
}

/** Adding videos, moving between them, and what can be done with the selected one. */
export const libraryCommands: readonly Command[] = [
  {
    id: 'videos.add',
    label: t('Add videos…'),
    group: 'Library',
    keys: ['Alt+A'],
    run: async () => addVideos(await choosePlaces('videos')),
  },
  {
    id: 'videos.add-folder',
    label: t('Add a folder of videos…'),
    group: 'Library',
    keys: [],
    run: async () => addVideos(await choosePlaces('folder')),
  },
  {
    id: 'videos.add-otherwise',
    label: t('Add videos, read otherwise…'),
    group: 'Library',
    keys: [],
    run: ({ studio }) => studio.show({ dialog: 'add-otherwise' }),
  },
  {
    id: 'videos.next',
    label: t('Next video'),
    group: 'Library',
    keys: ['Mod+ArrowDown', 'PageDown'],
    run: (context) => selectNeighbour(1, context),
  },
  {
    id: 'videos.previous',
    label: t('Previous video'),
    group: 'Library',
    keys: ['Mod+ArrowUp', 'PageUp'],
    run: (context) => selectNeighbour(-1, context),
  },
  {
    id: 'videos.propose',
    label: t('Propose segments in this video'),
    group: 'Library',
    keys: ['Alt+Shift+P'],
    enabled: hasVideo,
    run: async ({ backend, studio }) => {
      await backend.analysis.propose({ videoIds: [studio.selectedVideoId!] });
      notify(t('This video is being looked at.'), 'info');
    },
  },
  {
    id: 'videos.relink',
    label: t('Find the file of this video…'),
    group: 'Library',
    keys: [],
    enabled: hasVideo,
    run: async ({ backend, studio }) => {
      const [place] = await choosePlaces('videos');
      if (place === undefined) return;
      const { name } = await backend.videos.relink({ videoId: studio.selectedVideoId!, place });
      notify(t('{{name}} is found again.', { name }), 'success');
    },
  },
  {
    id: 'videos.add-replacement',
    label: t('Add the file that took the place of this video’s'),
    group: 'Library',
    keys: [],
    enabled: (studio) => hasVideo(studio) && knownVideo(studio.selectedVideoId!)?.replaced === true,
    run: async ({ backend, studio }) => {
      const { token } = await backend.places.resolve({ path: knownVideo(studio.selectedVideoId!)!.location });
      await addVideos([token]);
    },
  },
  ...([...splits.options, null] as const).map((split): Command => ({
    id: `videos.split-${split ?? 'none'}`,
    label: split === null ? t('Take this video out of its split') : t('Put this video into {{split}}', { split }),
    group: 'Library',
    keys: [],
    enabled: hasVideo,
    run: ({ backend, studio }) => backend.splits.assign({ videoIds: [studio.selectedVideoId!], split }),
  })),
  {
    id: 'videos.reading',
    label: t('How this video is read…'),
    group: 'Library',
    keys: [],
    enabled: hasVideo,
    run: ({ studio }) => studio.show({ dialog: 'reading' }),
  },
  {
    id: 'videos.remove',
    label: t('Take this video out of the project'),
    group: 'Library',
    keys: ['Delete'],
    scope: 'library',
    enabled: hasVideo,
    run: async ({ backend, studio }) => {
      await backend.videos.remove({ videoId: studio.selectedVideoId! });
      studio.selectVideo(null);
      notify(t('The video was taken out; its file stays where it is.'), 'success', undoOffer);
    },
  },
];
