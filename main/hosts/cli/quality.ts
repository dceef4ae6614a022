import type { BackendClient } from '#preload/contract/contract.ts';
import { Failure } from '#preload/domain/failure.ts';
import { verbatim, english } from '#preload/domain/saying.ts';
import {
  measuredOn,
  measuredTIoUs,
  outcome as outcomes,
  type Estimate,
  type MeasuredOn,
  type OutcomeCounts,
  type Quality,
} from '#preload/domain/quality.ts';
import { secondsOf } from '#preload/domain/span.ts';
import type { CliCommand } from './cli-command.ts';
import { doneJob, finishJobs } from './finish-jobs.ts';
import { openProject } from './open-project.ts';
import { numberOf, oneOf } from './option-values.ts';
import type { Outcome } from './outcome.ts';
import type { Session } from './session.ts';

interface QualityOptions {
  readonly on: MeasuredOn;
  readonly threshold?: number;
  readonly clips?: true;
}

/** Measures a project's proposals on videos that they were not learned from. */
async function quality(session: Session, project: string, { on, threshold, clips }: QualityOptions): Promise<Outcome> {
  if (threshold !== undefined && (threshold < 0 || threshold > 1))
    throw new Failure('bad-input', verbatim('--threshold is a score from 0 to 1.'), { threshold });
  const { client } = await openProject(session, project);
  const started = async () => [(await client.quality.measure({ on })).jobId];
  doneJob(await finishJobs(session, client, started), 'It was cancelled.');
  const found = await client.quality.numbers({ on, threshold });
  if (found === null) throw new Failure('internal', verbatim('Measuring ended without a result.'));
  const names = await namesOf(client);
  return {
    document: { ...documentOf(found, names), ...(clips && { clips: await clipsOf(client, on, threshold, names) }) },
    text: textOf(found, names),
  };
}

interface Names {
  readonly ofClass: (id: number) => string;
  readonly ofVideo: (id: number) => string;
}

async function namesOf(client: BackendClient): Promise<Names> {
  const [classes, videos] = await Promise.all([client.classes.list(), client.videos.list()]);
  const name = (rows: readonly { readonly id: number; readonly name: string }[]) => {
    const byId = new Map(rows.map((row) => [row.id, row.name]));
    return (id: number): string => byId.get(id) ?? `no longer there (${id})`;
  };
  return { ofClass: name(classes), ofVideo: name(videos) };
}

function documentOf(found: Quality, { ofClass, ofVideo }: Names) {
  return {
    on: found.on,
    model: found.model,
    videos: found.videoIds.map(ofVideo),
    notes: found.notes.map(english),
    tiou: [...measuredTIoUs],
    map: found.map,
    average_map: found.averageMap,
    segments: found.segments,
    threshold: found.threshold,
    outcomes: outcomesOf(found.outcomes),
    precision_recall: found.curve,
    classes: found.classes.map((one) => ({
      class: ofClass(one.classId),
      segments: one.segments,
      videos: one.videos,
      average_precision: one.averagePrecision,
      average: one.average,
      outcomes: outcomesOf(one.outcomes),
      precision_recall: one.curve,
    })),
    confusion: {
      rows_true: [...found.classes.map(({ classId }) => ofClass(classId)), null],
      columns_proposed: [...found.classes.map(({ classId }) => ofClass(classId)), null],
      counts: found.confusion,
    },
    calibration: {
      expected_error: found.calibration.error,
      expected_error_of_shown: found.calibration.shownError,
      bins: found.calibration.bins.map(({ meanScore, ...bin }) => ({ ...bin, mean_score: meanScore })),
    },
  };
}

const outcomesOf = (counts: OutcomeCounts) => ({
  found: counts.found,
  wrongly_named: counts.misnamed,
  missed: counts.missed,
  false: counts.false,
});

/** The clips behind the counts at the threshold, as many as the backend tells of each. */
async function clipsOf(
  client: BackendClient,
  on: MeasuredOn,
  threshold: number | undefined,
  { ofClass, ofVideo }: Names,
) {
  const entries = outcomes.options.map(async (outcome) => {
    const question = { by: 'outcome' as const, outcome, classId: null };
    const { clips } = await client.quality.clips({ on, threshold, question });
    const rows = clips.map((clip) => ({
      video: ofVideo(clip.videoId),
      start_s: secondsOf(clip.startUs),
      end_s: secondsOf(clip.endUs),
      true_class: clip.trueClassId === null ? null : ofClass(clip.trueClassId),
      proposed_class: clip.proposedClassId === null ? null : ofClass(clip.proposedClassId),
      score: clip.score,
      segment: clip.segmentId,
    }));
    return [outcome === 'misnamed' ? 'wrongly_named' : outcome, rows] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

const percent = (share: number): string => (100 * share).toFixed(1);
const withReach = ({ value, low, high }: Estimate): string =>
  low === null || high === null ? percent(value) : `${percent(value)} (${percent(low)} to ${percent(high)})`;

const subjects: Readonly<Record<MeasuredOn, string>> = {
  reviewed: 'reviewed videos, each as if it had not been seen',
  validation: 'videos of the validation split, which nothing is learned from',
  test: 'videos of the test split, which nothing is learned from',
};

function textOf(found: Quality, { ofClass }: Names): string {
  const { outcomes: all, calibration } = found;
  return [
    `${found.videoIds.length} ${subjects[found.on]}; ${found.segments} segments`,
    ...measuredTIoUs.map((tIoU, index) => `mAP@${tIoU.toFixed(1)}  ${percent(found.map[index]!)}`),
    `average  ${withReach(found.averageMap)}`,
    `from ${percent(found.threshold)} %: ${all.found} found, ${all.misnamed} wrongly named, ${all.missed} missed, ${all.false} false`,
    ...(calibration.error === null ? [] : [`scores are off by ${percent(calibration.error)} points on average`]),
    ...found.classes.map(
      ({ classId, segments, average }) =>
        `${ofClass(classId)}\t${segments} segments\t${average === null ? 'not measured' : withReach(average)}`,
    ),
    ...found.notes.map(english),
  ].join('\n');
}

export const qualityCommand: CliCommand = {
  name: 'quality',
  declare: (command, perform) =>
    command
      .description('measure the project’s proposals on reviewed videos, each as if it had not been seen, or on a split')
      .argument('<project>')
      .option('--on <what>', measuredOn.options.join('|'), oneOf(measuredOn.options), 'reviewed' as const)
      .option('--threshold <score>', 'from which proposals are shown; the project’s where it is left out', numberOf)
      .option('--clips', 'with what was found, wrongly named, missed and false, clip by clip')
      .action((project, options) => perform((session) => quality(session, project, options))),
};
