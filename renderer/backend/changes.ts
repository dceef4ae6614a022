import { hashKey, type QueryKey } from '@tanstack/react-query';
import type { Change } from '#preload/contract/changes.ts';
import type { Job } from '#preload/domain/job.ts';
import { acceptCounts } from './changed-counts.ts';
import { acceptRows } from './changed-rows.ts';
import { acceptVideos } from './changed-videos.ts';
import { api, backend, queries } from './client.ts';
import { useConnection } from './connection.ts';
import { reconnectDelayMs } from './keep-trying.ts';
import { acceptTrainingPoint, refetchTrainingCurves } from './training-curves.ts';

/** What there is to learn from, and what it brings. */
const corrected: readonly QueryKey[] = [api.tuning.status.key(), api.tuning.shots.key(), api.tuning.examination.key()];

/** What is shown of an export or an import before it is done: it is what would be done now. */
const previews: readonly QueryKey[] = [
  api.transfer.preview.key(),
  api.transfer.previewImport.key(),
  api.transfer.lookAtTable.key(),
];

/**
 * Which queries a change makes old. Jobs and training arrive whole, as do a few videos and the rows and counts of a small
 * edit, which are laid over the lists that are known; of the project, see `refreshAll`.
 */
export function staleKeys(change: Change): readonly QueryKey[] {
  switch (change.topic) {
    case 'project':
      return [];
    case 'videos':
      // What there is to learn from depends on which videos are there and looked at.
      return [
        ...(change.rows !== undefined && acceptVideos(change.videoIds, change.rows) ? [] : [api.videos.list.key()]),
        api.reviews.progress.key(),
        api.splits.key(),
        api.studio.state.key(),
        api.projects.storedSizes.key(),
        ...previews,
        ...corrected,
      ];
    case 'classes':
      return [
        api.classes.key(),
        api.reviews.progress.key(),
        api.videos.list.key(),
        api.segments.queue.key(),
        ...previews,
        ...corrected,
      ];
    case 'attributes':
      return [api.attributes.key(), ...previews];
    case 'recordings':
      return [api.recordings.list.key()];
    case 'segments':
      return [
        ...change.videoIds
          .filter((videoId) => change.rows === undefined || !acceptRows(videoId, change.rows))
          .map((videoId) => api.segments.list.key({ input: { videoId } })),
        api.layers.agreement.key(),
        ...previews,
        api.classes.examples.key(),
        api.segments.subjects.key(),
        // Rows that are told: where they change what is counted, classes and videos are told of as well.
        ...(change.rows === undefined ? [api.classes.list.key(), api.videos.list.key()] : []),
        ...(change.rows?.placed.every(({ state }) => state !== 'proposed') === true ? [] : [api.segments.queue.key()]),
      ];
    case 'counts':
      return [...acceptCounts(change), api.segments.queue.key(), api.splits.key(), api.reviews.progress.key()];
    case 'reviews':
      // How much of a video is reviewed is counted, and told as counts are.
      return [
        ...change.videoIds.map((videoId) => api.reviews.list.key({ input: { videoId } })),
        api.reviews.progress.key(),
        ...corrected,
      ];
    case 'layers':
      return [api.layers.key()];
    case 'history':
      return [api.history.key()];
    case 'curves':
      return change.videoIds.flatMap((videoId) => [
        api.videos.curves.key({ input: { videoId } }),
        api.videos.classCurves.key({ input: { videoId } }),
      ]);
    case 'downloads':
      return [api.models.downloads.key()];
    case 'model-arrived':
      return [api.models.library.key()];
    case 'models':
      return [api.models.key(), api.studio.provider.key(), api.videos.list.key()];
    case 'settings':
      return [
        api.studio.settings.key(),
        api.studio.hasServerToken.key(),
        api.studio.provider.key(),
        api.studio.state.key(),
        api.projects.info.key(),
        api.segments.queue.key(),
        ...corrected,
        // Which proposals are shown, and with that every count.
        api.quality.key(),
      ];
    case 'tuning':
      return [...corrected, api.quality.status.key()];
    case 'quality':
      return [api.quality.key()];
    case 'versions':
      return [api.quality.status.key(), api.versions.list.key(), ...corrected];
    case 'scorer-question':
      return [api.tuning.scorerQuestion.key()];
    case 'job':
    case 'people':
    case 'training':
      return [];
  }
}

/** `jobs` (newest first) with each of `rows` in its place, or in front where it is new. Pure. */
export function placeJobs(jobs: readonly Job[], rows: readonly Job[]): Job[] {
  const rowOf = new Map(rows.map((row) => [row.id, row]));
  const placed = jobs.map((job) => rowOf.get(job.id) ?? job);
  const known = new Set(jobs.map((job) => job.id));
  const fresh = rows.filter((row) => !known.has(row.id));
  return fresh.length === 0 ? placed : [...placed, ...fresh].sort((a, b) => b.id - a.id);
}

/**
 * Hands on rows of jobs, the first at once and what follows within `restMs` together, of each job the newest: 500 new
 * ones are two redraws.
 */
export function gatherJobs(accept: (rows: readonly Job[]) => void, restMs: number): (row: Job) => void {
  const waiting = new Map<number, Job>();
  let resting = false;
  const handOn = (): void => {
    resting = waiting.size > 0;
    if (!resting) return;
    const rows = [...waiting.values()];
    waiting.clear();
    accept(rows);
    setTimeout(handOn, restMs);
  };
  return (row) => {
    waiting.set(row.id, row);
    if (!resting) handOn();
  };
}

/**
 * Runs `refetch` for a key at once, then, while changes for it keep coming (500 imports), again after a rest: `restMs`,
 * or three times as long as the last one took, so that large answers never keep the backend busy.
 */
export function throttlePerKey(refetch: (key: QueryKey) => Promise<unknown>, restMs: number): (key: QueryKey) => void {
  const busy = new Map<string, { again: boolean }>();
  const run = async (key: QueryKey, name: string): Promise<void> => {
    const state = { again: false };
    busy.set(name, state);
    const startedMs = performance.now();
    await refetch(key).catch(() => {
      // The query itself keeps the failure for whoever shows it.
    });
    const tookMs = performance.now() - startedMs;
    await new Promise((resolve) => setTimeout(resolve, Math.max(restMs, 3 * tookMs)));
    busy.delete(name);
    if (state.again) await run(key, name);
  };
  return (key) => {
    const name = JSON.stringify(key);
    const state = busy.get(name);
    if (state) state.again = true;
    else void run(key, name);
  };
}

/** Makes queries old, and fetches those that are shown. */
export async function fetchAnew(queryKey: QueryKey): Promise<void> {
  // A first answer that is under way is not given up for another one, and may be older than what made it old.
  const firstAnswers = queries
    .getQueryCache()
    .findAll({ queryKey, fetchStatus: 'fetching' })
    .filter(({ state }) => state.data === undefined)
    .flatMap(({ promise }) => promise ?? []);
  await Promise.allSettled(firstAnswers);
  await queries.invalidateQueries({ queryKey });
}

/**
 * Follows the backend's changes until `signal` aborts: what makes queries old, beside `storeShown`. After a lost
 * connection everything is fetched again, since changes in between were missed. `onJob` hears how each job stands, and how
 * it stood; `onModel` of each model that was downloaded, and whether it became the project's.
 */
export async function followChanges(
  signal: AbortSignal,
  {
    onJob,
    onModel,
  }: {
    readonly onJob: (job: Job, before: Job | undefined) => void;
    readonly onModel: (model: string, chosen: boolean) => void;
  },
): Promise<void> {
  const refetch = throttlePerKey(fetchAnew, 200);
  const gather = gatherJobs((rows) => acceptJobs(rows, onJob, refetch), 100);
  let attempt = 0;
  let connectedBefore = false;
  while (!signal.aborted) {
    try {
      const stream = await backend.studio.changes(undefined, { signal });
      // Only then are edits sent that waited: they are of the project that was shown.
      if (connectedBefore || attempt > 0) await refreshAll();
      // What was answered before the stream was open may have changed since.
      else void queries.invalidateQueries({ predicate: ({ state }) => state.dataUpdatedAt > 0 });
      useConnection.setState({ connection: 'connected' });
      connectedBefore = true;
      attempt = 0;
      for await (const change of stream) {
        if (change.topic === 'job') gather(change.job);
        if (change.topic === 'model-arrived') onModel(change.model, change.chosen);
        if (change.topic === 'people') queries.setQueryData(api.people.list.queryKey(), change.windows);
        if (change.topic === 'training') acceptTrainingPoint(change);
        else if (change.topic === 'project') await refreshAll();
        else staleKeys(change).forEach(refetch);
      }
    } catch {
      // Whatever ended the stream, the cure is the same: wait and connect again.
    }
    if (signal.aborted) return;
    useConnection.setState({ connection: 'lost' });
    await new Promise((resolve) => setTimeout(resolve, reconnectDelayMs(attempt)));
    attempt += 1;
  }
}

/** Makes everything old; where another project is open, begins the page anew before anything is asked of it. */
async function refreshAll(): Promise<void> {
  const key = api.studio.state.queryKey();
  const before = queries.getQueryData(key)?.project?.location;
  const state = await backend.studio.state();
  if (before !== undefined && state.project?.location !== before) {
    globalThis.location.reload();
    return;
  }
  queries.setQueryData(key, state);
  refetchTrainingCurves();
  // Not awaited: the next change must not wait for all of these.
  void queries.invalidateQueries({ predicate: ({ queryKey }) => hashKey(queryKey) !== hashKey(key) });
}

/**
 * Begins the page anew (`begin`) as soon as the project that it showed is open no more, by whatever answer that is first
 * heard: ids of one project mean nothing in another, and browsers keep pictures by their address. Returns an end to it.
 */
export function beginAnewWithAnotherProject(begin: () => void): () => void {
  const key = api.studio.state.queryKey();
  let shown: string | undefined;
  return queries.getQueryCache().subscribe(({ query, type }) => {
    if (type !== 'updated' || query.queryHash !== hashKey(key)) return;
    const location = queries.getQueryData(key)?.project?.location;
    if (shown !== undefined && location !== shown) begin();
    shown ??= location;
  });
}

/** Places rows of jobs in their list. A list that is under way may have been written before them: it is fetched again. */
export function acceptJobs(
  rows: readonly Job[],
  onJob: (job: Job, before: Job | undefined) => void,
  refetch: (key: QueryKey) => void,
): void {
  const key = api.jobs.list.queryKey();
  if (queries.isFetching({ queryKey: key }) > 0) refetch(key);
  const before = new Map(queries.getQueryData(key)?.map((job) => [job.id, job]));
  queries.setQueryData(key, (jobs) => jobs && placeJobs(jobs, rows));
  for (const row of rows) onJob(row, before.get(row.id));
}
