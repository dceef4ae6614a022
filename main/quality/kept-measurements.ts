import { Failure } from '#preload/domain/failure.ts';
import type { MeasuredOn } from '#preload/domain/quality.ts';
import type { Saying } from '#preload/domain/saying.ts';
import type { OpenProject } from '../project/open-project.ts';
import type { Measurement } from './measurement.ts';
import { readMeasurements, writeMeasurements, type Measurements } from './measurement-file.ts';
import { heldAgainst, type HeldAgainst } from './quality-of.ts';

/** What a project's file said when it was read, or could not be. */
interface Kept {
  readonly measurements: Measurements;
  readonly problem: Saying | null;
}

const kept = new WeakMap<OpenProject, Kept>();

/** What was measured last in a project that is open, and why that cannot be read where it cannot. */
export function keptMeasurements(project: OpenProject): Kept {
  const known = kept.get(project);
  if (known !== undefined) return known;
  const read = readOf(project);
  kept.set(project, read);
  return read;
}

function readOf({ folder }: OpenProject): Kept {
  try {
    return { measurements: readMeasurements(folder.quality), problem: null };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { measurements: new Map(), problem: error.said };
  }
}

/** Takes the place of what was measured before on the same. Fails as writing a file does. */
export async function keepMeasurement(project: OpenProject, measurement: Measurement): Promise<void> {
  const measurements = new Map(keptMeasurements(project).measurements).set(measurement.on, measurement);
  await writeMeasurements(project.folder.quality, measurements);
  kept.set(project, { measurements, problem: null });
}

/** The last threshold that each was looked at with. */
const looked = new WeakMap<Measurement, { readonly threshold: number; readonly held: HeldAgainst }>();

/** The last measurement, held against what is marked; null while there is none. */
export function lookedAt(
  project: OpenProject,
  on: MeasuredOn,
  threshold: number,
): { readonly measurement: Measurement; readonly held: HeldAgainst } | null {
  const measurement = keptMeasurements(project).measurements.get(on);
  if (measurement === undefined) return null;
  const known = looked.get(measurement);
  if (known?.threshold === threshold) return { measurement, held: known.held };
  const held = heldAgainst(measurement, threshold);
  looked.set(measurement, { threshold, held });
  return { measurement, held };
}
