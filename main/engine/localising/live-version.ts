import { access } from 'node:fs/promises';
import path from 'node:path';
import { readTunedVersionFacts, type TunedVersionFacts } from '#main/pipeline/tune/tuned-version-file.ts';
import type { WithModels } from '../memory/ports.ts';
import type { ModelChoice } from '../vocabulary.ts';
import { ownModuleAt } from './own-module.ts';

/** The tuned version that is in use. */
export interface LiveVersion extends TunedVersionFacts {
  readonly file: string;
}

/** The live version; null, with a word about it, where it was tuned for another model or another temporal module. */
export async function liveVersion(
  memory: WithModels,
  model: ModelChoice,
  samplingFps: number,
  versionFile: string | null,
): Promise<{ readonly version: LiveVersion | null; readonly warnings: readonly string[] }> {
  if (versionFile === null) return { version: null, warnings: [] };
  const there = await access(versionFile).then(
    () => true,
    () => false,
  );
  const file = path.basename(versionFile);
  if (!there)
    return {
      version: null,
      warnings: [`The tuned version ${file} is missing, so that names alone decide: tune again.`],
    };
  const facts = readTunedVersionFacts(versionFile);
  const about = await memory.models.facts(model);
  const withoutIt = (reason: string) => ({
    version: null,
    warnings: [`The tuned version ${file} ${reason}, so that names alone decide: tune again.`],
  });
  if (facts.modelHash !== about.hash) return withoutIt('belongs to another model');
  if (facts.temporalModule !== ownModuleAt(about, samplingFps).hash)
    return withoutIt('was tuned with another temporal module in the model’s folder, or with none in use');
  return { version: { ...facts, file: versionFile }, warnings: [] };
}
