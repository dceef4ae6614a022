import { readFile } from 'node:fs/promises';
import { evaluate } from '#main/evaluate/evaluate.ts';
import type { ProtocolName } from '#main/evaluate/protocols.ts';
import { readGroundTruth } from '#main/evaluate/read-ground-truth.ts';
import { readPredictions } from '#main/evaluate/read-predictions.ts';
import { Failure } from '#preload/domain/failure.ts';
import type { Outcome } from './outcome.ts';

/** Scores predictions against ground truth as a benchmark's protocol says. */
export async function evaluateFiles(options: {
  readonly groundTruth: string;
  readonly predictions: string;
  readonly protocol: ProtocolName;
  readonly subset?: string;
}): Promise<Outcome> {
  const result = evaluate(
    readGroundTruth(await textOf(options.groundTruth), options.groundTruth),
    readPredictions(await textOf(options.predictions), options.predictions),
    options.protocol,
    options.subset === undefined ? {} : { subset: options.subset },
  );
  const percent = (share: number) => (share * 100).toFixed(2).padStart(6);
  const text = [
    `${result.protocol}, ${result.counts.videos} videos, ${result.counts.ground_truth} annotations, ${result.counts.predictions} predictions`,
    ...result.tiou.map((tIoU, index) => `mAP@${tIoU.toFixed(2)}  ${percent(result.map[index]!)}`),
    `average   ${percent(result.average_map)}`,
    ...Object.entries(result.recall.average_recall).map(([count, share]) => `AR@${count.padEnd(5)}  ${percent(share)}`),
  ];
  return { document: result, text: text.join('\n') };
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new Failure('not-found', `${file} cannot be read: ${(error as Error).message}.`, { file }, { cause: error });
  }
}
