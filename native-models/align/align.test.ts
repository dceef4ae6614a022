// Protects: ALIGN's texts do not see the padding of longer ones beside them; learned vectors that are words' own
// embeddings read as those words, and have gradients; its pictures are of the size that its own file crops to.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { writeModelFiles } from '#e2e/models/write-model-files.ts';
import { layOutPrompts, promptedText, promptFeeds } from '../dual-encoder/prompted-text.ts';
import { textFeeds, textLeaves } from '../dual-encoder/text-feeds.ts';
import { gradients } from '../graph/differentiate.ts';
import { lowerToOnnx } from '../graph/lower-to-onnx.ts';
import { reduceSum } from '../graph/reduce.ts';
import { parameter } from '../graph/tensor.ts';
import { openModel, readDualEncoder } from '../open-model.ts';
import { openSession } from '../runtime/session.ts';
import { floats, floatsOf } from '../runtime/tensor-value.ts';

const fixture = path.join(import.meta.dirname, '..', 'fixtures', 'align');
const { texts } = readDualEncoder(fixture);
const marks = { startOfText: 101, endOfText: 102 };
const cpu = { provider: 'cpu', threads: 1 } as const;

async function plain(rows: readonly (readonly number[])[]): Promise<Float32Array> {
  const leaves = textLeaves(texts);
  const { embeds } = texts.encode(texts.tokenVectors(leaves.ids), leaves.readAt, leaves.real);
  await using session = await openSession(lowerToOnnx({ embeds }), cpu);
  return floatsOf(await session.run(textFeeds(texts, rows)), 'embeds');
}

const expectClose = (ours: Float32Array, theirs: Float32Array): void => {
  expect(ours.length).toBe(theirs.length);
  ours.forEach((value, at) => expect(value).toBeCloseTo(theirs[at]!, 5));
};

test('a text has the same features alone and beside a longer one', async () => {
  const together = await plain([
    [101, 7, 102],
    [101, 9, 4, 8, 3, 2, 102],
  ]);
  expectClose(await plain([[101, 7, 102]]), together.slice(0, together.length / 2));
});

test("vectors that are words' embeddings read as those words, and have gradients", async () => {
  const table = texts.tokenTable();
  const vector = (id: number): Float32Array => table.slice(id * texts.width, (id + 1) * texts.width);
  const layout = layOutPrompts(texts, [[7, 8]], { prefix: 1, suffix: 1 }, marks)!;
  const [before, after] = [parameter('before', [1, texts.width]), parameter('after', [1, texts.width])];
  const { embeds } = promptedText(texts, [1, layout.length], before, after);
  const [slope] = gradients(reduceSum(embeds), [before]);
  await using session = await openSession(lowerToOnnx({ embeds, slope: slope! }), cpu);
  const answer = await session.run({
    ...promptFeeds(texts, layout),
    before: floats(vector(9), [1, texts.width]),
    after: floats(vector(4), [1, texts.width]),
  });
  expectClose(floatsOf(answer, 'embeds'), await plain([[101, 9, 7, 8, 4, 102]]));
  expect(floatsOf(answer, 'slope').some((value) => Math.abs(value) > 1e-4)).toBe(true);
});

test('pictures are of the size that its file crops to, bytes from −1 to 1', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'align-'));
  cpSync(fixture, folder, { recursive: true });
  writeModelFiles(folder, {
    'preprocessor_config.json': {
      size: { height: 40, width: 40 },
      crop_size: { height: 33, width: 33 },
      resample: 2,
      rescale_factor: 1 / 127.5,
      rescale_offset: true,
      do_normalize: false,
    },
  });
  await using model = await openModel(folder, cpu);
  expect(model.preprocessing).toMatchObject({ size: 40, cropHeight: 33, mean: [1, 1, 1], std: [1, 1, 1] });
  expect(await model.encodeImages(new Float32Array(3 * 33 * 33), 1)).toHaveLength(model.dim);
  rmSync(folder, { recursive: true });
});
