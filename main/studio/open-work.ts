import type { Engine } from '../engine/tasks.ts';
import { followEdits } from '../jobs/follow-edits.ts';
import { jobKinds } from '../jobs/job-kinds.ts';
import { JobQueue } from '../jobs/job-queue.ts';
import type { ProjectWork } from '../jobs/project-work.ts';
import { TrainingCurve } from '../jobs/training-curve.ts';
import type { OpenProject } from '../project/open-project.ts';

/** Puts the work on a project together: a queue of every kind of job, which follows what is edited. Nothing runs yet. */
export function openWork(
  project: OpenProject,
  engine: Engine,
  { noteProvider, selected }: Pick<ProjectWork, 'noteProvider' | 'selected'>,
): ProjectWork {
  const queue = new JobQueue(project.database, jobKinds, {
    perform: async (run) => {
      project.ensureInPlace();
      await jobKinds[run.job.kind].run(work, run);
    },
    publish: (job) => project.publish({ topic: 'job', job }),
    videoInView: () => project.videoInView,
  });
  const work: ProjectWork = {
    project,
    engine,
    queue,
    training: new TrainingCurve(),
    scorerQuestion: null,
    selected,
    noteProvider,
  };
  followEdits(work);
  return work;
}
