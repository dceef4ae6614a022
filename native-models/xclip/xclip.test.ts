// Protects: X-CLIP's graph equals the reference, its gradients equal central differences for every part that the paper
// adds, and folders that are not X-CLIP are refused in words.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { checkModel } from '../check-model.ts';
import { reduceMean } from '../graph/reduce.ts';
import { mul } from '../graph/elementwise.ts';
import { gradients } from '../graph/differentiate.ts';
import { lowerToOnnx } from '../graph/lower-to-onnx.ts';
import { input, type Tensor } from '../graph/tensor.ts';
import { openSession } from '../runtime/session.ts';
import { floats, floatsOf } from '../runtime/tensor-value.ts';
import { trainableCheckpoint } from '../training/trainable-checkpoint.ts';
import { readXClipConfig } from './config.ts';
import { readXClipParts } from './xclip-parts.ts';
import { encodeClips, scoreClips } from './xclip.ts';

const fixtures = path.resolve(import.meta.dirname, '../fixtures');
const folder = path.join(fixtures, 'xclip');
const scratch = mkdtempSync(path.join(tmpdir(), 'xclip-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const noise = (length: number, seed: number, scale: number): Float32Array =>
  Float32Array.from({ length }, (_, at) => scale * Math.sin(12.9898 * (at + 1) + 78.233 * seed));

describe('X-CLIP', () => {
  it('computes what the reference computes', async () => {
    const { tensors, passed } = await checkModel(folder, { provider: 'cpu' });
    expect(Object.keys(tensors).toSorted()).toEqual([
      'logits_per_video',
      'mit_last_hidden',
      'text_embeds',
      'video_embeds',
    ]);
    expect(passed).toBe(true);
  });

  it('has the gradients of central differences in every part that it trains', async () => {
    const config = readXClipConfig(folder);
    const { image_size: size, num_frames: frames } = config.vision_config;
    const checkpoint = trainableCheckpoint();
    const pixels = floats(noise(2 * frames * 3 * size * size, 1, 1), [2, frames, 3, size, size]);
    const names = floats(noise(3 * config.projection_dim, 2, 1), [3, config.projection_dim]);
    const encoded = encodeClips(input('pixels', pixels.shape), config, checkpoint);
    const { logits } = scoreClips(encoded, input('names', names.shape), config, checkpoint);
    const loss = reduceMean(mul(logits, input('weights', [2, 3])));

    const stored = readXClipParts(folder).checkpoint;
    const values = new Map<string, Float32Array>();
    for (const [name, tensor] of checkpoint.parameters) values.set(name, stored.values(name, tensor.shape as number[]));
    // In the first layer all frames send the same message, so that who listens to whom has no slope there.
    const parts =
      /layers\.[12]\.message_|layers\.0\.message_(fc|ln)|layers\.0\.message_attn\.(v|out)_proj|^mit\.|^prompts_|self_attn\.q_proj\.weight|layers\.0\.mlp\.fc1\.weight/;
    const trained = [...checkpoint.parameters].filter(([name]) => parts.test(name));
    const slopes = gradients(
      loss,
      trained.map(([, tensor]) => tensor),
    );
    const outputs: Record<string, Tensor> = { loss };
    trained.forEach(([name], at) => (outputs[`d ${name}`] = slopes[at]!));
    await using session = await openSession(lowerToOnnx(outputs), { provider: 'cpu' });
    const feed = (changed: ReadonlyMap<string, Float32Array>) =>
      session.run({
        pixels,
        names,
        weights: floats(noise(6, 3, 4), [2, 3]),
        ...Object.fromEntries(
          [...checkpoint.parameters].map(([name, tensor]) => [
            name,
            floats(changed.get(name)!, tensor.shape as number[]),
          ]),
        ),
      });

    const answer = await feed(values);
    for (const [name] of trained) {
      // Along the gradient itself the loss changes most, so that float32 differences say something.
      const slope = floatsOf(answer, `d ${name}`);
      const length = Math.hypot(...slope);
      expect(length, name).toBeGreaterThan(0);
      const step = 2e-2 * Math.max(1e-2, Math.hypot(...values.get(name)!) / Math.sqrt(slope.length));
      const moved = (by: number): Map<string, Float32Array> =>
        new Map(values).set(
          name,
          values.get(name)!.map((value, at) => value + (by * slope[at]!) / length),
        );
      const [up, down] = [await feed(moved(step)), await feed(moved(-step))];
      const measured = (floatsOf(up, 'loss')[0]! - floatsOf(down, 'loss')[0]!) / (2 * step);
      // What rounding the two losses to float32 can do to their difference.
      const rounding = (8 * 2 ** -24 * (1 + Math.abs(floatsOf(answer, 'loss')[0]!))) / (2 * step);
      expect(Math.abs(measured - length), name).toBeLessThan(0.02 * length + 4 * rounding);
    }
  });

  it('refuses weights without message layers', () => {
    const wrong = path.join(scratch, 'plain');
    cpSync(path.join(fixtures, 'clip-legacy-eos'), wrong, { recursive: true });
    const config = JSON.parse(readFileSync(path.join(wrong, 'config.json'), 'utf8')) as object;
    writeFileSync(path.join(wrong, 'config.json'), JSON.stringify({ ...config, model_type: 'xclip' }));
    expect(() => readXClipParts(wrong)).toThrow(/mit_hidden_size|message layers/);
  });

  it('fills in a nearly empty configuration', () => {
    const bare = path.join(scratch, 'config.json');
    writeFileSync(bare, JSON.stringify({ model_type: 'xclip', vision_config: { patch_size: 16 } }));
    expect(readXClipConfig(scratch)).toMatchObject({
      projection_dim: 512,
      prompt_layers: 2,
      text_config: { eos_token_id: 2, num_hidden_layers: 12 },
      vision_config: { num_frames: 8, mit_num_attention_heads: 8, patch_size: 16, hidden_size: 768 },
    });
  });
});
