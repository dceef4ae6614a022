import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { makeTinyCheckpoint } from '#e2e/models/tiny-checkpoint.ts';
import { childProcessCarrier } from '#main/engine/carriers.ts';
import { startEngine } from '#main/engine/start-engine.ts';
import type { ModelChoice } from '#main/engine/vocabulary.ts';
import type { BenchContext, BenchRow } from './bench-case.ts';
import { compared } from './bench-case.ts';
import { cachedClip } from './cached-clip.ts';
import { makeRandomViTB } from './random-checkpoint.ts';

const clip = { width: 320, height: 180, fps: 10 };
const samplingFps = 4;

/**
 * Highest memory of the engine process after a short and after a long video, each in a fresh engine. The encoder is
 * tiny, so that a long video is done soon and its weights hide nothing; a wide one tells what its precision costs. Linux alone tells a process's highest memory.
 */
export async function memoryRows(context: BenchContext): Promise<BenchRow[]> {
  if (process.platform !== 'linux') {
    context.say('the highest memory of a process is read from /proc, which this system lacks; left out');
    return [];
  }
  const tiny = await makeTinyCheckpoint(path.join(context.scratchFolder, 'tiny-clip'));
  const short = await peakMiB({ folder: tiny, provider: 'cpu' }, 10, context);
  const long = await peakMiB({ folder: tiny, provider: 'cpu' }, 20 * 60, context);
  const wide = makeRandomViTB(path.join(context.cacheFolder, 'random-clip-vit-b16'));
  const inFloats = await peakMiB({ folder: wide, provider: 'cpu' }, 10, context);
  const inWholeNumbers = await peakMiB({ folder: wide, provider: 'cpu-int8' }, 10, context);
  const metric = 'peak memory of the engine process, MiB';
  return [
    compared('tiny CLIP, 320×180 10 fps video sampled at 4 fps: 20 min against 10 s', metric, long, short),
    compared('random ViT-B/16 in int8 against fp32', metric, inWholeNumbers, inFloats),
  ];
}

async function peakMiB(model: ModelChoice, seconds: number, context: BenchContext): Promise<number> {
  const media = await cachedClip({ ...clip, seconds }, context);
  let pid = 0;
  await using engine = startEngine(() => {
    const started = childProcessCarrier();
    pid = started.pid!;
    return started;
  });
  context.say(`embedding ${seconds} s of video`);
  const featuresFolder = path.join(context.scratchFolder, `features-${pid}`);
  await engine.run('embed', { media, model, samplingFps, featuresFolder });
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)![1]) / 1024;
}
