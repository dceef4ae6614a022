import { create } from 'zustand';
import type { Video } from '#preload/domain/video.ts';
import { t } from '../../language/language.ts';
import { api, queries } from '../../backend/client.ts';

export const videoFilters = {
  all: t('All videos'),
  proposed: t('With open proposals'),
  unreviewed: t('Not fully reviewed'),
  problems: t('Missing or damaged'),
} as const;
export type VideoFilter = keyof typeof videoFilters;

export const videoOrders = {
  added: t('Order added'),
  name: t('Name'),
  duration: t('Longest first'),
  proposals: t('Most proposals first'),
  reviewed: t('Least reviewed first'),
} as const;
export type VideoOrder = keyof typeof videoOrders;

interface LibraryView {
  readonly text: string;
  readonly filter: VideoFilter;
  readonly order: VideoOrder;
}

/** How the library is filtered and sorted; the panel and the keys that move between videos read the same. */
export const useLibraryView = create<LibraryView>(() => ({ text: '', filter: 'all', order: 'added' }));

const passes: Record<VideoFilter, (video: Video) => boolean> = {
  all: () => true,
  proposed: (video) => video.counts.open > 0,
  unreviewed: (video) => video.reviewedShare < 1,
  problems: (video) => video.missing || video.facts.damagedPackets !== undefined || video.facts.warnings !== undefined,
};

const natural = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
const compare: Record<VideoOrder, (a: Video, b: Video) => number> = {
  added: (a, b) => a.addedAt - b.addedAt,
  name: (a, b) => natural.compare(a.name, b.name),
  duration: (a, b) => b.facts.endUs - a.facts.endUs,
  proposals: (a, b) => b.counts.open - a.counts.open,
  reviewed: (a, b) => a.reviewedShare - b.reviewedShare,
};

/** The videos that pass `view`, in its order; ties keep the order of import. Pure. */
export function arrangeVideos(videos: readonly Video[], view: LibraryView): Video[] {
  const text = view.text.trim().toLocaleLowerCase();
  return videos
    .filter((video) => passes[view.filter](video) && video.name.toLocaleLowerCase().includes(text))
    .sort((a, b) => compare[view.order](a, b) || a.id - b.id);
}

/** Ids of the videos as the library shows them now. */
export const shownVideoIds = (): readonly number[] =>
  arrangeVideos(queries.getQueryData(api.videos.list.queryKey()) ?? [], useLibraryView.getState()).map(
    (video) => video.id,
  );
