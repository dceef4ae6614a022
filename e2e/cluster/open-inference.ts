// The starter models on a real server of the Open Inference Protocol, MLServer with onnxruntime, over HTTP and gRPC:
// features and scores of clips equal to this machine's, the server killed in the middle of a job and started again with
// nothing lost, and how fast either is. It needs Python and a package registry, so it is no part of `npm test`.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { writeClip } from '#main/media/clip-writer.ts';
import { EngineMemory } from '#main/engine/tasks/engine-memory.ts';
import { embed } from '#main/engine/tasks/embed.ts';
import { exportModelTask } from '#main/engine/tasks/export-model.ts';
import { indexVideo } from '#main/engine/tasks/index-video.ts';
import type { TaskContext } from '#main/engine/tasks/task-context.ts';
import { movingTexture } from '#main/testing/moving-texture.ts';
import { openModel } from '#native-models/open-model.ts';
import { openVideoModel } from '#native-models/open-video-model.ts';
import { inferenceServer, type Computing } from '#preload/domain/inference-server.ts';
import { english } from '#preload/domain/saying.ts';
import { installMlserver, mlserverFolder, ports, startMlserver, type Mlserver } from './mlserver.ts';

const resources = path.resolve(import.meta.dirname, '../../resources');
const models = { frames: path.join(resources, 'starter-model'), clips: path.join(resources, 'starter-xclip') };
const folder = mkdtempSync(path.join(tmpdir(), 'cuepoint-open-inference-'));
const at = (name: string) => path.join(folder, name);
const tolerance = 1e-4;

const say = (text: string) => process.stdout.write(`${text}\n`);
const apart = (a: Float32Array, b: Float32Array): number => {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  return a.reduce((worst, value, index) => Math.max(worst, Math.abs(value - b[index]!)), 0);
};
function hold(what: string, difference: number, most = tolerance): void {
  say(`${what}: ${difference.toExponential(2)} apart at most`);
  if (!(difference < most)) process.exitCode = 1;
}

const serverOf = (protocol: 'http' | 'grpc', model: string): Computing => ({
  ...inferenceServer.parse({ address: `${protocol}://127.0.0.1:${ports[protocol]}`, model, batch: 16, requests: 2 }),
  token: null,
});

await using memory = new EngineMemory();
const context: TaskContext = { memory, signal: new AbortController().signal, report: () => undefined };

let mlserver: Mlserver | null = null;
try {
  installMlserver();
  for (const [name, model] of Object.entries(models))
    await exportModelTask(
      { folder: model, name: `starter-${name}`, precision: 'fp32', out: at('repository') },
      context,
    );
  mlserverFolder(at('repository'), at('server'));
  mlserver = await startMlserver(at('server'));
  say('mlserver is ready');

  const seconds = 60;
  const size = { width: 320, height: 240, fps: 25, seconds, sceneSeconds: 3 };
  await writeClip(at('film.mp4'), movingTexture(size), { preset: 'ultrafast', endUs: seconds * 1_000_000 });
  const { checksum, frames } = await indexVideo({ path: at('film.mp4') }, context);
  const media = { path: at('film.mp4'), checksum, frames };
  const question = (features: string, provider: Computing) => ({
    media,
    model: { folder: models.frames, provider },
    samplingFps: 25,
    featuresFolder: at(features),
  });
  const featuresOf = async (features: string) => {
    const { model, samplingFps, featuresFolder } = question(features, 'cpu');
    const key = await memory.models.featureKey(checksum, model, samplingFps);
    return (await memory.videos.of(featuresFolder, key, media)).features.features;
  };
  const timed = async (what: string, features: string, provider: Computing, report = context.report) => {
    const startMs = performance.now();
    const { rows, provider: chosen } = await embed(question(features, provider), { ...context, report });
    const took = (performance.now() - startMs) / 1000;
    say(`${what}: ${rows} frames in ${took.toFixed(1)} s, ${(rows / took).toFixed(0)} a second, by ${chosen!.chosen}`);
  };

  await timed('this machine', 'local', 'cpu');
  const local = await featuresOf('local');
  for (const protocol of ['http', 'grpc'] as const) {
    await timed(protocol, protocol, serverOf(protocol, 'starter-frames'));
    hold(`features over ${protocol}`, apart(await featuresOf(protocol), local));
  }

  for (const protocol of ['http', 'grpc'] as const) {
    const again: Promise<void>[] = [];
    await timed(
      `${protocol}, killed in the middle`,
      `${protocol}-killed`,
      serverOf(protocol, 'starter-frames'),
      ({ done, step }) => {
        if (english(step).startsWith('encoding') && done > 0.4 && again.length === 0)
          again.push(
            mlserver!.kill().then(async () => {
              say('  mlserver was killed');
              mlserver = await startMlserver(at('server'));
              say('  and is back');
            }),
          );
        if (english(step).startsWith('waiting')) say(`  the job says: ${english(step)}`);
      },
    );
    await Promise.all(again);
    hold(`features over ${protocol} in spite of that`, apart(await featuresOf(`${protocol}-killed`), local));
  }

  const texts = ['a person squats', 'raise arms', 'turn'];
  await using own = await openModel(models.frames, { provider: 'cpu' });
  await using ownClips = await openVideoModel(models.clips, { provider: 'cpu' });
  const { frameCount, preprocessing } = ownClips;
  const pixels = Float32Array.from({ length: 2 * frameCount * 3 * preprocessing.cropHeight ** 2 }, (_, index) =>
    Math.sin(index * 0.013),
  );
  for (const protocol of ['http', 'grpc'] as const) {
    await using remote = await openModel(models.frames, { provider: serverOf(protocol, 'starter-frames') });
    hold(`texts over ${protocol}`, apart(await remote.encodeTexts(texts), await own.encodeTexts(texts)));
    await using clips = await openVideoModel(models.clips, { provider: serverOf(protocol, 'starter-clips') });
    const [a, b] = [await clips.encodeClips(pixels, 2), await ownClips.encodeClips(pixels, 2)];
    hold(`clips over ${protocol}`, Math.max(apart(a.frames, b.frames), apart(a.context, b.context)));
    const names = await ownClips.encodeNames(texts);
    hold(`names over ${protocol}`, apart(await clips.encodeNames(texts), names));
    hold(`scores over ${protocol}, of 100`, apart(await clips.score(b, names), await ownClips.score(b, names)), 1e-2);
  }
} catch (error) {
  cpSync(at('server'), path.resolve(resources, '../.cache/open-inference/last'), { recursive: true });
  throw error;
} finally {
  await mlserver?.kill();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
