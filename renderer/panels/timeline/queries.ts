import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { addresses } from '#preload/contract/contract.ts';
import type { LayerOfVideo } from '#preload/contract/layers.ts';
import type { ClassCurves, Curves } from '#preload/contract/videos.ts';
import { Failure } from '#preload/domain/failure.ts';
import { verbatim } from '#preload/domain/saying.ts';
import type { ActionClass } from '#preload/domain/action-class.ts';
import type { Segment } from '#preload/domain/segment.ts';
import type { Span } from '#preload/domain/span.ts';
import type { Video } from '#preload/domain/video.ts';
import { t } from '../../language/language.ts';
import { changesUnderWay, forgetConfirmed, useSpansUnderWay } from '../../shared/spans-under-way.ts';
import { useScoreThreshold } from '../../shared/score-threshold.ts';
import { useStudio } from '../../shared/studio-state.ts';
import { api } from '../../backend/client.ts';
import { useFrameTable } from '../../backend/frame-tables.ts';
import { usePlainClasses, useProject, useSegments } from '../../backend/project-queries.ts';
import { classesInView, curveWindow } from './curve-window.ts';
import { useDropRemoved } from './drop-removed.ts';
import type { OtherLayer } from './layout-rows.ts';
import { RowsKeeper } from './rows-keeper.ts';
import { usePreferences } from './timeline-preferences.ts';
import { spectrogramCache } from './spectrogram-cache.ts';
import type { TileCache } from './tile-cache.ts';
import { ThumbnailCache } from './thumbnail-cache.ts';
import type { Ink } from './timeline-palette.ts';
import { loadTimeline, setLayout, useTimeline } from './timeline-view.ts';

const noSegments: readonly Segment[] = [];
const nothing = { gone: [], come: [] };
const noLayers: readonly OtherLayer[] = [];
const noClasses: readonly ActionClass[] = [];

const acceptedOf = (layers: readonly LayerOfVideo[]): readonly OtherLayer[] =>
  layers.map(({ name, segments }) => ({ name, segments: segments.filter(({ state }) => state === 'accepted') }));

/** Keeps the timeline's rows up to date with what the backend says of a video, what is hidden and what is under way. */
export function useTimelineRows(videoId: number | null): void {
  const { data: table } = useFrameTable(videoId);
  const { data: classes = noClasses } = usePlainClasses();
  const { data } = useSegments(videoId);
  const listed = data ?? noSegments;
  const { data: layers = noLayers } = useQuery({
    ...api.layers.ofVideo.queryOptions({ input: videoId === null ? skipToken : { videoId } }),
    select: acceptedOf,
  });
  const sent = useSpansUnderWay((state) => state.sent);
  const rejected = useStudio((studio) => studio.showRejected);
  const solo = useStudio((studio) => (studio.soloFocusedClass ? studio.focusedClassId : null));
  const threshold = useScoreThreshold();

  const compact = usePreferences((preferences) => preferences.compactRows);
  const emptyRows = usePreferences((preferences) => preferences.emptyRows);
  const foldedClassIds = useStudio((studio) => studio.foldedClassIds);
  // Where every row is there in any case, another class in focus lays nothing out anew.
  const keptClassId = useStudio((studio) => (emptyRows === 'whole' ? null : studio.focusedClassId));

  const rowClasses = useMemo(
    () => (solo === null ? classes : classes.filter((each) => each.id === solo)),
    [classes, solo],
  );
  const [keeper] = useState(() => new RowsKeeper());
  const layout = useMemo(() => {
    const underWay = videoId === null ? nothing : changesUnderWay(listed, videoId, sent);
    const look = { compact, emptyRows, foldedClassIds, keptClassId };
    return keeper.lay({ classes: rowClasses, listed, layers, threshold, rejected, ...look }, underWay);
  }, [
    keeper,
    rowClasses,
    listed,
    videoId,
    sent,
    threshold,
    rejected,
    layers,
    compact,
    emptyRows,
    foldedClassIds,
    keptClassId,
  ]);

  useEffect(() => loadTimeline(table ?? null), [table]);
  useEffect(() => setLayout(layout), [layout]);
  useEffect(() => {
    if (videoId !== null) forgetConfirmed(listed, videoId);
  }, [listed, videoId]);
  useDropRemoved(videoId, data);
}

/** Actionness and novelty; null before features are stored. */
export function useCurves(videoId: number | null): Curves | null | undefined {
  const { data, isError } = useQuery(
    api.videos.curves.queryOptions({ input: videoId === null ? skipToken : { videoId } }),
  );
  return isError ? null : data;
}

/** So many points of a curve are drawn of what is in view, at least. */
const curvePoints = 2048;

/** Curves of the classes in view, where they are wanted, and of the one in focus; what came last until others have. */
export function useClassCurves(videoId: number): ClassCurves | null {
  const wanted = usePreferences(({ classScores, tracks }) => (classScores ? 'rows' : tracks.curves ? 'focus' : 'none'));
  const focusedClassId = useStudio((studio) => studio.focusedClassId);
  // As text: another view of the same classes and time is no other question.
  const asked = useTimeline(({ scale, layout, scrollPx, rowsPx }) => {
    const inRows = wanted === 'rows' ? classesInView(layout, scrollPx, rowsPx) : [];
    const focused = focusedClassId === null || inRows.includes(focusedClassId) ? [] : [focusedClassId];
    return JSON.stringify({ ...curveWindow(scale), classIds: [...inRows, ...focused] });
  });
  const view = useMemo(() => JSON.parse(asked) as Span & { classIds: number[] }, [asked]);
  const { data } = useQuery({
    ...api.videos.classCurves.queryOptions({
      input:
        wanted === 'none' || view.classIds.length === 0
          ? skipToken
          : { videoId, ...view, classIds: view.classIds.slice(0, mostClassCurves), points: curvePoints },
    }),
    placeholderData: keepPreviousData,
    structuralSharing: false,
    gcTime: 30_000,
  });
  return data ?? null;
}

/** As many as may be asked for at once. */
const mostClassCurves = 256;

async function fetchPeaks(videoId: number, signal: AbortSignal): Promise<Float32Array | null> {
  const response = await fetch(addresses.waveform(videoId), { signal });
  if (response.status === 204) return null;
  if (!response.ok) throw new Failure('not-found', verbatim(t('The sound of this video could not be read.')));
  const view = new DataView(await response.arrayBuffer());
  return Float32Array.from({ length: view.byteLength >> 2 }, (_, index) => view.getFloat32(index * 4, true));
}

/** Loudness peaks `[buckets, 2]`; null without sound and until they have come. */
export function usePeaks(video: Video | undefined): Float32Array | null {
  const { data = null } = useQuery({
    queryKey: ['waveform', video?.id],
    queryFn:
      video?.facts.hasAudio === true && !video.missing ? ({ signal }) => fetchPeaks(video.id, signal) : skipToken,
    staleTime: Infinity,
    structuralSharing: false,
  });
  return data;
}

/** The filmstrip's pictures; null where there is no file to take them from. `onArrived` must keep its identity. */
export function useThumbnails(video: Video | undefined, onArrived: () => void): ThumbnailCache | null {
  const { id, missing = true } = video ?? {};
  const aspect = video ? video.facts.width / video.facts.height : 1;
  const cache = useMemo(
    () => (id === undefined || missing ? null : new ThumbnailCache(id, aspect, onArrived)),
    [id, missing, aspect, onArrived],
  );
  useEffect(() => () => cache?.clear(), [cache]);
  return cache;
}

/** The spectrogram's pictures; null without sound or where it is not shown. `ink` and `onArrived` must keep their identity. */
export function useSpectrogram(
  video: Video,
  shown: boolean,
  ink: Ink,
  onArrived: () => void,
): TileCache<ImageBitmap> | null {
  const { id, missing } = video;
  const wanted = shown && video.facts.hasAudio && !missing;
  const cache = useMemo(() => (wanted ? spectrogramCache(id, ink, onArrived) : null), [id, wanted, ink, onArrived]);
  useEffect(() => () => cache?.clear(), [cache]);
  return cache;
}

const none: readonly Span[] = [];

/** What this project was handed out to label of a video, in order; empty: all of it. */
export function useAskedParts(videoId: number): readonly Span[] {
  const parts = useProject().data?.settings.askedParts;
  return useMemo(() => {
    const own = parts?.filter((part) => part.videoId === videoId) ?? none;
    return own.length === 0 ? none : own.toSorted((a, b) => a.startUs - b.startUs);
  }, [parts, videoId]);
}
