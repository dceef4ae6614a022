import { createHash } from 'node:crypto';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { makeTinyCheckpoint } from '#e2e/models/tiny-checkpoint.ts';
import { movingTexture } from '#main/testing/moving-texture.ts';
import { writeClip } from '#main/media/clip-writer.ts';
import { probeVideo } from '#main/media/probe-video.ts';
import { FrameTable } from '#preload/domain/frame-table.ts';
import { microsecondsPerSecond } from '#preload/domain/span.ts';
import type { EngineCarrier, EngineProcess } from '../engine/carriers.ts';
import { childProcessCarrier } from '../engine/carriers.ts';
import type { IndexedMedia, ModelChoice, TaughtVideo } from '../engine/vocabulary.ts';

/** A folder with a short clip of moving textures and a tiny checkpoint: what the engine's tests work on. */
export interface TestBench {
  readonly folder: string;
  readonly media: IndexedMedia;
  readonly model: ModelChoice;
}

/** Makes a test bench in a new temporary folder, which the caller removes. */
export async function makeTestBench(seconds: number): Promise<TestBench> {
  const folder = await mkdtemp(path.join(tmpdir(), 'cuepoint-engine-'));
  const file = path.join(folder, 'clip #1.mp4');
  const size = { width: 128, height: 96, fps: 30, seconds, sceneSeconds: 2 };
  await writeClip(file, movingTexture(size), { preset: 'ultrafast', endUs: seconds * microsecondsPerSecond });
  const { frameTable } = await probeVideo(file);
  const checksum = createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
  const model = await makeTinyCheckpoint(path.join(folder, 'tiny-clip'));
  return {
    folder,
    media: { path: file, checksum, frames: frameTable.toArray() },
    model: { folder: model, provider: 'cpu' },
  };
}

/** Its video, as searches name it. */
export const searchedVideo = ({ media }: TestBench, videoId: number): TaughtVideo => ({
  videoId,
  name: media.path,
  checksum: media.checksum,
  endUs: FrameTable.fromArray(media.frames).lastEndUs,
});

/** A carrier that remembers the processes it started, for tests that kill them. */
export function rememberingCarrier(): { readonly carrier: EngineCarrier; readonly processes: EngineProcess[] } {
  const processes: EngineProcess[] = [];
  const carrier = () => {
    const started = childProcessCarrier();
    processes.push(started);
    return started;
  };
  return { carrier, processes };
}
