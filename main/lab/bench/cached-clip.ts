import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { writeClip } from '#main/media/clip-writer.ts';
import { probeVideo } from '#main/media/probe-video.ts';
import { microsecondsPerSecond } from '#preload/domain/span.ts';
import type { IndexedMedia } from '#main/engine/vocabulary.ts';
import type { BenchContext } from './bench-case.ts';
import { movingTexture } from '../../testing/moving-texture.ts';
import type { TextureOptions } from '../../testing/moving-texture.ts';

/** A clip of moving textures, made once per machine; its name stands in for its checksum. */
export async function cachedClip(texture: TextureOptions, { cacheFolder, say }: BenchContext): Promise<IndexedMedia> {
  const { width, height, fps, seconds, still } = texture;
  const kind = still ? 'still' : 'texture';
  const file = path.join(cacheFolder, `${kind}-${width}x${height}-${fps}fps-${seconds}s.mp4`);
  if (!existsSync(file)) {
    say(`making ${file}`);
    await writeClip(file, movingTexture(texture), { preset: 'ultrafast', endUs: seconds * microsecondsPerSecond });
  }
  return indexed(file);
}

/** A video as the engine takes it; its name stands in for its checksum. */
export async function indexed(file: string): Promise<IndexedMedia> {
  const { frameTable } = await probeVideo(file);
  return {
    path: file,
    checksum: createHash('sha256').update(path.basename(file)).digest('hex'),
    frames: frameTable.toArray(),
  };
}
