import type { JobKind } from '#preload/domain/job.ts';
import { embedJob } from './embed-job.ts';
import { exportJob } from './export-job.ts';
import { importJob } from './import-job.ts';
import type { JobType } from './job-type.ts';
import { measureJob } from './measure-job.ts';
import { proposeJob } from './propose-job.ts';
import { proxyJob } from './proxy-job.ts';
import { readAgainJob } from './read-again-job.ts';
import { recordingJob } from './recording-job.ts';
import { rescoreJob } from './rescore-job.ts';
import { tuneJob } from './tune-job.ts';
import { tuneScorerJob } from './tune-scorer-job.ts';

/** Every kind of job: its lane, its title and its work. A kind of the contract that is missing here does not compile. */
export const jobKinds: Readonly<Record<JobKind, JobType>> = {
  import: importJob,
  'read-again': readAgainJob,
  proxy: proxyJob,
  embed: embedJob,
  propose: proposeJob,
  rescore: rescoreJob,
  tune: tuneJob,
  'tune-scorer': tuneScorerJob,
  recording: recordingJob,
  measure: measureJob,
  export: exportJob,
};
