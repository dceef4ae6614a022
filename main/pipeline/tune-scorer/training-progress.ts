import { existsSync } from 'node:fs';
import path from 'node:path';
import { makeFolder } from '#main/failures/make-folder.ts';
import { readChangedTensors, type ChangedTensors } from '#native-models/checkpoint/overlay.ts';
import { writeSafetensors } from '#native-models/checkpoint/write-safetensors.ts';
import type { Moments } from '#native-models/training/adamw.ts';

/** All that a run of training needs to go on: the next step continues as if it had never stopped. */
export interface TrainingProgress {
  /** Steps done. */
  step: number;
  readonly values: Map<string, Float32Array>;
  readonly moments: Map<string, Moments>;
}

const stepName = 'step';
const first = 'first moment of ';
const second = 'second moment of ';

/** Keeps a run's progress in a file that appears whole or not at all. */
export function saveProgress(file: string, { step, values, moments }: TrainingProgress): void {
  const tensors = new Map<string, { shape: readonly number[]; values: Float32Array }>();
  const put = (name: string, numbers: Float32Array): void =>
    void tensors.set(name, { shape: [numbers.length], values: numbers });
  put(stepName, Float32Array.of(step));
  for (const [name, numbers] of values) put(name, numbers);
  for (const [name, both] of moments) {
    put(first + name, both.first);
    put(second + name, both.second);
  }
  // Up to the folder of the kind of version, which a project without one lacks.
  makeFolder(path.dirname(file), 4);
  writeSafetensors(file, tensors);
}

/** Takes a run up where its file says it stopped; it stays as it is where there is no such file, or one of other tensors. */
export function takeUpProgress(file: string, progress: TrainingProgress): void {
  if (!existsSync(file)) return;
  const kept: ChangedTensors = readChangedTensors(file);
  const fits = [...progress.values].every(([name, { length }]) => kept.get(name)?.values.length === length);
  if (!fits) return;
  progress.step = kept.get(stepName)!.values[0]!;
  for (const [name, numbers] of progress.values) {
    numbers.set(kept.get(name)!.values);
    const { first: mean, second: square } = progress.moments.get(name)!;
    mean.set(kept.get(first + name)!.values);
    square.set(kept.get(second + name)!.values);
  }
}
