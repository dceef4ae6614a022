import type { JobKind } from '#preload/domain/job.ts';
import type { OpenProject } from '../project/open-project.ts';
import { runEmbed } from './embed-job.ts';
import { runImport } from './import-job.ts';
import type { JobRunner } from './job-queue.ts';
import { runPropose } from './propose-job.ts';
import { runProxy } from './proxy-job.ts';
import { runRescore } from './rescore-job.ts';
import { runTune } from './tune-job.ts';
import { runTuneScorer } from './tune-scorer-job.ts';

/** How each kind of job is done, for one project. */
export const jobRunners = (project: OpenProject): Readonly<Record<JobKind, JobRunner>> => ({
  import: runImport(project),
  proxy: runProxy(project),
  embed: runEmbed(project),
  propose: runPropose(project),
  rescore: runRescore(project),
  tune: runTune(project),
  'tune-scorer': runTuneScorer(project),
});
