import { seededRandom, type SeededRandom } from '#main/random/seeded-random.ts';
import { JudgedProject } from '../judge/judged-project.ts';
import { analyseFeatures } from '../propose/analyse-features.ts';
import type { VideoFeatures } from './shot-features.ts';
import type { Shot } from './training-shots.ts';
import type { TuningTask } from './tuning-task.ts';

/** How generated features relate to the texts: see `generateShots`. */
export interface GeneratedStructure {
  readonly seed: number;
  readonly classIds: readonly number[];
  /** `[K, D]` unit rows: the zero-shot class features. */
  readonly zeroShot: Float32Array;
  readonly dim: number;
  readonly shotsPerClass: number;
  /** Length of what all videos have and no text says: the gap between pictures and words that tuning can close. */
  readonly commonShift: number;
  /** Length of what each class's videos have of their own. */
  readonly classShift: number;
  /** How far a shot as a whole lies from its class: other people, places and cameras. 0 when absent. */
  readonly clipNoise?: number;
  /** How far a frame lies from its shot. */
  readonly noise: number;
  /** The shifts come from this seed, so that training and test shots can share them. */
  readonly worldSeed: number;
}

const frameUs = 250_000;
const framesPerShot = 12;

/** Labelled shots on made-up features with known structure: class feature + common shift + own shift + noises. */
export function generateShots(structure: GeneratedStructure): {
  readonly shots: Shot[];
  readonly videos: Map<number, VideoFeatures>;
} {
  const { classIds, zeroShot, dim } = structure;
  const world = seededRandom(structure.worldSeed);
  const common = direction(world, dim, structure.commonShift);
  const own = classIds.map(() => direction(world, dim, structure.classShift));
  const random = seededRandom(structure.seed);
  const shots: Shot[] = [];
  const videos = new Map<number, VideoFeatures>();
  for (let round = 0; round < structure.shotsPerClass; round += 1) {
    const videoId = structure.seed * 1000 + round + 1;
    const features = new Float32Array(classIds.length * framesPerShot * dim);
    classIds.forEach((classId, k) => {
      const away = direction(random, dim, structure.clipNoise ?? 0);
      for (let frame = 0; frame < framesPerShot; frame += 1) {
        const noise = direction(random, dim, structure.noise);
        const row = features.subarray((k * framesPerShot + frame) * dim, (k * framesPerShot + frame + 1) * dim);
        for (let at = 0; at < dim; at += 1)
          row[at] = zeroShot[k * dim + at]! + common[at]! + own[k]![at]! + away[at]! + noise[at]!;
        const length = Math.hypot(...row);
        for (let at = 0; at < dim; at += 1) row[at]! /= length;
      }
      shots.push({
        videoId,
        startUs: k * framesPerShot * frameUs,
        endUs: (k + 1) * framesPerShot * frameUs,
        classIds: [classId],
      });
    });
    videos.set(videoId, {
      features,
      timesUs: Float64Array.from({ length: classIds.length * framesPerShot }, (_, row) => row * frameUs),
    });
  }
  return { shots, videos };
}

/** Videos of generated shots as a project whose corrections they are, reviewed to the end. */
export function projectOfShots(
  { dim, classIds, zeroShot, background, videos }: TuningTask,
  shots: readonly Shot[],
  logitScale: number,
): JudgedProject {
  const endOf = ({ timesUs }: VideoFeatures): number => timesUs.at(-1)! + frameUs;
  return new JudgedProject({
    classIds,
    names: { classEmbeddings: zeroShot, backgroundEmbeddings: background, logitScale },
    videos: [...videos].map(([videoId, video]) => {
      const analysis = analyseFeatures({ ...video, dim }, endOf(video));
      return { videoId, analysis, features: analysis.features };
    }),
    corrections: shots.flatMap(({ videoId, startUs, endUs, classIds: marked }) =>
      marked.map((classId) => ({ videoId, startUs, endUs, classId, decision: 'accepted' as const })),
    ),
    reviewed: [...videos]
      .filter(([id]) => shots.some(({ videoId }) => videoId === id))
      .map(([videoId, video]) => ({ videoId, span: { startUs: 0, endUs: endOf(video) } })),
  });
}

function direction(random: SeededRandom, dim: number, length: number): Float64Array {
  const values = Float64Array.from({ length: dim }, random.normal);
  const scale = length / Math.hypot(...values);
  return values.map((value) => value * scale);
}
