import type { SceneView } from '#preload/domain/scene.ts';
import { t } from '../../../language/language.ts';
import type { Command } from '../../../shared/command.ts';
import { announce } from '../../../shared/notices.ts';
import { knownVideo } from '../../../backend/project-queries.ts';
import { playhead } from '../../../playback/playback.ts';
import { useChosenView } from './scenes.ts';
import { alignBySound, chosenNow, nudge, removeView, viewsNow } from './view-actions.ts';
import { useViewsDialog } from './views-dialog.ts';

function chooseNext(): void {
  const views = viewsNow();
  const at = views.findIndex((view) => view.videoId === chosenNow()?.videoId);
  const next = views[(at + 1) % views.length];
  if (!next) return;
  useChosenView.setState({ videoId: next.videoId });
  announce(t('View {{name}}', { name: knownVideo(next.videoId)?.name ?? '' }));
}

const onChosen = (
  id: string,
  label: string,
  keys: readonly string[],
  act: (view: SceneView) => void | Promise<void>,
  repeats = false,
): Command => ({
  id: `views.${id}`,
  label,
  group: 'Player',
  keys,
  repeats,
  enabled: () => chosenNow() !== undefined,
  run: () => {
    const view = chosenNow();
    return view && act(view);
  },
});

/** Further views of a scene beside the selected video. */
export const viewCommands: readonly Command[] = [
  {
    id: 'views.arrange',
    label: t('Views of this scene…'),
    group: 'Player',
    keys: ['Alt+V'],
    enabled: () => playhead.getState().table !== null,
    run: () => useViewsDialog.setState({ open: true }),
  },
  onChosen('earlier', t('The chosen view one frame earlier'), [';'], (view) => nudge(view, -1), true),
  onChosen('later', t('The chosen view one frame later'), [':'], (view) => nudge(view, 1), true),
  onChosen('by-sound', t('Align the chosen view by its sound'), ['Alt+Y'], alignBySound),
  onChosen('choose', t('Choose the next view'), ['H'], chooseNext),
  onChosen('remove', t('Take the chosen view away'), [], removeView),
];
