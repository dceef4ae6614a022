import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { create } from 'zustand';
import { addresses } from '#preload/contract/contract.ts';
import type { ListedRecording, RecordingChange } from '#preload/contract/recordings.ts';
import type { RecordingTrack } from '#preload/domain/recording.ts';
import { failureOf } from '../../../backend/failures.ts';
import type { Job } from '#preload/domain/job.ts';
import { english } from '#preload/domain/saying.ts';
import { t } from '../../../language/language.ts';
import { api, backend, queries } from '../../../backend/client.ts';
import { storeShown, type Meanwhile } from '../../../backend/shown-meanwhile.ts';
import { attempt } from '../../../shared/notices.ts';
import { classInk } from '../../../shared/theme.ts';
import { fetchTile, TileCache } from '../tile-cache.ts';
import { seriesHeights, type SeriesTrack } from './series-track.ts';

const none: readonly ListedRecording[] = [];

/** Where a hand has put a recording's first row, until the backend says where it is. */
interface Moved {
  readonly recordingId: number;
  readonly offsetUs: number;
}
const useMoved = create<Meanwhile<Moved>>(() => ({ shown: null }));

/** The recordings beside a video, moved as far as a hand has them. */
export function useRecordings(videoId: number): readonly ListedRecording[] {
  const { data = none } = useQuery(api.recordings.list.queryOptions({ input: { videoId } }));
  const moved = useMoved(({ shown }) => shown);
  return useMemo(
    () =>
      moved === null
        ? data
        : data.map((each) => (each.id === moved.recordingId ? { ...each, offsetUs: moved.offsetUs } : each)),
    [data, moved],
  );
}

/** Those that are known without waiting, as the backend has them. */
export const knownRecordings = (videoId: number): readonly ListedRecording[] =>
  queries.getQueryData(api.recordings.list.queryKey({ input: { videoId } })) ?? none;

/** One that is known without waiting. */
export const knownRecording = (videoId: number, recordingId: number): ListedRecording | undefined =>
  knownRecordings(videoId).find(({ id }) => id === recordingId);

/** Changes a recording, and says where that fails. */
export const changeRecording = (recordingId: number, change: RecordingChange): void =>
  attempt(backend.recordings.update({ recordingId, ...change }));

/** Changes one of its tracks. */
export const changeTrack = (recording: ListedRecording, column: number, change: Partial<RecordingTrack>): void =>
  changeRecording(recording.id, {
    tracks: recording.tracks.map((track) => (track.column === column ? { ...track, ...change } : track)),
  });

/** Takes a track away, and with the last one the recording. */
export function removeTrack(recording: ListedRecording, column: number): void {
  const tracks = recording.tracks.filter((track) => track.column !== column);
  if (tracks.length > 0) changeRecording(recording.id, { tracks });
  else attempt(backend.recordings.remove({ recordingId: recording.id }));
}

/** Shows its first row at another time of the video; null: where it was. */
export const showMoved = (recordingId: number, offsetUs: number | null): void =>
  useMoved.setState({ shown: offsetUs === null ? null : { recordingId, offsetUs: Math.round(offsetUs) } });

/** Puts its first row at another time of the video: at once on screen, and then in the project. */
export function moveRecording({ id, videoId }: ListedRecording, offsetUs: number): void {
  showMoved(id, offsetUs);
  const storing = backend.recordings.update({ recordingId: id, offsetUs: Math.round(offsetUs) });
  attempt(storeShown(useMoved, storing, api.recordings.list.queryKey({ input: { videoId } })));
}

/** What is said of a recording that cannot be drawn, or whose file is not what it was; null for nothing. */
export function troubleWith({ file, facts, name }: ListedRecording, job: Job | undefined): string | null {
  if (facts === null && (job?.state === 'queued' || job?.state === 'running')) return null;
  if (file === 'missing') return t('{{name}} is missing: put it back, or find it again.', { name });
  if (file === 'changed')
    return t('{{name}} changed on disk: put the old one back, or take its new content.', { name });
  if (facts !== null) return null;
  return job?.failure ? failureOf(job.failure).message : t('{{name}} has not been read: read it now.', { name });
}

const wordsFor = (recording: ListedRecording, job: Job | undefined): string =>
  troubleWith(recording, job) ??
  (job?.state === 'running'
    ? t('Reading {{name}}, {{progress}} %…', { name: recording.name, progress: Math.round(job.progress * 100) })
    : t('Reading {{name}}…', { name: recording.name }));

/** The newest job that reads a recording. */
export function useReadingJobs(): (recording: ListedRecording) => Job | undefined {
  const { data: jobs } = useQuery(api.jobs.list.queryOptions());
  return useMemo(
    () => (recording) =>
      jobs?.find(
        (job) =>
          job.kind === 'recording' && job.videoId === recording.videoId && english(job.title).endsWith(recording.name),
      ),
    [jobs],
  );
}

/** 128 kB each at most, over all zooms. */
const mostTiles = 120;
const mostExact = 24;

const tilesOf = (recordingId: number, column: number, most: number, onArrived: () => void): TileCache<Float64Array> =>
  new TileCache({
    most,
    onArrived,
    read: async (level, tile, signal) => {
      const bytes = await fetchTile(addresses.recordingTile(recordingId, column, level, tile), signal);
      return bytes && new Float64Array(bytes);
    },
  });

/** Caches of tiles by what they hold: a track that is moved, coloured or folded keeps its own. */
class TilesOfTracks {
  readonly #caches = new Map<
    string,
    { readonly drawn: TileCache<Float64Array>; readonly exact: TileCache<Float64Array> }
  >();

  of(key: string, make: () => { readonly drawn: TileCache<Float64Array>; readonly exact: TileCache<Float64Array> }) {
    const known = this.#caches.get(key) ?? make();
    this.#caches.set(key, known);
    return known;
  }

  keepOnly(keys: ReadonlySet<string>): void {
    for (const [key, { drawn, exact }] of this.#caches) {
      if (keys.has(key)) continue;
      drawn.clear();
      exact.clear();
      this.#caches.delete(key);
    }
  }
}

/** The tracks of a video's recordings as they are drawn. `onArrived` must keep its identity. */
export function useSeriesTracks(videoId: number, background: string, onArrived: () => void): readonly SeriesTrack[] {
  const recordings = useRecordings(videoId);
  const jobOf = useReadingJobs();
  const caches = useMemo(() => new TilesOfTracks(), []);
  const tracks = useMemo(
    () =>
      recordings.flatMap((recording) =>
        recording.tracks.flatMap((track): SeriesTrack[] => {
          if (track.look === 'hidden') return [];
          const { facts, checksum, reading } = recording;
          const column = facts?.columns.find((each) => each.column === track.column);
          // Another content, or read otherwise, is another set of tiles.
          const key = `${recording.id}:${track.column}`;
          const tiles =
            column &&
            caches.of(`${key}:${checksum}:${JSON.stringify(reading)}`, () => ({
              drawn: tilesOf(recording.id, track.column, mostTiles, onArrived),
              exact: tilesOf(recording.id, track.column, mostExact, onArrived),
            }));
          return [
            {
              key,
              recordingId: recording.id,
              column: track.column,
              name: track.name,
              ink: classInk(track.colour, background),
              scale: track.scale,
              heightPx: seriesHeights[track.look],
              offsetUs: recording.offsetUs,
              rate: recording.rate,
              facts: column && facts ? { low: column.low, high: column.high, stepUs: facts.stepUs } : null,
              words: wordsFor(recording, jobOf(recording)),
              drawn: tiles?.drawn ?? null,
              exact: tiles?.exact ?? null,
            },
          ];
        }),
      ),
    [recordings, jobOf, background, caches, onArrived],
  );
  useEffect(() => {
    caches.keepOnly(
      new Set(
        recordings.flatMap(({ id, checksum, reading, tracks: all }) =>
          all.map(({ column }) => `${id}:${column}:${checksum}:${JSON.stringify(reading)}`),
        ),
      ),
    );
  }, [caches, recordings]);
  return tracks;
}
