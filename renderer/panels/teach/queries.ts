import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { firstShots } from '#preload/contract/tuning.ts';
import type { Job } from '#preload/domain/job.ts';
import { api } from '../../backend/client.ts';

/** What there is to learn from, what was learned, and which of it is in use. */
export const useTuning = () => useQuery(api.tuning.status.queryOptions());

/** The first `limit` shots of a class, or rejected ones (null), where more are wanted than the status tells. */
export const useShots = (classId: number | null, limit: number) =>
  useQuery({
    ...api.tuning.shots.queryOptions({ input: { classId, limit } }),
    enabled: limit > firstShots,
    placeholderData: keepPreviousData,
  });

/** What corrections bring by themselves; the last answer stays while a newer one is found. */
export const useExamination = () =>
  useQuery({ ...api.tuning.examination.queryOptions(), placeholderData: keepPreviousData });

/** The newest teaching, however it stands; undefined where there was none, or it was cleared away. */
export function useNewestTuneJob(): Job | undefined {
  const { data: jobs = [] } = useQuery(api.jobs.list.queryOptions());
  return jobs.find((job) => job.kind === 'tune');
}
