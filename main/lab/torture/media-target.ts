import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { childProcessCarrier } from '#main/engine/carriers.ts';
import { startEngine } from '#main/engine/start-engine.ts';
import type { Engine } from '#main/engine/tasks.ts';
import type { IndexedMedia } from '#main/engine/vocabulary.ts';
import { jpegOf } from '#main/media/jpeg-encoder.ts';
import { loadNpy } from '#main/pipeline/feature-store/npy-file.ts';
import type { SeededRandom } from '#main/random/seeded-random.ts';
import { FrameTable } from '#preload/domain/frame-table.ts';
import type { ReadingChoice } from '#preload/domain/video-facts.ts';
import type { FuzzTarget } from './fuzz-target.ts';
import { mutated } from './mutate.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const films = join(root, 'main', 'media', 'fixtures');
const model = { folder: join(root, 'resources', 'starter-model'), provider: 'cpu' } as const;

/** As a person may choose to read a file, also one that gives no such choice. */
const readings: readonly (ReadingChoice | undefined)[] = [
  undefined,
  undefined,
  { separateFields: true },
  { stream: 1 },
  { fps: 12.5 },
];

/** What is done with a film once it is indexed; each calls `alive` where the engine tells of progress. */
type Use = (engine: Engine, media: IndexedMedia, folder: string, alive: () => void) => Promise<void>;

const uses: Readonly<Record<string, Use>> = {
  async look(engine, media) {
    const { frameCount } = FrameTable.fromArray(media.frames);
    const indices = [...new Set([0, frameCount >> 1, frameCount - 1])];
    const { pngs } = await engine.run('frames', { media, indices });
    const given = pngs.map(({ index }) => index).join();
    if (given !== indices.join()) throw new Error(`${given} came for ${indices.join()}`);
  },
  /** A proxy that is made shows the same frames at the same times. */
  async play(engine, media, folder, alive) {
    const outPath = join(folder, 'proxy.mp4');
    await engine.run('proxy', { media, outPath }, { onProgress: alive });
    const { frames } = await engine.run('index', { path: outPath }, { onProgress: alive });
    const [own, played] = [media.frames, frames].map((table) => FrameTable.fromArray(table).startsUs().join());
    if (own !== played) throw new Error('The proxy has other frames than its film.');
  },
  async encode(engine, media, folder, alive) {
    const features = { media, model, samplingFps: 2, featuresFolder: folder };
    const { key, rows } = await engine.run('embed', features, { onProgress: alive });
    const { data } = await loadNpy(join(folder, `${key}.npy`));
    if (rows === 0 || !data.every(Number.isFinite)) throw new Error('Features that are no numbers were stored.');
  },
  async listen(engine, media, _folder, alive) {
    await engine.run('waveform', { media, buckets: 50 }, { onProgress: alive });
  },
};

/**
 * Spoilt films and folders of pictures, read as they are or as a person chose, and then looked at, played, encoded or
 * listened to.
 */
export async function mediaTarget(): Promise<FuzzTarget> {
  const names = readdirSync(films).filter((name) => !name.endsWith('.md'));
  const pictures = await Promise.all(
    [40, 120, 200].map((grey) => jpegOf({ rgb: new Uint8Array(48 * 32 * 3).fill(grey), width: 48, height: 32 })),
  );
  let pid: number | undefined;
  let peakKib = 0;
  const engine = startEngine(() => {
    const started = childProcessCarrier();
    pid = started.pid;
    return started;
  });
  const spoiltFilm = (random: SeededRandom, folder: string): string => {
    const name = random.pick(names);
    const path = join(folder, name);
    writeFileSync(path, mutated(readFileSync(join(films, name)), random));
    return path;
  };
  const spoiltFolder = (random: SeededRandom, folder: string): string => {
    const path = join(folder, 'frames');
    mkdirSync(path);
    for (const [at, picture] of pictures.entries()) writeFileSync(join(path, `img_${at + 1}.jpg`), picture);
    const spoilt = random.pick(['img_1.jpg', 'img_2.jpg', 'img_3.jpg', 'times.txt', 'fps.txt']);
    const whole = spoilt.endsWith('.jpg')
      ? Buffer.from(pictures[0]!)
      : Buffer.from(spoilt === 'fps.txt' ? '25' : '0 1 2');
    writeFileSync(join(path, spoilt), mutated(whole, random));
    return path;
  };
  return {
    prepare(random, folder) {
      const path = random.chance(0.15) ? spoiltFolder(random, folder) : spoiltFilm(random, folder);
      const reading = random.pick(readings);
      const use = uses[random.pick(Object.keys(uses))]!;
      return async (alive) => {
        try {
          const onProgress = alive;
          const { checksum, frames } = await engine.run('index', { path, reading }, { onProgress });
          alive();
          await use(engine, { path, checksum, frames }, folder, alive);
        } finally {
          peakKib = Math.max(peakKib, mostMemoryOf(pid));
        }
      };
    },
    peakKib: () => peakKib,
    [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose](),
  };
}

/** The most memory that a process ever held, in KiB; 0 where the system does not tell. */
function mostMemoryOf(pid: number | undefined): number {
  try {
    return Number(/VmHWM:\s+(?<kib>\d+)/u.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.groups?.['kib'] ?? 0);
  } catch {
    return 0;
  }
}
