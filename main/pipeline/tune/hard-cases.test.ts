// Protects: corrections that teach little or nonsense end in a clear word, and never in a version that goes live worse.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeTinyCheckpoint } from '#e2e/models/tiny-checkpoint.ts';
import { readDualEncoder, type DualEncoder } from '#native-models/open-model.ts';
import { generateShots, projectOfShots } from './generated-shots.ts';
import { tuningPresets } from './presets.ts';
import { tune, type TuningResult } from './tune.ts';
import type { TuningTask } from './tuning-task.ts';
import type { Shot } from './training-shots.ts';

let folder: string;
let encoder: DualEncoder;
beforeAll(async () => {
  folder = await makeTinyCheckpoint(await mkdtemp(path.join(tmpdir(), 'tune-')));
  encoder = readDualEncoder(folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** K classes with unit features spread over the space, the first `shown` of which have shots. */
function world(classes: number, shown: number, shotsPerClass: number): { task: TuningTask; shots: Shot[] } {
  const dim = encoder.dim;
  const zeroShot = new Float32Array(classes * dim);
  for (let at = 0; at < zeroShot.length; at += 1) zeroShot[at] = Math.sin(12.9898 * (at + 1)) + 0.5;
  for (let row = 0; row < classes; row += 1) {
    const part = zeroShot.subarray(row * dim, (row + 1) * dim);
    const length = Math.hypot(...part);
    part.forEach((value, at) => (part[at] = value / length));
  }
  const classIds = Array.from({ length: classes }, (_, index) => index + 1);
  const { shots, videos } = generateShots({
    seed: 1,
    worldSeed: 1,
    classIds: classIds.slice(0, shown),
    zeroShot,
    dim,
    shotsPerClass,
    commonShift: 0.3,
    classShift: 0.3,
    noise: 0.3,
  });
  return {
    task: { dim, classIds, zeroShot, background: zeroShot.slice(0, dim).map((value) => -value), videos },
    shots,
  };
}

function tuneWorld({ task, shots }: ReturnType<typeof world>, nameLength = 2, steps = 3): Promise<TuningResult> {
  const names = task.classIds.map((classId) => ({
    classId,
    tokens: Array.from({ length: nameLength }, (_, at) => (classId * 7 + at) % 600),
  }));
  const project = projectOfShots(task, shots, encoder.logitScale);
  return tune(
    encoder,
    task,
    names,
    project,
    { ...tuningPresets.quick, steps },
    {
      seed: 1,
      provider: 'cpu',
      threads: 1,
    },
  );
}

describe('tuning copes with', () => {
  it('classes without a shot', async () => {
    const { judgement, runs } = await tuneWorld(world(5, 2, 3));
    expect(judgement).toMatchObject({ prompts: { videos: 3 }, namesWithoutShots: null });
    expect(runs[0]!.learned.get('prefix')!.every(Number.isFinite)).toBe(true);
  });

  it('a single shot: it trains, and does not go live', async () => {
    const { judgement } = await tuneWorld(world(3, 1, 1));
    expect(judgement).toMatchObject({ prompts: null, use: { prompts: 'none', temporal: false } });
  });

  it('one class only', async () => {
    const { judgement } = await tuneWorld(world(1, 1, 3));
    expect(judgement.prompts!.videos).toBe(3);
    expect(Number.isFinite(judgement.prompts!.after)).toBe(true);
  });

  it('400 classes, in chunks', async () => {
    const { runs, judgement } = await tuneWorld(world(400, 10, 2), 2, 1);
    expect(runs[0]!.losses.every(Number.isFinite)).toBe(true);
    expect(judgement.prompts!.shown.after.of).toBe(20);
  }, 240_000);

  it('a class name longer than the context, which it names', async () => {
    const { shortened } = await tuneWorld(world(2, 2, 1), 100, 1);
    expect(shortened).toEqual([1, 2]);
  });
});
