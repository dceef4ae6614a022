import { readFileSync, statSync } from 'node:fs';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { budgets } from '#preload/domain/budgets.ts';
import { Failure } from '#preload/domain/failure.ts';
import { say, told } from '#preload/domain/saying.ts';
import { estimate, measuredOn, measuredTIoUs, type MeasuredOn } from '#preload/domain/quality.ts';
import { fileFailure } from '../failures/file-failure.ts';
import type { Measurement } from './measurement.ts';

const id = z.int().positive();
const us = z.int();
const share = z.number().min(0).max(1);
const perTIoU = z.array(share).length(measuredTIoUs.length);

/** Rows are lists: there are many. Occurrences are [class, start, end, segment], proposals [class, start, end, score]. */
const storedMeasurement = z.object({
  on: measuredOn,
  measuredAt: z.number(),
  question: z.string(),
  editId: z.int().nonnegative(),
  model: z.string(),
  notes: z.array(told),
  classIds: z.array(id),
  videos: z.array(
    z.object({
      videoId: id,
      occurrences: z.array(z.tuple([id, us, us, id])),
      proposals: z.array(z.tuple([id, us, us, share])),
    }),
  ),
  precision: z.object({
    map: perTIoU,
    averageMap: estimate,
    classes: z.array(z.object({ classId: id, perTIoU: perTIoU.nullable(), average: estimate.nullable() })),
  }),
});
type Stored = z.infer<typeof storedMeasurement>;

const stored = z.object({ format: z.literal('cuepoint-quality'), measurements: z.array(storedMeasurement).max(3) });

export type Measurements = ReadonlyMap<MeasuredOn, Measurement>;

/** What was measured last of each; none where there is no file. Fails with `unreadable-project` where it is damaged. */
export function readMeasurements(file: string): Measurements {
  const size = statSync(file, { throwIfNoEntry: false })?.size;
  if (size === undefined) return new Map();
  try {
    if (size > budgets.textBytes) throw new RangeError('too long');
    const { measurements } = stored.parse(JSON.parse(readFileSync(file, 'utf8')));
    return new Map(measurements.map((one) => [one.on, measurementOf(one)]));
  } catch (error) {
    throw (
      fileFailure(error) ??
      new Failure(
        'unreadable-project',
        say('What was measured last cannot be read ({{file}}): measure again.', { file }),
        { file },
      )
    );
  }
}

/** The file is whole, or as it was. */
export async function writeMeasurements(file: string, measurements: Measurements): Promise<void> {
  const all = [...measurements.values()].map(storedOf);
  await writeFileAtomic(file, JSON.stringify({ format: 'cuepoint-quality', measurements: all }));
}

/** Fails with `RangeError` where a row is of a class that is not listed. */
function measurementOf({ videos, ...about }: Stored): Measurement {
  const known = new Set(about.classIds);
  if (about.precision.classes.some(({ classId }, index) => classId !== about.classIds[index]))
    throw new RangeError('classes in another order');
  const spanOf = ([classId, startUs, endUs]: readonly [number, number, number, number]) => {
    if (!known.has(classId) || endUs < startUs) throw new RangeError('a row of no class or length');
    return { classId, startUs, endUs };
  };
  return {
    ...about,
    videos: videos.map(({ videoId, occurrences, proposals }) => ({
      videoId,
      occurrences: occurrences.map((row) => ({ ...spanOf(row), segmentId: row[3] })),
      proposals: proposals.map((row) => ({ ...spanOf(row), score: row[3] })),
    })),
  };
}

const storedOf = ({ videos, notes, classIds, precision, ...about }: Measurement): Stored => ({
  ...about,
  notes: [...notes],
  classIds: [...classIds],
  videos: videos.map(({ videoId, occurrences, proposals }) => ({
    videoId,
    occurrences: occurrences.map((one) => [one.classId, one.startUs, one.endUs, one.segmentId]),
    proposals: proposals.map((one) => [one.classId, one.startUs, one.endUs, one.score]),
  })),
  precision: {
    map: [...precision.map],
    averageMap: precision.averageMap,
    classes: precision.classes.map((one) => ({ ...one, perTIoU: one.perTIoU && [...one.perTIoU] })),
  },
});
