import { mostViews, viewsBeside, withoutView, withView, type SceneView } from '#preload/domain/scene.ts';
import { t } from '../../../language/language.ts';
import { backend } from '../../../backend/client.ts';
import { knownVideo } from '../../../backend/project-queries.ts';
import { announce, notify } from '../../../shared/notices.ts';
import { useStudio } from '../../../shared/studio-state.ts';
import { offsetWords } from './offset-words.ts';
import { changeScenes, chosenOf, scenesNow, useChosenView } from './scenes.ts';
import { decimal } from '../../../ui/quantities.ts';

const mainId = (): number | null => useStudio.getState().selectedVideoId;

/** The views beside the selected video, without waiting. */
export function viewsNow(): readonly SceneView[] {
  const id = mainId();
  return id === null ? [] : viewsBeside(scenesNow(), id);
}

export const chosenNow = (): SceneView | undefined => chosenOf(viewsNow(), useChosenView.getState().videoId);

/** Puts a video beside the selected one, both from their beginnings. */
export function addView(videoId: number): void {
  const id = mainId();
  if (id === null) return;
  place(id, { videoId, offsetUs: 0 });
  useChosenView.setState({ videoId });
}

export function setOffset(videoId: number, offsetUs: number): void {
  const id = mainId();
  if (id !== null) place(id, { videoId, offsetUs });
}

/** Beside a named video: another one may be selected by the time an answer comes, or a notice is clicked. */
function place(besideId: number, view: SceneView): void {
  const others = viewsBeside(scenesNow(), besideId).filter(({ videoId }) => videoId !== view.videoId);
  if (others.length + 1 < mostViews) changeScenes((scenes) => withView(scenes, besideId, view));
  else notify(t('A scene has {{mostViews}} views at most: take one away first.', { mostViews }), 'warning');
}

/** Takes a view away; it can be put back as it was. */
export function removeView(view: SceneView): void {
  const id = mainId();
  if (id === null) return;
  changeScenes((scenes) => withoutView(scenes, view.videoId));
  notify(t('The view is no longer beside this video.'), 'info', {
    label: t('Put it back'),
    run: () => place(id, view),
  });
}

/** Moves a view by whole frames of its own: later frames for positive ones. */
export function nudge(view: SceneView, frames: number): void {
  const frameUs = 1e6 / (knownVideo(view.videoId)?.facts.averageFps ?? 25);
  const offsetUs = Math.round(view.offsetUs + frames * frameUs);
  setOffset(view.videoId, offsetUs);
  announce(offsetWords(offsetUs));
}

const named = (videoId: number): string => knownVideo(videoId)?.name ?? 'a video';

/** Moves a view to where its sound agrees with the selected video's, or says why it stays. */
export async function alignBySound(view: SceneView): Promise<void> {
  const id = mainId();
  if (id === null) return;
  const found = await backend.videos.alignBySound({ videoId: id, otherId: view.videoId });
  if (found.kind === 'silent') {
    notify(
      t('{{named}} has no sound to go by. The view stays where it is: move it by frames.', {
        named: named(found.videoId),
      }),
      'warning',
    );
  } else if (found.kind === 'unclear') {
    notify(
      t(
        'The sound of {{named}} agrees nowhere clearly: it may be another scene, or repeat itself. The view stays where it is.',
        { named: named(view.videoId) },
      ),
      'warning',
    );
  } else if (viewsBeside(scenesNow(), id).some(({ videoId }) => videoId === view.videoId)) {
    place(id, { ...view, offsetUs: found.offsetUs });
    const sure = found.distinctness >= 2 ? t('Surely') : t('Probably');
    notify(
      t(
        '{{sure}} aligned by sound, {{offset}}: the best place is {{distinctness}} times as good as any other, over {{overlapUs}} s.',
        {
          sure,
          offset: offsetWords(found.offsetUs),
          distinctness: decimal(found.distinctness, 1),
          overlapUs: Math.round(found.overlapUs / 1e6),
        },
      ),
      'success',
      { label: t('Back to before'), run: () => place(id, view) },
    );
  }
}
