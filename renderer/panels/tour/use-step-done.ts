import { useQuery } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import type { JobKind } from '#preload/domain/job.ts';
import { useStudio } from '../../shared/studio-state.ts';
import { api, queries } from '../../backend/client.ts';
import { useClasses, useVideos } from '../../backend/project-queries.ts';
import type { TourStep } from './tour-steps.ts';

/** Whether the person has done what a step shows since they came to it; what was done before does not count. */
export function useStepDone(id: TourStep['id']): boolean {
  const amount = useAmount(id);
  const [since, setSince] = useState<{ readonly id: string; readonly amount: number } | null>(null);
  const [done, setDone] = useState(false);
  useEffect(() => {
    if (amount === undefined) return;
    if (since?.id !== id) {
      setSince({ id, amount });
      setDone(false);
    } else if (amount > since.amount) {
      setDone(true);
    }
  }, [id, amount, since]);
  return done && since?.id === id;
}

/** A number that grows when the step is done; undefined while unknown. */
function useAmount(id: TourStep['id']): number | undefined {
  const { data: jobs } = useQuery(api.jobs.list.queryOptions());
  const { data: videos } = useVideos();
  const { data: classes } = useClasses();
  const exporting = useStudio((studio) => studio.dialog === 'export');
  const searches = useSyncExternalStore(
    (changed) => queries.getQueryCache().subscribe(changed),
    () =>
      Math.max(0, ...queries.getQueriesData({ queryKey: api.analysis.search.key() }).map(([key]) => answeredAt(key))),
  );
  const newest = (kind: JobKind): number | undefined =>
    jobs?.reduce((latest, job) => (job.kind === kind ? Math.max(latest, job.id) : latest), 0);
  switch (id) {
    case 'propose':
      return newest('propose');
    case 'correct':
      return videos?.reduce((sum, { counts }) => sum + counts.accepted + counts.rejected, 0);
    case 'teach':
      return newest('tune');
    case 'class':
      return classes?.length;
    case 'search':
      return searches;
    case 'export':
      return exporting ? 1 : 0;
  }
}

const answeredAt = (key: readonly unknown[]): number => queries.getQueryState(key)?.dataUpdatedAt ?? 0;
