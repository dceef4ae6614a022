import type { NumberedClip } from './numbered-clip.ts';

/** A numbered clip and what its frame table must come to. */
export interface TimeVariant {
  readonly clip: NumberedClip;
  /** The numbers that are shown, in order. */
  readonly shown: readonly number[];
  /** When each of them appears, on the player's timeline. */
  readonly startsUs: readonly number[];
  /** Whether Chromium shows every frame of the clip itself; else the studio plays a proxy. */
  readonly direct: boolean;
}

const frameCount = 60;

const constantRate = (numerator: number, denominator = 1, offsetUs = 0): readonly number[] =>
  Array.from({ length: frameCount }, (_, index) => Math.round((index * 1e6 * denominator) / numerator) + offsetUs);

/** Uneven steps from 20 ms to 153 ms, as a screen recording has them. */
function variableRate(): readonly number[] {
  let next = 0;
  return Array.from({ length: frameCount }, (_, index) => {
    const start = next;
    next += 20_000 + ((index * 7919) % 11) * 13_337;
    return start;
  });
}

function variant(clip: NumberedClip, direct = true): TimeVariant {
  const shown = clip.startsUs.flatMap((startUs, number) => (startUs >= 0 ? [number] : []));
  const [firstUs] = shown.map((number) => clip.startsUs[number]!);
  // An edit list begins the timeline where its first frame begins.
  const cut = clip.startsUs[0]! < 0 ? firstUs! : 0;
  return { clip, shown, startsUs: shown.map((number) => clip.startsUs[number]! - cut), direct };
}

/** Older muxers leave the delay of reordering in: here two frames. Chromium seeks such files inexactly. */
function uncompensated(): TimeVariant {
  const startsUs = constantRate(30);
  const clip = { startsUs, bFrames: 2, gop: 12, ticksPerSecond: 15_360, muxer: { use_editlist: '0' } };
  const delayed = startsUs.map((_, index) => Math.round(((index + 2) * 1e6) / 30));
  return { clip, shown: Array.from(startsUs.keys()), startsUs: delayed, direct: false };
}

/** The ways of keeping time that real files have, all told apart by their frames' numbers. */
export const timeVariants: Readonly<Record<string, TimeVariant>> = {
  '30 fps with B-frames': variant({ startsUs: constantRate(30), bFrames: 3, gop: 12, ticksPerSecond: 15_360 }),
  '30000/1001 fps': variant({ startsUs: constantRate(30_000, 1001), bFrames: 2, ticksPerSecond: 30_000 }),
  'variable frame rate': variant({ startsUs: variableRate(), bFrames: 2 }),
  'start offset': variant({ startsUs: constantRate(30, 1, 700_000), bFrames: 2 }, false),
  'reordering that no edit list takes back': uncompensated(),
  'edit list that cuts off the start': variant({ startsUs: constantRate(30, 1, -333_333), bFrames: 2, gop: 25 }),
  '90° rotation': variant({ startsUs: constantRate(30), quarterTurns: 1 }),
  '270° rotation': variant({ startsUs: constantRate(25), quarterTurns: 3, bFrames: 2 }),
  'non-square pixels': variant({ startsUs: constantRate(30), sampleAspectRatio: [4, 3], bFrames: 2 }),
};
