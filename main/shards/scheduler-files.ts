import path from 'node:path';

/** What a scheduler is told of a plan. */
export interface ScheduledPlan {
  /** Where the plan is, the model, and all videos. */
  readonly folder: string;
  readonly modelFolder: string;
  readonly mediaPaths: readonly string[];
  readonly project: string;
  readonly shards: number;
  /** Program and first arguments by which workers call the command line. */
  readonly command: readonly string[];
}

/** Exit codes of a worker, as `sysexits.h` names them. */
export const exitCodes = {
  done: 0,
  /** EX_DATAERR: a video or the model is not the plan's, or cannot be read. The same again fails again. */
  badData: 65,
  /** EX_NOINPUT: the plan, its shard, the model or a video is not there. */
  noInput: 66,
  /** EX_SOFTWARE. */
  internal: 70,
  /** EX_TEMPFAIL: ended before its time; what was done is kept, and the same again goes on. */
  tryAgain: 75,
} as const;

/** How often a shard that ended before its time is begun again. */
const mostTries = 20;

export type Scheduler = keyof typeof schedulerFiles;

/** The file that hands a plan to a scheduler: its name in the plan's folder, its text, and how it is handed over. */
export const schedulerFiles = {
  slurm: { file: 'slurm.sh', text: slurmScript, submit: (file: string) => `sbatch ${quoted(file)}` },
  kubernetes: {
    file: 'kubernetes.json',
    text: kubernetesJob,
    submit: (file: string) => `kubectl create -f ${quoted(file)}`,
  },
} as const;

/** A job array, a shard a task. A task that is preempted, killed with its node or out of time goes back into the queue. */
function slurmScript({ folder, project, shards, command }: ScheduledPlan): string {
  return `#!/bin/bash
#SBATCH --job-name=${nameOf(project)}
#SBATCH --array=0-${shards - 1}
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --output=${folder.replaceAll('%', '%%').replaceAll(' ', '\\ ')}/logs/shard-%a.log
#SBATCH --signal=B:TERM@60
# Yours to choose: #SBATCH --time=4:00:00, --cpus-per-task=8, --mem=16G, --gres=gpu:1, --partition=...
# Where nodes call the program otherwise: CUEPOINT="..." sbatch ${schedulerFiles.slurm.file}

set -u
work() {
  if [ -n "\${CUEPOINT:-}" ]; then exec $CUEPOINT "$@"; else exec ${command.map(quoted).join(' ')} "$@"; fi
}
work work ${quoted(folder)} --shard "$SLURM_ARRAY_TASK_ID" &
worker=$!
trap 'kill -TERM "$worker"' TERM
wait "$worker"
code=$?
# A signal ends the first wait; the worker says how it ended.
while kill -0 "$worker" 2>/dev/null; do
  wait "$worker"
  code=$?
done
if [ "$code" -eq ${exitCodes.tryAgain} ] && [ "\${SLURM_RESTART_COUNT:-0}" -lt ${mostTries} ]; then
  scontrol requeue "\${SLURM_ARRAY_JOB_ID}_\${SLURM_ARRAY_TASK_ID}" && exit 0
fi
exit "$code"
`;
}

/** An Indexed Job, a shard an index (Kubernetes 1.33, or 1.29 with JobBackoffLimitPerIndex). Image and volume are yours to name. */
function kubernetesJob({ folder, modelFolder, mediaPaths, project, shards }: ScheduledPlan): string {
  const mountPath = commonFolder([folder, modelFolder, ...mediaPaths]);
  const job = {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { generateName: `${nameOf(project)}-` },
    spec: {
      completionMode: 'Indexed',
      completions: shards,
      parallelism: shards,
      backoffLimitPerIndex: mostTries,
      maxFailedIndexes: shards,
      podFailurePolicy: {
        rules: [
          { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget' }] },
          {
            action: 'FailIndex',
            onExitCodes: {
              containerName: 'worker',
              operator: 'In',
              values: [exitCodes.badData, exitCodes.noInput],
            },
          },
        ],
      },
      template: {
        spec: {
          restartPolicy: 'Never',
          terminationGracePeriodSeconds: 60,
          containers: [
            {
              name: 'worker',
              image: 'cuepoint',
              command: ['sh', '-c', 'exec cuepoint work "$0" --shard "$JOB_COMPLETION_INDEX"', folder],
              resources: { requests: { cpu: '2', memory: '4Gi' } },
              volumeMounts: [{ name: 'data', mountPath }],
            },
          ],
          volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'cuepoint-data' } }],
        },
      },
    },
  };
  return `${JSON.stringify(job, null, 2)}\n`;
}

/** A name as Slurm and Kubernetes both take one. */
const nameOf = (project: string): string => {
  const name = project
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replaceAll(/^-+|-+$/g, '');
  return name === '' ? 'cuepoint' : `cuepoint-${name}`;
};

/** For a shell. */
const quoted = (word: string): string => (/^[\w./:=@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);

/** The deepest folder that holds all of these. */
function commonFolder(paths: readonly string[]): string {
  const holds = (folder: string) =>
    paths.every((one) => one === folder || one.startsWith(folder.endsWith(path.sep) ? folder : folder + path.sep));
  let folder = path.dirname(paths[0]!);
  while (!holds(folder)) folder = path.dirname(folder);
  return folder;
}
