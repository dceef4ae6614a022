import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Bench, BenchContext, BenchRow } from '../bench-case.ts';
import { compared } from '../bench-case.ts';
import { makeRandomViTB } from '../random-checkpoint.ts';
import type { StepCost, StepRequest, StepSetting } from '../tune-step-process.ts';

const classCounts = [5, 20, 50];
const rounds = 5;

/** The prompts of the two presets, exact and fast, and of the published method over the whole context of 77 positions. */
const [full, quick] = [
  { prefix: 16, suffix: 16, form: 'shared-prefix' },
  { prefix: 5, suffix: 0, form: 'shared-prefix' },
] as const;
const forms = {
  naive: { ...full, form: 'plain', provider: 'cpu' },
  full: { ...full, provider: 'cpu' },
  'full in whole numbers': { ...full, provider: 'cpu-int8' },
  quick: { ...quick, provider: 'cpu' },
  'quick in whole numbers': { ...quick, provider: 'cpu-int8' },
} as const satisfies Record<string, Omit<StepSetting, 'checkpoint' | 'classes'>>;

type FormName = keyof typeof forms;
const formNames = Object.keys(forms) as FormName[];

/**
 * A step of prompt learning (forward, backward, update) through a text tower of the size of ViT-B/16's: the plain tower
 * over all 77 positions, differentiated by the same library, against ours. The forms take turns, so that whatever else
 * the machine does falls on all alike; each has a process of its own, so that its memory can be told.
 */
export const tuneBench: Bench = {
  name: 'tune',
  async run(context: BenchContext): Promise<BenchRow[]> {
    const checkpoint = path.join(context.cacheFolder, 'random-clip-vit-b16');
    context.say('making a random ViT-B/16 checkpoint, once per machine');
    makeRandomViTB(checkpoint);
    const rows: BenchRow[] = [];
    for (const classes of classCounts) rows.push(...(await rowsFor({ checkpoint, classes }, context)));
    return rows;
  },
};

async function rowsFor(
  setting: Pick<StepSetting, 'checkpoint' | 'classes'>,
  context: BenchContext,
): Promise<BenchRow[]> {
  const steppers = new Map<FormName, ChildProcess>();
  try {
    for (const name of formNames) steppers.set(name, await start({ ...setting, ...forms[name] }));
    const costs = new Map<FormName, StepCost[]>(formNames.map((name) => [name, []]));
    // The first round is left out: memory is still being claimed in it.
    for (let round = 0; round <= rounds; round += 1) {
      context.say(`${setting.classes} classes, round ${round} of ${rounds}`);
      for (const name of formNames) {
        const cost = await step(steppers.get(name)!);
        if (round > 0) costs.get(name)!.push(cost);
      }
    }
    const fastest = (name: FormName): number => Math.min(...costs.get(name)!.map(({ milliseconds }) => milliseconds));
    const peak = (name: FormName): number | null => costs.get(name)!.at(-1)!.peakMiB;
    return formNames.slice(1).flatMap((name) => {
      const title = `${name}, ${setting.classes} classes, 64 clips, text tower of ViT-B/16`;
      const against = 'against the plain tower of 77 positions';
      const row = compared(title, `ms per step, ${against}`, fastest(name), fastest('naive'));
      const [ours, baseline] = [peak(name), peak('naive')];
      if (ours === null || baseline === null) return [row];
      return [row, compared(title, `peak memory of a step, MiB, ${against}`, ours, baseline)];
    });
  } finally {
    for (const stepper of steppers.values()) stepper.kill();
  }
}

async function start(setting: StepSetting): Promise<ChildProcess> {
  const child = fork(path.resolve(import.meta.dirname, '..', 'tune-step-process.ts'));
  await ask(child, setting);
  return child;
}

const step = (child: ChildProcess): Promise<StepCost> => ask(child, 'step');

/** Sends a request and waits for its answer; fails if the process ends first. */
async function ask<Answer>(child: ChildProcess, request: StepRequest): Promise<Answer> {
  const gone = new AbortController();
  const ended = once(child, 'exit', { signal: gone.signal }).then(([code]: unknown[]) => {
    throw new Error(`A measuring process ended with ${String(code)}.`);
  });
  child.send(request);
  try {
    const [answer] = (await Promise.race([once(child, 'message', { signal: gone.signal }), ended])) as [Answer];
    return answer;
  } finally {
    gone.abort();
    await ended.catch(() => undefined);
  }
}
