import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { openCheckpoint } from '#native-models/checkpoint/checkpoint.ts';
import { writeSafetensors, type TensorToWrite } from '#native-models/checkpoint/write-safetensors.ts';
import { zeroMoments, type Moments } from '#native-models/training/adamw.ts';

/** Everything an interrupted training run needs to go on as if nothing had happened. */
export interface TrainingState {
  /** Steps done. */
  step: number;
  readonly weights: Map<string, Float32Array>;
  readonly moments: Map<string, Moments>;
  readonly curve: CurvePoint[];
}

const curvePoint = z.object({ step: z.int() }).catchall(z.number());
/** One reading of the training curve: the step, and figures by their names. */
export type CurvePoint = z.infer<typeof curvePoint>;

const stateFolder = (folder: string): string => path.join(folder, 'state');
const roles = ['weight', 'first', 'second'] as const;

/** The state kept in `folder`, or a new one from `initial`. The step is stored with the numbers, so both fit together. */
export function loadTrainingState(
  folder: string,
  shapes: ReadonlyMap<string, readonly number[]>,
  initial: () => Map<string, Float32Array>,
): TrainingState {
  const kept = stateFolder(folder);
  if (!existsSync(path.join(kept, 'model.safetensors'))) {
    const weights = initial();
    return {
      step: 0,
      weights,
      moments: new Map([...weights].map(([name, values]) => [name, zeroMoments(values.length)])),
      curve: [],
    };
  }
  const checkpoint = openCheckpoint(kept);
  const read = (role: string, name: string): Float32Array =>
    checkpoint.values(`${role}:${name}`, shapes.get(name)!).slice();
  const step = checkpoint.number('step');
  const curve = z.array(curvePoint).parse(JSON.parse(readFileSync(path.join(folder, 'curve.json'), 'utf8')));
  return {
    step,
    weights: new Map([...shapes.keys()].map((name) => [name, read('weight', name)])),
    moments: new Map(
      [...shapes.keys()].map((name) => [name, { first: read('first', name), second: read('second', name) }]),
    ),
    curve: curve.filter((point) => point.step <= step),
  };
}

/** Writes the state so that an interruption leaves either the old one or this one. */
export function saveTrainingState(
  folder: string,
  shapes: ReadonlyMap<string, readonly number[]>,
  state: TrainingState,
): void {
  const tensors = new Map<string, TensorToWrite>([['step', { shape: [], values: Float32Array.of(state.step) }]]);
  for (const role of roles) {
    for (const [name, shape] of shapes) {
      const moments = state.moments.get(name)!;
      tensors.set(`${role}:${name}`, { shape, values: role === 'weight' ? state.weights.get(name)! : moments[role] });
    }
  }
  writeSafetensors(path.join(stateFolder(folder), 'model.safetensors'), tensors);
}
