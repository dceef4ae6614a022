import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { ActionClass } from '#preload/domain/action-class.ts';
import type { Attribute } from '#preload/domain/attribute.ts';
import type { JobKind } from '#preload/domain/job.ts';
import type { Video } from '#preload/domain/video.ts';
import { t } from '../language/language.ts';
import { api, queries } from './client.ts';

/** A class with how many of its segments are proposed and accepted. */
export type CountedClass = ActionClass & { readonly counts: { readonly open: number; readonly accepted: number } };

/** Every video of the project. */
export const useVideos = () => useQuery(api.videos.list.queryOptions());

/** One video of the project; undefined while unknown. */
export function useVideo(videoId: number | null): Video | undefined {
  const { data } = useVideos();
  return useMemo(() => data?.find((video) => video.id === videoId), [data, videoId]);
}

const lookingAt: ReadonlySet<JobKind> = new Set(['import', 'embed', 'propose']);

/** How many videos wait for the model's proposals, and whether what was proposed is being scored anew. */
export function useProposalsToCome(): { readonly videos: number; readonly scoredAnew: boolean } {
  const { data: jobs } = useQuery(api.jobs.list.queryOptions());
  return useMemo(() => {
    const ahead = (jobs ?? []).filter(({ state }) => state === 'queued' || state === 'running');
    // Several jobs may be about one video; one that is being added has no row yet.
    const videos = new Set(
      ahead.filter(({ kind }) => lookingAt.has(kind)).map(({ id, videoId }) => videoId ?? t('job {{id}}', { id })),
    );
    return { videos: videos.size, scoredAnew: ahead.some(({ kind }) => kind === 'rescore') };
  }, [jobs]);
}

/** The classes in order of position. */
export const useClasses = () => useQuery(api.classes.list.queryOptions());

/** Without what is counted of them: the very same until a class itself changes. */
export const usePlainClasses = () => useQuery(api.classes.list.queryOptions({ select: uncounted }));

const uncounted = (classes: readonly CountedClass[]): readonly ActionClass[] =>
  classes.map(({ counts: _counts, ...actionClass }) => actionClass);

const noClasses: ReadonlyMap<number, CountedClass> = new Map();

/** The classes by id; empty while unknown. */
export function useClassesById(): ReadonlyMap<number, CountedClass> {
  const { data } = useClasses();
  return useMemo(() => (data ? new Map(data.map((each) => [each.id, each])) : noClasses), [data]);
}

/** The open project; the studio shows nothing that asks for it while none is open. */
export const useProject = () => useQuery(api.projects.info.queryOptions());

/** All segments of one video, by start time. */
export const useSegments = (videoId: number | null) =>
  useQuery(api.segments.list.queryOptions({ input: { videoId: videoId ?? 0 }, enabled: videoId !== null }));

/** The classes known without waiting. */
export const knownClasses = (): readonly CountedClass[] => queries.getQueryData(api.classes.list.queryKey()) ?? [];

/** What may be said of segments beyond their class. */
export const useAttributes = () => useQuery(api.attributes.list.queryOptions());

/** The attributes known without waiting. */
export const knownAttributes = (): readonly Attribute[] => queries.getQueryData(api.attributes.list.queryKey()) ?? [];

/** A video that is known without waiting. */
export const knownVideo = (videoId: number): Video | undefined =>
  queries.getQueryData(api.videos.list.queryKey())?.find(({ id }) => id === videoId);

/** Ids of the segments of a video that are known without waiting. */
export const knownSegmentIds = (videoId: number): readonly number[] =>
  queries.getQueryData(api.segments.list.queryKey({ input: { videoId } }))?.map(({ id }) => id) ?? [];
