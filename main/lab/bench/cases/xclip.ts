import { existsSync } from 'node:fs';
import path from 'node:path';
import { makeRandomXClip } from '#e2e/models/random-xclip.ts';
import { seededRandom } from '#main/random/seeded-random.ts';
import { openModel } from '#native-models/open-model.ts';
import { openVideoModel, type EncodedClips } from '#native-models/open-video-model.ts';
import type { Bench, BenchContext, BenchRow } from '../bench-case.ts';
import { compared, measured } from '../bench-case.ts';
import { makeRandomViTB, vitB } from '../random-checkpoint.ts';

const rounds = 7;
const names = 20;

/** The picture encoders of the published base models: sizes of ViT-B (Radford et al. 2021, table 20). */
const sizes = [
  { title: 'ViT-B/32', patchSize: 32, cache: 'b32' },
  { title: 'ViT-B/16', patchSize: 16, cache: 'b16' },
] as const;

/**
 * What it costs that frames exchange messages: clips of 8 frames through X-CLIP against the same 8 pictures through a
 * CLIP of the same size, each in the way that the studio runs them. The two take turns, so that whatever else the
 * machine does falls on both; the middle of the rounds' ratios counts.
 */
export const xclipBench: Bench = {
  name: 'xclip',
  async run(context: BenchContext): Promise<BenchRow[]> {
    const rows: BenchRow[] = [];
    for (const size of sizes) rows.push(...(await rowsFor(size, context)));
    return rows;
  },
};

async function rowsFor(
  { title, patchSize, cache }: (typeof sizes)[number],
  context: BenchContext,
): Promise<BenchRow[]> {
  context.say(`making random ${title} checkpoints, once per machine`);
  const plain = makeRandomViTB(path.join(context.cacheFolder, `random-clip-vit-${cache}`), patchSize);
  const crossFrame = path.join(context.cacheFolder, `random-xclip-${cache}`);
  if (!existsSync(path.join(crossFrame, 'model.safetensors'))) {
    makeRandomXClip(crossFrame, { vision_config: { patch_size: patchSize } });
  }
  await using clip = await openModel(plain);
  await using xclip = await openVideoModel(crossFrame);
  const frames = xclip.frameCount;
  const { between } = seededRandom(1);
  const number = () => between(-1, 1);
  const pixels = Float32Array.from({ length: frames * 3 * vitB.imageSize ** 2 }, number);
  const texts = Float32Array.from({ length: names * xclip.dim }, number);

  const seconds: { clip: number; xclip: number; score: number }[] = [];
  // The first round is left out: sessions are opened and memory is claimed in it.
  for (let round = 0; round <= rounds; round += 1) {
    context.say(`${title}, round ${round} of ${rounds}`);
    const alone = await timed(() => clip.encodeImages(pixels, frames));
    let encoded: EncodedClips | null = null;
    const together = await timed(async () => (encoded = await xclip.encodeClips(pixels, 1)));
    const score = await timed(() => xclip.score(encoded!, texts));
    if (round > 0) seconds.push({ clip: alone, xclip: together, score });
  }
  const typical = seconds.toSorted((a, b) => a.xclip / a.clip - b.xclip / b.clip)[rounds >> 1]!;
  const where = `random ${title} on ${xclip.provider.chosen}, clips of ${frames} frames`;
  return [
    measured(where, 'clips/s', 1 / Math.min(...seconds.map((round) => round.xclip))),
    compared(where, `ms per clip, against ${frames} frames through CLIP`, 1000 * typical.xclip, 1000 * typical.clip),
    measured(
      where,
      `ms to score a clip against ${names} names`,
      1000 * Math.min(...seconds.map((round) => round.score)),
    ),
  ];
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}
