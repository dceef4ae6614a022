import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { Failure } from '#preload/domain/failure.ts';
import { parseJson } from './checkpoint/checkpoint.ts';
import { findExport, type ExportFiles } from './onnx-export/export-files.ts';

/** Every `model_type` of a checkpoint that can be opened, as a model of frames or of clips. */
export const architectures = ['clip', 'xclip'] as const;
export type Architecture = (typeof architectures)[number];

/** What kind of model a folder holds: a checkpoint of some architecture, or ready-made ONNX encoders. */
export type ModelFolder =
  | { readonly holds: 'checkpoint'; /** `model_type` of its config.json. */ readonly architecture: string }
  | { readonly holds: 'export'; readonly files: ExportFiles };

/** Looks at a folder's file names and configuration. Fails with 'not-found' or 'unreadable-model'. */
export function lookAtModelFolder(folder: string): ModelFolder {
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new Failure('not-found', `There is no model folder at ${folder}.`);
  const files = existsSync(path.join(folder, 'model.safetensors')) ? null : findExport(folder);
  if (files !== null) return { holds: 'export', files };
  const config = path.join(folder, 'config.json');
  if (!existsSync(config)) {
    throw new Failure(
      'unreadable-model',
      `${folder} holds neither config.json with model.safetensors nor vision_model.onnx with text_model.onnx.`,
    );
  }
  return {
    holds: 'checkpoint',
    architecture: z.object({ model_type: z.string() }).safeParse(parseJson(config)).data?.model_type ?? 'unnamed',
  };
}

/** The entry of a table by architecture; fails with 'unreadable-model', naming what there is, where it has none. */
export function forArchitecture<T>(folder: string, architecture: string, table: Readonly<Record<string, T>>): T {
  const entry = Object.hasOwn(table, architecture) ? table[architecture] : undefined;
  if (entry !== undefined) return entry;
  const known = Object.keys(table).join(', ');
  throw new Failure(
    'unreadable-model',
    `${path.join(folder, 'config.json')} describes a model of type '${architecture}'; what works here: ${known}.`,
  );
}
