// Features of 40 films as an array of 8 shards on a real Slurm, three of them ended in the middle: one put back by the
// scheduler, one whose worker is killed, one that is told that its time is over. What is collected must be, to the byte,
// what one machine computes by itself. It needs root and Debian's packages, so it is no part of `npm test`.
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { createBackend } from '#main/backend.ts';
import { childProcessCarrier } from '#main/engine/carriers.ts';
import { startEngine } from '#main/engine/start-engine.ts';
import { movingTexture } from '#main/testing/moving-texture.ts';
import { writeClip } from '#main/media/clip-writer.ts';
import { cuepoint } from '../fixtures/command-line.ts';
import { startSlurm } from './slurm-cluster.ts';

const films = 40;
const shards = 8;
const model = path.resolve(import.meta.dirname, '../../resources/starter-model');

const folder = mkdtempSync(path.join(tmpdir(), 'cuepoint-slurm-'));
const at = (name: string) => path.join(folder, name);
const env = { ...process.env, CUEPOINT_HOME: at('home') };

async function documentOf(...words: readonly string[]): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await cuepoint(env, ...words, '--json');
  if (code !== 0) throw new Error(`cuepoint ${words.join(' ')}: ${code} ${stderr} ${stdout}`);
  return JSON.parse(stdout) as Record<string, unknown>;
}

const sums = (project: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(path.join(at(project), 'features'))
      .filter((name) => /\.(npy|json)$/.test(name))
      .sort()
      .map((name) => [
        name,
        createHash('sha256')
          .update(readFileSync(path.join(at(project), 'features', name)))
          .digest('hex'),
      ]),
  );

/** Every frame is encoded, so that a shard takes long enough to be ended in its middle. */
async function sampleAll(project: string): Promise<void> {
  await using engine = startEngine(childProcessCarrier);
  const backend = createBackend({ homeFolder: at('home'), engine, version: 'e2e' });
  await backend.openProject(project);
  await backend.client.projects.changeSettings({ samplingFps: 25 });
  await backend.close();
}

const seconds = (fromMs: number) => Math.round((performance.now() - fromMs) / 100) / 10;
const say = (text: string) => process.stdout.write(`${text}\n`);

async function until(what: string, holds: () => boolean): Promise<void> {
  const startMs = performance.now();
  while (!holds()) {
    if (seconds(startMs) > 900) throw new Error(`in a quarter of an hour it was not so: ${what}`);
    await setTimeout(50);
  }
}

const logOf = (shard: number): string => {
  const file = path.join(at('plan'), 'logs', `shard-${shard}.log`);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
};
/** Whether some of a shard's videos are done and others are not: so it is for most of the time that it takes. */
const isInTheMiddle = (shard: number): boolean => {
  const { videos } = JSON.parse(readFileSync(path.join(at('plan'), 'shards', `${shard}.json`), 'utf8')) as {
    readonly videos: readonly { readonly features: string }[];
  };
  const done = videos.filter(({ features }) => existsSync(path.join(at('plan'), 'results', `${features}.npy`)));
  return 0 < done.length && done.length < videos.length;
};

try {
  const names = Array.from({ length: films }, (_, index) => at(`film-${index}.mp4`));
  for (const [index, file] of names.entries()) {
    const filmSeconds = 4 + ((index * 7) % 29);
    const size = { width: 320, height: 240, fps: 25, seconds: filmSeconds, sceneSeconds: 1 + (index % 5) };
    await writeClip(file, movingTexture(size), { preset: 'ultrafast', endUs: filmSeconds * 1_000_000 });
  }
  for (const project of ['far', 'near']) {
    await documentOf('new', at(project));
    await documentOf('add', at(project), ...names);
    await sampleAll(at(`${project}.cuepoint`));
  }
  const nearMs = performance.now();
  await documentOf('propose', at('near'), '--model', model);
  say(`one machine by itself: ${seconds(nearMs)} s`);

  const planned = await documentOf(
    ...`plan ${at('far')} --model ${model} --shards ${shards} --out ${at('plan')} --for slurm`.split(' '),
  );
  say(`planned: ${JSON.stringify(planned['shards'])}`);

  await using slurm = await startSlurm(at('slurm'), availableParallelism());
  const farMs = performance.now();
  const job = slurm.call('sbatch', '--parsable', path.join(at('plan'), 'slurm.sh'));
  const states = () =>
    slurm
      .call('scontrol', 'show', 'job', '-o', job)
      .split('\n')
      .map((line) => ({
        task: /ArrayTaskId=(\d+)/.exec(line)?.[1],
        state: /JobState=(\w+)/.exec(line)?.[1],
        restarts: Number(/Restarts=(\d+)/.exec(line)?.[1]),
      }));
  /** What was put back waits for some minutes, so that a sick node is left in peace; here nobody is sick. */
  const hurry = (shard: number): void => {
    try {
      slurm.call('scontrol', 'update', `JobId=${job}_${shard}`, 'StartTime=now');
    } catch {
      // It has begun by itself.
    }
  };

  // Side by side, since no shard waits until another's end is looked at.
  await Promise.all([putBack(), killed(), told()]);
  async function putBack(): Promise<void> {
    await until('shard 0 is in the middle', () => isInTheMiddle(0));
    slurm.call('scontrol', 'requeue', `${job}_0`);
    say('shard 0: put back by the scheduler');
  }
  async function killed(): Promise<void> {
    await until('shard 3 is in the middle', () => isInTheMiddle(3));
    const { pid } = JSON.parse(readFileSync(path.join(at('plan'), 'locks', '3.json'), 'utf8')) as { pid: number };
    process.kill(pid, 'SIGKILL');
    await until('shard 3 has failed', () => states().some(({ task, state }) => task === '3' && state === 'FAILED'));
    slurm.call('scontrol', 'requeue', `${job}_3`);
    say('shard 3: its worker was killed, and put back');
  }
  async function told(): Promise<void> {
    await until('shard 5 is in the middle', () => isInTheMiddle(5));
    // A job that is just beginning a step cannot be told yet.
    await until('shard 5 was told', () => {
      try {
        slurm.call('scancel', '--batch', '--signal=TERM', `${job}_5`);
        return true;
      } catch {
        return false;
      }
    });
    await until('shard 5 ended with 75', () => logOf(5).includes('"exit":75'));
    say('shard 5: told that its time is over, it put itself back');
  }
  await until('all shards have ended', () => {
    for (const { task, state } of states()) if (state === 'PENDING' && task !== undefined) hurry(Number(task));
    return Array.from({ length: shards }, (_, index) => logOf(index)).every((log) => log.includes('"exit":0'));
  });
  say(
    `on Slurm: ${seconds(farMs)} s, restarts ${JSON.stringify(states().map(({ task, restarts }) => [task, restarts]))}`,
  );

  const again = await cuepoint(env, 'work', at('plan'), '--shard', '1', '--json');
  say(`shard 1 once more: ${again.stdout.replaceAll(/\s+/g, ' ')}`);
  const collectMs = performance.now();
  const collected = await documentOf('collect', at('far'), at('plan'));
  say(`collected in ${seconds(collectMs)} s: ${JSON.stringify(collected)}`);
  const [near, far] = [sums('near.cuepoint'), sums('far.cuepoint')];
  const unequal = [...new Set([...Object.keys(near), ...Object.keys(far)])].filter((name) => near[name] !== far[name]);
  say(`${Object.keys(far).length} files of features, ${unequal.length} differ from those of one machine`);
  const resumed = Array.from({ length: shards }, (_, index) => logOf(index))
    .join('')
    .match(/"resumedFromRow":[1-9]\d*/g);
  say(`videos that went on in the middle: ${resumed?.length ?? 0}`);
  if (unequal.length > 0 || Object.keys(far).length < 3 * films) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
