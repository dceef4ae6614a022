import { z } from 'zod';

/** A video of a scene, and its own time at the moment that is 0 of the scene. */
export const sceneView = z.object({ videoId: z.int().positive(), offsetUs: z.int() });
export type SceneView = z.infer<typeof sceneView>;

/** A browser opens six connections to one host: each film holds one, the stream of changes one. */
export const mostViews = 3;

/** Videos that filmed the same scene at once. A video is in one scene at most. */
export const scene = z.array(sceneView).min(2).max(mostViews);
export type Scene = readonly SceneView[];

/**
 * The other videos of the scene that `videoId` is in; `offsetUs` is what is added to a time of that video to have theirs.
 * Pure.
 */
export function viewsBeside(scenes: readonly Scene[], videoId: number): SceneView[] {
  const found = scenes.find((each) => each.some((view) => view.videoId === videoId));
  const own = found?.find((view) => view.videoId === videoId);
  if (!found || !own) return [];
  return found
    .filter((view) => view !== own)
    .map((view) => ({ videoId: view.videoId, offsetUs: view.offsetUs - own.offsetUs }));
}

/** The scenes after a video has left its own; one of a single video is none. Pure. */
export const withoutView = (scenes: readonly Scene[], videoId: number): Scene[] =>
  scenes.map((each) => each.filter((view) => view.videoId !== videoId)).filter((each) => each.length > 1);

/**
 * The scenes after `view`, its offset as `viewsBeside` tells it, was put beside `videoId`, out of any other scene, or was
 * moved in time where it is there already. Pure.
 */
export function withView(scenes: readonly Scene[], videoId: number, view: SceneView): Scene[] {
  const current = scenes.find((each) => each.some((other) => other.videoId === videoId));
  const members = current ?? [{ videoId, offsetUs: 0 }];
  const zeroUs = members.find((other) => other.videoId === videoId)!.offsetUs;
  const placed = { videoId: view.videoId, offsetUs: zeroUs + Math.round(view.offsetUs) };
  const isThere = members.some((other) => other.videoId === view.videoId);
  const next = isThere
    ? members.map((other) => (other.videoId === view.videoId ? placed : other))
    : [...members, placed];
  const others = scenes.filter((each) => each !== current);
  return [...withoutView(others, view.videoId), next];
}
