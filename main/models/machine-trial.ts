import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { standInGigaflops, writeStandIn } from '#native-models/clip/stand-in.ts';
import { executionProvider, type ModelEntry, type ProviderReport } from '#preload/domain/model.ts';
import type { LibraryModel } from '#preload/domain/model-library.ts';
import type { Engine } from '../engine/tasks.ts';
import type { ModelChoice } from '../engine/vocabulary.ts';

/** How much this machine computes in models of pictures, as a trial of some seconds found it; null before that. */
export const machineSpeed = z
  .object({ gigaflopsPerSecond: z.number().positive(), provider: executionProvider })
  .nullable()
  .default(null);
export type MachineSpeed = z.infer<typeof machineSpeed>;

/** How long trials of speed take at most. */
export const trialS = 5;

/** Tries this machine with a model of the usual size that knows nothing. Fails with `disk-full` and as computing does. */
export async function tryMachine(
  engine: Engine,
  provider: ModelChoice['provider'],
  signal?: AbortSignal,
): Promise<{ readonly speed: NonNullable<MachineSpeed>; readonly report: ProviderReport }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'cuepoint-trial-'));
  try {
    writeStandIn(folder);
    const input = { model: { folder, provider }, seconds: trialS };
    const timed = await engine.run('timeModel', input, signal === undefined ? {} : { signal });
    return {
      speed: {
        gigaflopsPerSecond: timed.framesPerSecond * standInGigaflops,
        provider: timed.provider.chosen,
      },
      report: timed.provider,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** How fast a model of the library is here: as measured where it was added, else about, by what the machine computes. */
export function speedHere(
  { gigaflops }: LibraryModel,
  added: ModelEntry | undefined,
  machine: MachineSpeed,
): { readonly framesPerSecond: number; readonly measured: boolean } | null {
  if (added?.speed) return { framesPerSecond: added.speed.framesPerSecond, measured: true };
  return machine && { framesPerSecond: machine.gigaflopsPerSecond / gigaflops, measured: false };
}
