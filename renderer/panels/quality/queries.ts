import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { ClipQuestion, MeasuredOn } from '#preload/domain/quality.ts';
import type { Job } from '#preload/domain/job.ts';
import { t } from '../../language/language.ts';
import { api } from '../../backend/client.ts';
import { useClassesById } from '../../backend/project-queries.ts';

/** What it can be measured on, what was measured, and what is being measured. */
export const useQualityStatus = () => useQuery(api.quality.status.queryOptions());

/** The last measurement; null while there is none. */
export const useQualityReport = (on: MeasuredOn, enabled: boolean) =>
  useQuery({ ...api.quality.numbers.queryOptions({ input: { on } }), enabled });

/** The clips behind a number. */
export const useQualityClips = (on: MeasuredOn, question: ClipQuestion) =>
  useQuery(api.quality.clips.queryOptions({ input: { on, question } }));

/** The newest measurement of a kind as a job, however it stands; undefined where there was none, or it was cleared away. */
export function useJob(jobId: number | null): Job | undefined {
  const { data: jobs = [] } = useQuery(api.jobs.list.queryOptions());
  return jobs.find(({ id }) => id === jobId);
}

/** What a class is called. */
export function useNameOf(): (classId: number) => string {
  const classes = useClassesById();
  return useMemo(() => (classId) => classes.get(classId)?.name ?? t('removed class'), [classes]);
}
