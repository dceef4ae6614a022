import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Provider } from '#native-models/runtime/plan.ts';
import { builtInProviders } from '#native-models/runtime/session.ts';
import type { Bench, BenchContext, BenchRow } from '../bench-case.ts';
import { compared, measured } from '../bench-case.ts';
import type { ProviderMeasure } from '../provider-process.ts';
import { makeRandomViTB } from '../random-checkpoint.ts';

/**
 * Everything that this machine can compute a picture encoder on, and in: frames per second by batch, and how far features
 * and answers lie from the processor's in floats. Each has a process of its own, because a driver can take its process
 * down; one that cannot be used is told with its reason and has no row.
 */
export const providersBench: Bench = {
  name: 'providers',
  async run(context: BenchContext): Promise<BenchRow[]> {
    const checkpoint = path.join(context.cacheFolder, 'random-clip-vit-b16');
    context.say('making a random ViT-B/16 checkpoint, once per machine');
    makeRandomViTB(checkpoint);
    const reference = await measure('cpu', checkpoint, context);
    if (reference === null) throw new Error('The processor itself failed.');
    const rows: BenchRow[] = [];
    for (const provider of rivals()) {
      const found = await measure(provider, checkpoint, context);
      if (found !== null) rows.push(...rowsOf(provider, found, reference));
    }
    return [...rowsOf('cpu', reference, reference), ...rows];
  },
};

function rivals(): Provider[] {
  const devices = builtInProviders().filter((provider) => provider !== 'cpu');
  const halves = devices.flatMap((device) =>
    device === 'cuda' || device === 'webgpu' ? [`${device}-fp16` as const] : [],
  );
  return ['cpu-int8', 'cpu-merged', 'cpu-int8-merged', ...devices, ...halves];
}

async function measure(provider: Provider, checkpoint: string, context: BenchContext): Promise<ProviderMeasure | null> {
  context.say(`measuring ${provider}`);
  const script = path.resolve(import.meta.dirname, '..', 'provider-process.ts');
  try {
    const limits = { timeout: 900_000, maxBuffer: 2 ** 28 };
    const { stdout } = await promisify(execFile)(process.execPath, [script, provider, checkpoint], limits);
    return JSON.parse(stdout) as ProviderMeasure;
  } catch (error) {
    const { stderr } = error as { stderr?: string };
    context.say(`${provider} cannot be used: ${stderr?.trim().split('\n').at(-1) || String(error)}`);
    return null;
  }
}

function rowsOf(provider: Provider, found: ProviderMeasure, reference: ProviderMeasure): BenchRow[] {
  const best = (of: ProviderMeasure): number => Math.max(...of.speeds.map(({ framesPerSecond }) => framesPerSecond));
  const title = `ViT-B/16 on ${provider}`;
  const bySize = found.speeds.map(({ batch, framesPerSecond }) =>
    measured(title, `frames/s in batches of ${batch}`, framesPerSecond),
  );
  const fastest = compared(title, "frames/s at its best batch, against the processor's", best(found), best(reference));
  const starter = `starter on ${provider}`;
  return [
    ...bySize,
    fastest,
    measured(
      title,
      "least cosine of a picture's features with the processor's",
      leastCosine(found.wide, reference.wide),
    ),
    measured(
      starter,
      "least cosine of a film's frame with the processor's",
      leastCosine(found.frames, reference.frames),
    ),
    measured(
      starter,
      'frames with the same first name of 48, %',
      100 * sameShare(found.firstNames, reference.firstNames),
    ),
  ];
}

/** Between rows of length 1. */
function leastCosine(ours: readonly number[][], theirs: readonly number[][]): number {
  const cosines = ours.map((row, at) => row.reduce((sum, value, column) => sum + value * theirs[at]![column]!, 0));
  return Math.min(...cosines);
}

const sameShare = (ours: readonly number[], theirs: readonly number[]): number =>
  ours.filter((name, at) => name === theirs[at]).length / ours.length;
