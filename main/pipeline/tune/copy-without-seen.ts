import { copyFileSync, renameSync, rmSync } from 'node:fs';
import { z } from 'zod';
import { readSafetensorsHeader, readSafetensorsMetadata } from '#native-models/checkpoint/safetensors.ts';
import { readTensorValue } from '#native-models/checkpoint/tensor-value-file.ts';
import { writeSafetensors } from '#native-models/checkpoint/write-safetensors.ts';

/**
 * Copies tensors, whole or not at all. Spans that a version remembers having been trained on are left out: they name
 * videos of another project, and must not count as seen here. Fails with `unreadable-model`.
 */
export function copyWithoutSeen(from: string, to: string): void {
  const header = readSafetensorsHeader(from);
  const { cuepoint, ...metadata } = readSafetensorsMetadata(from);
  const facts = z.looseObject({ seen: z.array(z.unknown()) }).safeParse(cuepoint === undefined ? {} : parsed(cuepoint));
  if (!facts.success) {
    copyWhole(from, to);
    return;
  }
  const tensors = new Map(
    [...header].map(([name, stored]) => [
      name,
      { shape: stored.shape, values: () => readTensorValue(stored).data as Float32Array },
    ]),
  );
  writeSafetensors(to, tensors, 'F32', { ...metadata, cuepoint: JSON.stringify({ ...facts.data, seen: [] }) });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function copyWhole(from: string, to: string): void {
  const unfinished = `${to}.partial`;
  try {
    copyFileSync(from, unfinished);
    renameSync(unfinished, to);
  } finally {
    rmSync(unfinished, { force: true });
  }
}
