import { closeSync, existsSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import type { OnnxModel } from './lower-to-onnx.ts';

const modelName = 'model.onnx';
/** The one file beside the model in which all its weights lie: what `lowerToOnnx` is to gather them in. */
export const weightsName = 'model.weights';

/** Writes a model whose weights are gathered as a folder of two files, which is there whole or not at all. */
export function writeOnnxFolder(finished: string, model: OnnxModel): void {
  const unfinished = `${finished}.${process.pid}.unfinished`;
  try {
    mkdirSync(unfinished, { recursive: true });
    writeFileSync(path.join(unfinished, modelName), model.bytes);
    const weights = openSync(path.join(unfinished, weightsName), 'w');
    try {
      for (const { data } of model.externalData)
        for (let done = 0; done < data.length;) done += writeSync(weights, data, done);
    } finally {
      closeSync(weights);
    }
    renameSync(unfinished, finished);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

/**
 * The model file in `folder`, written from what `lower` makes if it is not there yet. Whoever else opens it need not make
 * the weights again, and the runtime maps them, so that they never pass through this process's heap.
 */
export function keptInFolder(folder: string, lower: (gatheredIn: string) => OnnxModel): string {
  const file = path.join(folder, modelName);
  try {
    if (!existsSync(file)) writeOnnxFolder(folder, lower(weightsName));
  } catch (error) {
    // Another process of this program may have been first.
    if (!existsSync(file)) throw error;
  }
  return file;
}
