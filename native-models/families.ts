import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import { openCheckpoint, parseJson, weightNames } from './checkpoint/checkpoint.ts';
import { alignFamily } from './align/align-family.ts';
import { clipFamily } from './clip/clip-family.ts';
import { metaClipFamily } from './metaclip/metaclip-family.ts';
import type { ModelFamily } from './model-family.ts';
import { exportFamily } from './onnx-export/export-family.ts';
import { findExport } from './onnx-export/export-files.ts';
import { siglipFamily } from './siglip/siglip-family.ts';
import { openClipConfigName } from './open-clip/config.ts';
import { hasOpenClipNames } from './open-clip/hugging-face-names.ts';
import { openClipFamily } from './open-clip/open-clip-family.ts';
import { xclipFamily } from './xclip/xclip-family.ts';

/** Every family of models that can be opened: the one place that lists them. */
export const families: readonly ModelFamily[] = [
  clipFamily,
  openClipFamily,
  siglipFamily,
  metaClipFamily,
  alignFamily,
  xclipFamily,
  exportFamily,
];

/** Each `model_type` of a checkpoint that can be opened. */
export const modelTypes: readonly string[] = families.flatMap(({ modelType }) => modelType ?? []);

/**
 * The family of the model in a folder, by its file names and configuration. Fails with 'not-found' where there is no
 * folder, and with 'unreadable-model' where there is no model in it or one of a type that nothing here opens.
 */
export function familyOf(folder: string): ModelFamily {
  const modelType = modelTypeOf(folder);
  const family = families.find((one) => one.modelType === modelType);
  if (family !== undefined) return family;
  throw new Failure(
    'unreadable-model',
    say("{{file}} describes a model of type '{{modelType}}'; what works here: {{types}}.", {
      file: path.join(folder, 'config.json'),
      modelType: modelType ?? '',
      types: modelTypes,
    }),
  );
}

/**
 * The `model_type` of the checkpoint in a folder, `open_clip` for one in that library's layout, and null for ready-made
 * ONNX encoders. Fails as `familyOf`.
 */
export function modelTypeOf(folder: string): string | null {
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new Failure('not-found', say('There is no model folder at {{folder}}.', { folder }));
  const has = (name: string): boolean => existsSync(path.join(folder, name));
  const hasWeights = has('model.safetensors') || has('model.safetensors.index.json');
  if (!hasWeights && findExport(folder) !== null) return null;
  const config = path.join(folder, 'config.json');
  const named = existsSync(config)
    ? (z.object({ model_type: z.string() }).safeParse(parseJson(config)).data?.model_type ?? 'unnamed')
    : null;
  // A configuration without a type is one of the timm library, of the picture encoder alone.
  if (has(openClipConfigName) && !(hasWeights && named !== null && named !== 'unnamed')) return 'open_clip';
  if (named !== null) return named;
  // OpenAI's own weights describe themselves.
  if (weightNames.some(has) && hasOpenClipNames(openCheckpoint(folder))) return 'open_clip';
  throw new Failure(
    'unreadable-model',
    say('{{folder}} holds neither config.json with model.safetensors nor vision_model.onnx with text_model.onnx.', {
      folder,
    }),
  );
}
