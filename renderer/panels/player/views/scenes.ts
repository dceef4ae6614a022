import { useMemo } from 'react';
import { create } from 'zustand';
import { viewsBeside, type Scene, type SceneView } from '#preload/domain/scene.ts';
import { api, backend, queries } from '../../../backend/client.ts';
import { useProject, useVideos } from '../../../backend/project-queries.ts';
import { storeShown, type Meanwhile } from '../../../backend/shown-meanwhile.ts';
import { attempt } from '../../../shared/notices.ts';

/** How long a hand that nudges may rest before the offset is sent. */
const restMs = 400;

/** What was changed here and is not known to be stored. */
const useMeanwhile = create<Meanwhile<readonly Scene[]>>(() => ({ shown: null }));
let timer: ReturnType<typeof setTimeout> | undefined;

const noScenes: readonly Scene[] = [];

/** The scenes of the project as they are seen now. */
export const scenesNow = (): readonly Scene[] =>
  useMeanwhile.getState().shown ?? queries.getQueryData(api.projects.info.queryKey())?.settings.scenes ?? noScenes;

/** Changes the scenes: at once on screen, soon in the project. */
export function changeScenes(change: (scenes: readonly Scene[]) => readonly Scene[]): void {
  const scenes = change(scenesNow());
  useMeanwhile.setState({ shown: scenes });
  clearTimeout(timer);
  timer = setTimeout(() => {
    const storing = backend.projects.changeSettings({ scenes: scenes.map((scene) => [...scene]) });
    attempt(storeShown(useMeanwhile, storing, api.projects.info.queryKey()));
  }, restMs);
}

const none: readonly SceneView[] = [];

/** The videos beside this one in its scene that are still there, with what is added to its times to have theirs. */
export function useViewsBeside(videoId: number | null): readonly SceneView[] {
  const { data: project } = useProject();
  const { data: videos } = useVideos();
  const shown = useMeanwhile((meanwhile) => meanwhile.shown);
  const scenes = shown ?? project?.settings.scenes ?? noScenes;
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
