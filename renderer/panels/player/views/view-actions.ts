import { mostViews, viewsBeside, withoutView, withView, type SceneView } from '#preload/domain/scene.ts';
import { backend } from '../../../backend/client.ts';
import { knownVideo } from '../../../backend/project-queries.ts';
import { announce, notify } from '../../../shared/notices.ts';
import { useStudio } from '../../../shared/studio-state.ts';
import { offsetWords } from './offset-words.ts';
import { changeScenes, chosenOf, scenesNow, useChosenView } from './scenes.ts';

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
  else notify(`A scene has ${mostViews} views at most: take one away first.`, 'warning');
}

/** Takes a view away; it can be put back as it was. */
export function removeView(view: SceneView): void {
  const id = mainId();
  if (id === null) return;
  changeScenes((scenes) => withoutView(scenes, view.videoId));
  notify('The view is no longer beside this video.', 'info', { label: 'Put it back', run: () => place(id, view) });
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
    notify(`${named(found.videoId)} has no sound to go by. The view stays where it is: move it by frames.`, 'warning');
  } else if (found.kind === 'unclear') {
    notify(
      `The sound of ${named(view.videoId)} agrees nowhere clearly: it may be another scene, or repeat itself. The view stays where it is.`,
      'warning',
    );
  } else if (viewsBeside(scenesNow(), id).some(({ videoId }) => videoId === view.videoId)) {
    place(id, { ...view, offsetUs: found.offsetUs });
    const sure = found.distinctness >= 2 ? 'Surely' : 'Probably';
    notify(
      `${sure} aligned by sound, ${offsetWords(found.offsetUs)}: the best place is ${found.distinctness.toFixed(1)} times as good as any other, over ${Math.round(found.overlapUs / 1e6)} s.`,
      'success',
      { label: 'Back to before', run: () => place(id, view) },
    );
  }
}
