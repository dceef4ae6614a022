import { useMemo } from 'react';
import { create } from 'zustand';
import { viewsBeside, type Scene, type SceneView } from '#preload/domain/scene.ts';
import { api, backend, queries } from '../../../backend/client.ts';
import { useProject, useVideos } from '../../../backend/project-queries.ts';
import { notifyFailure } from '../../../shared/notices.ts';

/** How long a hand that nudges may rest before the offset is sent. */
const restMs = 400;

/** What was changed here and is not known to be stored: shown as if it were. */
interface Pending {
  readonly scenes: readonly Scene[];
  /** What was stored when the backend had answered; once that is another, it holds again. Null while it is under way. */
  readonly answered: readonly Scene[] | null;
}

const usePending = create<{ readonly pending: Pending | null }>(() => ({ pending: null }));
let timer: ReturnType<typeof setTimeout> | undefined;

const noScenes: readonly Scene[] = [];
const stored = (): readonly Scene[] => queries.getQueryData(api.projects.info.queryKey())?.settings.scenes ?? noScenes;

const inForce = (pending: Pending | null, known: readonly Scene[]): readonly Scene[] =>
  pending && (pending.answered === null || pending.answered === known) ? pending.scenes : known;

/** The scenes of the project as they are seen now. */
export const scenesNow = (): readonly Scene[] => inForce(usePending.getState().pending, stored());

/** Changes the scenes: at once on screen, soon in the project. */
export function changeScenes(change: (scenes: readonly Scene[]) => readonly Scene[]): void {
  const scenes = change(scenesNow());
  usePending.setState({ pending: { scenes, answered: null } });
  clearTimeout(timer);
  timer = setTimeout(() => void send(scenes), restMs);
}

async function send(scenes: readonly Scene[]): Promise<void> {
  try {
    await backend.projects.changeSettings({ scenes: scenes.map((scene) => [...scene]) });
    if (usePending.getState().pending?.scenes === scenes)
      usePending.setState({ pending: { scenes, answered: stored() } });
  } catch (error) {
    if (usePending.getState().pending?.scenes === scenes) usePending.setState({ pending: null });
    notifyFailure(error);
  }
}

const none: readonly SceneView[] = [];

/** The videos beside this one in its scene that are still there, with what is added to its times to have theirs. */
export function useViewsBeside(videoId: number | null): readonly SceneView[] {
  const { data: project } = useProject();
  const { data: videos } = useVideos();
  const pending = usePending((state) => state.pending);
  const scenes = inForce(pending, project?.settings.scenes ?? noScenes);
  return useMemo(() => {
    if (videoId === null || !videos) return none;
    const present = new Set(videos.map(({ id }) => id));
    return viewsBeside(scenes, videoId).filter((view) => present.has(view.videoId));
  }, [scenes, videoId, videos]);
}

/** The further view that keys move in time, by its video; null: the first. */
export const useChosenView = create<{ readonly videoId: number | null }>(() => ({ videoId: null }));

/** That view among those that are there. */
export const chosenOf = (views: readonly SceneView[], chosenId: number | null): SceneView | undefined =>
  views.find((view) => view.videoId === chosenId) ?? views[0];
