import { z } from 'zod';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import {
  readSafetensorsHeader,
  readSafetensorsMetadata,
  type StoredTensor,
} from '#native-models/checkpoint/safetensors.ts';
import { readTensorValue } from '#native-models/checkpoint/tensor-value-file.ts';
import { writeSafetensors, type TensorToWrite } from '#native-models/checkpoint/write-safetensors.ts';
import { temporalParameterShapes, type TemporalShape } from '#native-models/temporal/temporal-transformer.ts';
import { damagedVersion } from './damaged-version.ts';
import { parsedJson } from './boundary-version-file.ts';
import type { PromptRun } from './tuned-classes.ts';

const facts = z.object({
  /** Hash of the model that it was tuned for; it means nothing with another. */
  modelHash: z.string(),
  /** Hash of the temporal module in the model's folder that the features passed through; null where they did not. */
  temporalModule: z.string().nullable().default(null),
  preset: z.string(),
  /** Whether class features start from the zero-shot ones, and prompts only move them. */
  fromZeroShot: z.boolean(),
  /** Texts that names are read in before they are prompted, for `{}`; empty takes the project's. */
  templates: z.array(z.string().includes('{}')).default([]),
  /** Factor from cosine to logit. */
  scale: z.number().positive(),
  prompt: z.object({ prefix: z.int().positive(), suffix: z.int().nonnegative() }),
  temporal: z
    .object({
      width: z.int().positive(),
      heads: z.int().positive(),
      layers: z.int().positive(),
      frames: z.int().positive(),
      skip: z.enum(['outer', 'none']),
    })
    .nullable(),
  runs: z.int().positive(),
  /** The spans it was trained on. */
  seen: z.array(z.object({ videoId: z.int(), startUs: z.number(), endUs: z.number() })).default([]),
  /** What of it has a say while it is live. */
  use: z
    .object({ prompts: z.enum(['none', 'with shots', 'all']), temporal: z.boolean() })
    .default({ prompts: 'all', temporal: true }),
  /** Names that it had shots of: those read under the prompts where `use` says so. */
  taughtNames: z.array(z.string()).default([]),
});

/** What a tuned version says of itself without its tensors. */
export type TunedVersionFacts = z.infer<typeof facts> & {
  readonly temporal: TemporalShape | null;
};

export interface TunedVersion extends TunedVersionFacts {
  /** One run per seed: prompt vectors, and the tensors of the temporal module where there is one. */
  readonly learned: readonly PromptRun[];
}

/** Writes a version; its file appears under its name only when it is whole and on the disk. */
export function writeTunedVersion(file: string, { learned, ...about }: TunedVersion, width: number): void {
  const shapes = temporalShapes(about.temporal);
  const tensors = new Map<string, TensorToWrite>();
  for (const [index, run] of learned.entries()) {
    for (const part of ['learned', 'initial'] as const) {
      for (const [name, values] of run[part]) {
        tensors.set(`run${index}.${part}.${name}`, {
          shape: shapes.get(name) ?? [values.length / width, width],
          values,
        });
      }
    }
  }
  writeSafetensors(file, tensors, 'F32', { cuepoint: JSON.stringify(about) });
}

/** Fails with `unreadable-model` where the file is missing, damaged or not a tuned version. */
export function readTunedVersionFacts(file: string): TunedVersionFacts {
  const text = readSafetensorsMetadata(file)['cuepoint'];
  const parsed = facts.safeParse(parsedJson(text));
  if (parsed.success) return parsed.data;
  throw new Failure(
    'unreadable-model',
    say('{{file}} is not a tuned version of Cuepoint: choose another version.', { file }),
    {
      file,
    },
  );
}

/** A tuned version's facts and tensors. Fails with `unreadable-model` where the file is none. */
export function readTunedVersion(file: string): TunedVersion {
  const about = readTunedVersionFacts(file);
  const header = readSafetensorsHeader(file);
  refuseOtherShapes(file, about, header);
  const learned = Array.from({ length: about.runs }, () => ({
    learned: new Map<string, Float32Array>(),
    initial: new Map<string, Float32Array>(),
  }));
  for (const [name, stored] of header) {
    const [, run, part, tensor] = /^run(\d+)\.(learned|initial)\.(.+)$/.exec(name) ?? [];
    const into = learned[Number(run)];
    if (into === undefined) continue;
    into[part as 'learned' | 'initial'].set(tensor!, readTensorValue(stored).data as Float32Array);
  }
  return { ...about, learned };
}

/** The numbers that a file says of itself are held against the tensors in it before anything is made of that size. */
function refuseOtherShapes(
  file: string,
  { runs, temporal }: TunedVersionFacts,
  header: ReadonlyMap<string, StoredTensor>,
): void {
  const expect = (name: string, shape: readonly number[]): void => {
    if (header.get(name)?.shape.join() !== shape.join()) throw damagedVersion(file, name);
  };
  if (runs * (1 + (temporal?.layers ?? 0)) > header.size) throw damagedVersion(file, `run${header.size}.learned`);
  for (let run = 0; run < runs; run += 1) {
    for (const [name, shape] of temporalShapes(temporal)) expect(`run${run}.learned.${name}`, shape);
  }
}

const temporalShapes = (temporal: TemporalShape | null): Map<string, readonly number[]> =>
  temporal === null ? new Map() : temporalParameterShapes(temporal);
