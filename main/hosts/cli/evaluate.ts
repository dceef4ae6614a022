import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Option } from '@commander-js/extra-typings';
import { evaluate, type Evaluation } from '#main/evaluate/evaluate.ts';
import { evaluateRecognition, type RecognitionEvaluation } from '#main/evaluate/evaluate-recognition.ts';
import { evaluateRetrieval, type RetrievalEvaluation } from '#main/evaluate/evaluate-retrieval.ts';
import { protocolNames } from '#main/evaluate/protocols.ts';
import { readClipLabels } from '#main/evaluate/read-clip-labels.ts';
import { readGroundTruth } from '#main/evaluate/read-ground-truth.ts';
import { readMatches } from '#main/evaluate/read-matches.ts';
import { readPredictions } from '#main/evaluate/read-predictions.ts';
import { readRankings } from '#main/evaluate/read-rankings.ts';
import { decodeText } from '#main/transfer/decode-text.ts';
import { Failure } from '#preload/domain/failure.ts';
import { verbatim } from '#preload/domain/saying.ts';
import { split as splitNames, type Split } from '#preload/domain/split.ts';
import { openProject } from './open-project.ts';
import { oneOf } from './option-values.ts';
import type { Outcome } from './outcome.ts';
import type { Session } from './session.ts';
import type { CliCommand } from './cli-command.ts';

/** Of segments, then of whole clips, then of texts that look for clips. */
const evaluationProtocols = [...protocolNames, 'recognition', 'retrieval'] as const;

interface EvaluateOptions {
  readonly groundTruth?: string;
  /** Whose accepted segments are the ground truth. */
  readonly project?: string;
  readonly split?: Split;
  readonly predictions: string;
  readonly protocol: (typeof evaluationProtocols)[number];
  readonly subset?: string;
}

/** Scores predictions against ground truth as a benchmark's protocol says. */
async function evaluateFiles(session: Session, options: EvaluateOptions): Promise<Outcome> {
  const { protocol } = options;
  const { truth, file, subset } = await truthOf(session, options);
  const files = { groundTruth: file, predictions: options.predictions };
  const predictions = await textOf(files.predictions);
  const part = subset === undefined ? {} : { subset };
  if (protocol === 'recognition') {
    const clips = readClipLabels(truth, files.groundTruth);
    return ofRecognition(evaluateRecognition(clips, readRankings(predictions, files.predictions), part));
  }
  if (protocol === 'retrieval') {
    if (subset !== undefined) throw new Failure('bad-input', verbatim('Queries have no subsets; leave --subset out.'));
    const matches = readMatches(truth, files.groundTruth);
    return ofRetrieval(evaluateRetrieval(matches, readRankings(predictions, files.predictions)));
  }
  const segments = readGroundTruth(truth, files.groundTruth);
  const scored = { ...part, passesOverOthers: options.project !== undefined };
  return ofSegments(evaluate(segments, readPredictions(predictions, files.predictions), protocol, scored));
}

const percent = (share: number): string => (share * 100).toFixed(2).padStart(6);

function ofSegments(result: Evaluation): Outcome {
  const { videos, ground_truth: annotations, predictions } = result.counts;
  const text = [
    `${result.protocol}, ${videos} videos, ${annotations} annotations, ${predictions} predictions`,
    ...result.tiou.map((tIoU, index) => `mAP@${tIoU.toFixed(2)}  ${percent(result.map[index]!)}`),
    `average   ${percent(result.average_map)}`,
    ...Object.entries(result.recall.average_recall).map(([count, share]) => `AR@${count.padEnd(5)}  ${percent(share)}`),
  ];
  return { document: result, text: text.join('\n') };
}

function ofRecognition(result: RecognitionEvaluation): Outcome {
  const { clips, clips_without_predictions: missing } = result.counts;
  const text = [
    `recognition, ${clips} clips, ${missing} of them without predictions`,
    `top-1     ${percent(result.top1)}`,
    `top-5     ${percent(result.top5)}`,
  ];
  return { document: result, text: text.join('\n') };
}

function ofRetrieval(result: RetrievalEvaluation): Outcome {
  const { queries, queries_without_their_item: missing } = result.counts;
  const rank = (value: number | null): string =>
    value?.toFixed(2).padStart(6) ?? 'not known: some items were not ranked';
  const text = [
    `retrieval, ${queries} queries, ${missing} of them without their item`,
    ...Object.entries(result.recall).map(([count, share]) => `R@${count.padEnd(6)}  ${percent(share)}`),
    `MedR      ${rank(result.median_rank)}`,
    `MeanR     ${rank(result.mean_rank)}`,
  ];
  return { document: result, text: text.join('\n') };
}

/** The text of a ground truth, whether it is a file or a project's accepted segments, and the part of it to score. */
async function truthOf(
  session: Session,
  { groundTruth, project, split, subset }: EvaluateOptions,
): Promise<{ readonly truth: string; readonly file: string; readonly subset: string | undefined }> {
  if (groundTruth !== undefined && project === undefined && split === undefined)
    return { truth: await textOf(groundTruth), file: groundTruth, subset };
  if (groundTruth !== undefined || project === undefined || subset !== undefined)
    throw new Failure(
      'bad-input',
      verbatim('Name either --ground-truth, with --subset, or --project, with --split.'),
      {},
    );
  const { client, targetOf } = await openProject(session, project);
  const folder = await mkdtemp(path.join(tmpdir(), 'cuepoint-truth-'));
  try {
    const file = path.join(folder, 'truth.json');
    const videos = await client.videos.list();
    if (split !== undefined && !videos.some((video) => video.split === split))
      throw new Failure('bad-input', verbatim(`No video of ${project} is in ${split}; "splits" puts them there.`), {
        split,
      });
    await client.transfer.export({
      format: 'activitynet',
      options: {
        formatOptions: {},
        states: ['accepted'],
        videoIds: null,
        minimumScore: 0,
      },
      place: targetOf(file).token,
      fileName: 'truth.json',
    });
    const truth = await textOf(file);
    if (split === undefined) return { truth: withoutSubsets(truth), file: project, subset: undefined };
    return { truth, file: project, subset: wordOfSplit[split] };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** All videos are the truth where no part was asked for. */
const withoutSubsets = (truth: string): string =>
  JSON.stringify(JSON.parse(truth), (key, value: unknown) => (key === 'subset' ? undefined : value));

/** As ActivityNet names them. */
const wordOfSplit: Readonly<Record<Split, string>> = { train: 'training', validation: 'validation', test: 'testing' };

async function textOf(file: string): Promise<string> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    throw new Failure(
      'not-found',
      verbatim(`${file} cannot be read: ${(error as Error).message}.`),
      { file },
      { cause: error },
    );
  }
  return decodeText(bytes, file).text;
}

export const evaluateCommand: CliCommand = {
  name: 'evaluate',
  declare: (command, perform) =>
    command
      .description(
        'of segments mAP at temporal IoU and average recall, of clips accuracy, of searches recall and ranks',
      )
      .option('--ground-truth <file>', 'or --project')
      .option('--project <project>', 'its accepted segments are the ground truth')
      .option('--split <split>', `of the project: ${splitNames.options.join('|')}`, oneOf(splitNames.options))
      .requiredOption('--predictions <file>')
      .addOption(new Option('--protocol <name>').choices(evaluationProtocols).makeOptionMandatory())
      .option('--subset <name>', 'the part of the ground truth to score')
      .action((options) => perform((session) => evaluateFiles(session, options))),
};
