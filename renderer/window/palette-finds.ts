import type { Video } from '#preload/domain/video.ts';
import { api, queries } from '../backend/client.ts';
import { knownClasses } from '../backend/project-queries.ts';
import type { Command } from '../shared/command.ts';

/** A thing of the project that the palette goes to, or a setting that it sets: a command that no key has. */
const find = (id: string, label: string, group: Command['group'], run: Command['run']): Command => ({
  id,
  label,
  group,
  keys: [],
  run,
});

const themes = { dark: 'Dark theme', light: 'Light theme', system: 'Theme of the system' } as const;

const settings: readonly Command[] = (Object.keys(themes) as (keyof typeof themes)[]).map((theme) =>
  find(`find.theme-${theme}`, themes[theme], 'Window', async ({ backend }) => {
    await backend.studio.changeSettings({ theme });
  }),
);

const videos = (): readonly Video[] => queries.getQueryData(api.videos.list.queryKey()) ?? [];

/** What can be found beside the commands: themes; in a project its classes and videos, by name. */
export const paletteFinds = (hasProject: boolean): readonly Command[] =>
  hasProject
    ? [
        ...settings,
        ...knownClasses().map(({ id, name }) =>
          find(`find.class-${id}`, name, 'Classes', ({ studio }) => studio.focusClass(id)),
        ),
        ...videos().map(({ id, name }) =>
          find(`find.video-${id}`, name, 'Library', ({ studio }) => studio.selectVideo(id)),
        ),
      ]
    : settings;
