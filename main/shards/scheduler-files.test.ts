// Protects: what is handed to schedulers is what they take, whatever folders and projects are called.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { VideoFacts } from '#preload/domain/video-facts.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { encodingSeconds } from './encoding-cost.ts';
import { exitCodes, schedulerFiles } from './scheduler-files.ts';

const folder = temporaryFolder;
const planIn = (at: string, command: readonly string[]) => ({
  folder: join(at, "the lab's plan"),
  modelFolder: join(at, 'models', 'clip'),
  mediaPaths: [join(at, 'videos', 'a b.mp4')],
  project: 'Kitchen: Übung #3',
  shards: 4,
  command,
});

/** Runs the job script as Slurm would, with a worker that notes its arguments and ends with `code`. */
function runScript(code: number, restarts: number): { readonly status: number | null; readonly calls: string[] } {
  const at = folder();
  const program = (name: string, text: string) => {
    const file = join(at, name);
    writeFileSync(file, `#!/bin/bash\necho "${name} $*" >> '${join(at, 'calls')}'\n${text}\n`);
    chmodSync(file, 0o755);
    return file;
  };
  const worker = program('worker', `exit ${code}`);
  program('scontrol', 'exit 0');
  const script = join(at, 'slurm.sh');
  writeFileSync(script, schedulerFiles.slurm.text(planIn(at, [worker])));
  const { status } = spawnSync('bash', [script], {
    env: {
      PATH: `${at}:${process.env['PATH']}`,
      SLURM_ARRAY_TASK_ID: '2',
      SLURM_ARRAY_JOB_ID: '17',
      SLURM_RESTART_COUNT: String(restarts),
    },
  });
  return { status, calls: readFileSync(join(at, 'calls'), 'utf8').replaceAll(at, '').trim().split('\n') };
}

test.runIf(process.platform !== 'win32')(
  'the Slurm script works on its shard, and puts it back where that helps',
  () => {
    const worked = "worker work /the lab's plan --shard 2";
    expect(runScript(exitCodes.done, 0)).toEqual({ status: 0, calls: [worked] });
    expect(runScript(exitCodes.badData, 0)).toEqual({ status: exitCodes.badData, calls: [worked] });
    expect(runScript(exitCodes.tryAgain, 0)).toEqual({ status: 0, calls: [worked, 'scontrol requeue 17_2'] });
    expect(runScript(exitCodes.tryAgain, 20)).toEqual({ status: exitCodes.tryAgain, calls: [worked] });
  },
);

test('the Slurm script is an array of the plan’s shards whose names hold no stray letters', () => {
  const text = schedulerFiles.slurm.text(planIn('/data', ['cuepoint']));
  expect(text).toContain('#SBATCH --array=0-3\n');
  expect(text).toContain('#SBATCH --job-name=cuepoint-kitchen-bung-3\n');
  expect(text).toContain('#SBATCH --requeue\n');
});

test('the Kubernetes job gives each index its shard, and one volume that holds all of it', () => {
  const at = folder();
  mkdirSync(join(at, 'videos'));
  const job = JSON.parse(schedulerFiles.kubernetes.text(planIn(at, ['cuepoint']))) as {
    readonly metadata: { readonly generateName: string };
    readonly spec: {
      readonly completions: number;
      readonly completionMode: string;
      readonly podFailurePolicy: {
        readonly rules: readonly { readonly onExitCodes?: { readonly values: number[] } }[];
      };
      readonly template: {
        readonly spec: {
          readonly restartPolicy: string;
          readonly containers: readonly [
            { readonly command: string[]; readonly volumeMounts: readonly [{ readonly mountPath: string }] },
          ];
        };
      };
    };
  };
  expect(job.metadata.generateName).toMatch(/^[a-z0-9]([-a-z0-9]*)$/);
  expect(job.spec).toMatchObject({ completions: 4, completionMode: 'Indexed' });
  expect(job.spec.podFailurePolicy.rules.flatMap((rule) => rule.onExitCodes?.values ?? [])).not.toContain(
    exitCodes.tryAgain,
  );
  const { restartPolicy, containers } = job.spec.template.spec;
  expect(restartPolicy).toBe('Never');
  expect(containers[0].volumeMounts[0].mountPath).toBe(at);
  expect(containers[0].command.at(-1)).toBe(join(at, "the lab's plan"));
});

test('a film costs more the longer, larger and harder to decode it is, and the slower the model', () => {
  const facts = { codec: 'h264', codedWidth: 1920, codedHeight: 1080, frameCount: 1500 } as VideoFacts;
  const usual = encodingSeconds(facts, 240, 20);
  expect(encodingSeconds({ ...facts, frameCount: 3000 }, 480, 20)).toBeCloseTo(2 * usual);
  for (const more of [{ codec: 'hevc' }, { codec: 'prores' }, { codedWidth: 3840 }])
    expect(encodingSeconds({ ...facts, ...more }, 240, 20)).toBeGreaterThan(usual);
  expect(encodingSeconds(facts, 240, 10)).toBeGreaterThan(usual);
  expect(encodingSeconds(facts, 240, null)).toBeCloseTo(encodingSeconds(facts, 240, 10));
});
