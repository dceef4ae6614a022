import { cpSync, existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { temporalModuleName } from '#native-models/temporal/temporal-module-file.ts';
import { Failure } from '#preload/domain/failure.ts';
import { verbatim } from '#preload/domain/saying.ts';
import { settingFiles } from './copy-model.ts';
import { recordName } from './training-run.ts';

const modelFiles = [...settingFiles, 'model.safetensors'];

/** Models that come with the program: the stage that ends with each, its files, and the stages that tell how it was made. */
const shipped = [
  {
    name: 'starter-model',
    stage: 'boundaries',
    files: [...modelFiles, temporalModuleName],
    stages: ['image-text', 'temporal', 'more-films', 'boundaries'],
  },
  { name: 'starter-xclip', stage: 'xclip', files: modelFiles, stages: ['xclip'] },
];

/** Copies finished models with the records of their training to where they are shipped from; answers their folders. */
export function shipModels(trainingFolder: string, resources: string): string[] {
  return shipped.map(({ name, stage, files, stages }) => {
    const to = path.join(resources, name);
    mkdirSync(to, { recursive: true });
    for (const file of files) copyFinished(path.join(trainingFolder, stage, file), path.join(to, file));
    for (const each of stages)
      copyFinished(path.join(trainingFolder, each, recordName), path.join(to, `training-${each}.json`));
    return to;
  });
}

function copyFinished(from: string, to: string): void {
  if (!existsSync(from))
    throw new Failure(
      'not-found',
      verbatim(`There is no ${from}: finish training with "npm run train-starter" first.`),
    );
  cpSync(from, to);
}
