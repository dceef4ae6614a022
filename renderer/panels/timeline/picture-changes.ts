import { useEffect } from 'react';
import { create } from 'zustand';
import { longestCutSearchUs, type Curves } from '#preload/contract/videos.ts';
import type { Video } from '#preload/domain/video.ts';
import { backend } from '../../backend/client.ts';
import { changePoints } from './snap-edges.ts';
import { visibleSpan } from './time-scale.ts';
import { useTimeline } from './timeline-view.ts';

/** A change of the picture, known to about a sample, and the cut there where it was looked for. */
interface PictureChange {
  readonly aboutUs: number;
  /** Null where there is none; undefined until it was looked for. */
  readonly cutUs?: number | null;
}

/** Where the picture of the video in view changes, in order, each known to `reachUs` on either side. */
const useChanges = create<{
  readonly videoId: number | null;
  readonly reachUs: number;
  readonly changes: readonly PictureChange[];
}>(() => ({ videoId: null, reachUs: 0, changes: [] }));

const momentOf = ({ aboutUs, cutUs }: PictureChange): number => cutUs ?? aboutUs;

useChanges.subscribe(({ changes }) =>
  useTimeline.setState({
    changesUs: changes.map(momentOf).toSorted((a, b) => a - b),
    cutsUs: new Set(changes.flatMap(({ cutUs }) => cutUs ?? [])),
  }),
);

/**
 * When the frame begins that cuts to another shot at the change that is shown at `us`; `us` itself where none does, or
 * none can be read. Looked for once: around it every frame is decoded.
 */
export async function sharpenChange(us: number): Promise<number> {
  const { videoId, reachUs, changes } = useChanges.getState();
  const change = changes.find((each) => momentOf(each) === us);
  if (videoId === null || change === undefined || change.cutUs !== undefined) return us;
  const cutUs = await backend.videos
    .findCut({ videoId, startUs: change.aboutUs - reachUs, endUs: change.aboutUs + reachUs })
    // Where the file cannot be read now, the change stays as sharp as it was.
    .catch(() => undefined);
  if (cutUs === undefined || useChanges.getState().videoId !== videoId) return us;
  useChanges.setState((now) => ({
    changes: now.changes.map((each) => (each.aboutUs === change.aboutUs ? { ...each, cutUs } : each)),
  }));
  return cutUs ?? us;
}

/** A mark that is so far off is seen to be. */
const seenPx = 6;
/** So long after the view was moved last, what is in it is looked at. */
const restMs = 400;

/** Marks where the picture of a video changes; those in view are made as sharp as can be seen, one after the other. */
export function usePictureChanges(video: Video, curves: Curves | null | undefined): void {
  useEffect(() => {
    const { timesUs = [], novelty = [] } = curves ?? {};
    const stepUs = timesUs.length > 1 ? timesUs[1]! - timesUs[0]! : 0;
    const { changes: before, videoId } = useChanges.getState();
    const known = new Map(videoId === video.id ? before.map((each) => [each.aboutUs, each]) : []);
    useChanges.setState({
      videoId: video.id,
      reachUs: Math.min(1.5 * stepUs, longestCutSearchUs / 2),
      changes: changePoints(timesUs, novelty).map((aboutUs) => known.get(aboutUs) ?? { aboutUs }),
    });
  }, [video.id, curves]);

  const { missing } = video;
  useEffect(() => {
    if (missing || !curves) return undefined;
    let round = 0;
    let rest: ReturnType<typeof setTimeout>;
    const sharpenInView = async (own: number): Promise<void> => {
      const { reachUs, changes } = useChanges.getState();
      const { scale } = useTimeline.getState();
      if (reachUs / scale.usPerPx < seenPx) return;
      const { startUs, endUs } = visibleSpan(scale);
      for (const us of changes.map(momentOf)) {
        if (own !== round) return;
        if (us >= startUs && us <= endUs) await sharpenChange(us);
      }
    };
    const onceAtRest = (): void => {
      round += 1;
      clearTimeout(rest);
      rest = setTimeout(() => void sharpenInView(round), restMs);
    };
    onceAtRest();
    const end = useTimeline.subscribe(({ scale }, before) => {
      if (scale !== before.scale) onceAtRest();
    });
    return () => {
      round += 1;
      clearTimeout(rest);
      end();
    };
  }, [missing, curves]);
}
