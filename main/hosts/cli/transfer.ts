import { existsSync } from 'node:fs';
import path from 'node:path';
import { InvalidArgumentError, Option } from '@commander-js/extra-typings';
import { formats as formatTable } from '#main/transfer/formats.ts';
import type { ImportChoices, ImportPreview, TableLook } from '#preload/contract/transfer-choices.ts';
import type { BackendClient } from '#preload/contract/contract.ts';
import { counted } from '#preload/domain/counted.ts';
import { Failure } from '#preload/domain/failure.ts';
import type { LeftOutAspect, SegmentAspect } from '#preload/domain/segment-aspect.ts';
import { segmentState, type SegmentState } from '#preload/domain/segment.ts';
import { verbatim, english } from '#preload/domain/saying.ts';
import { findVideo } from './find-video.ts';
import { doneJob, finishJobs } from './finish-jobs.ts';
import { openProject } from './open-project.ts';
import type { Outcome } from './outcome.ts';
import type { Session } from './session.ts';
import type { CliCommand } from './cli-command.ts';
import { list, numberOf, oneOf } from './option-values.ts';
import {
  columnLines,
  columnsDocument,
  columnsHelp,
  columnsOption,
  lookByOption,
  type ColumnsOption,
} from './table-columns.ts';
import type { RowWithReason } from '#preload/domain/new-segment.ts';

/**
 * Writes annotations to a file, or a folder of them, whole or not at all. Where that takes long and is interrupted, the
 * same command goes on.
 */
async function exportAnnotations(
  session: Session,
  project: string,
  options: {
    readonly format: string;
    readonly out: string;
    readonly states: readonly SegmentState[];
    readonly minimumScore: number;
    readonly video?: readonly string[];
    /** Those that formats declare. */
    readonly [formatOption: string]: unknown;
  },
): Promise<Outcome> {
  const { client, targetOf } = await openProject(session, project);
  const out = path.resolve(options.out);
  const folder = path.dirname(out);
  if (!existsSync(folder))
    throw new Failure('not-found', verbatim(`There is no folder ${folder} to write into; make it first.`));
  const videoIds = options.video
    ? await Promise.all(options.video.map(async (one) => (await findVideo(client, one)).id))
    : null;
  const wanted = {
    formatOptions: chosenOptions(options),
    states: [...options.states],
    videoIds,
    minimumScore: options.minimumScore,
  };
  const send = async () =>
    client.transfer.export({
      format: options.format,
      options: wanted,
      place: targetOf(out).token,
      fileName: path.basename(out),
    });
  let made: Awaited<ReturnType<typeof send>> | null = null;
  const jobs = await finishJobs(session, client, async () => {
    made = await send();
    return made.jobId === null ? [] : [made.jobId];
  });
  const job = jobs.length === 0 ? null : doneJob(jobs, 'The export was cancelled.');
  const { segmentCount, keeps, leavesOut, warnings } = made!;
  const told = [...warnings, ...(job?.notes ?? [])].map(english);
  return {
    document: {
      format: options.format,
      out: options.out,
      segments: segmentCount,
      keeps,
      leaves_out: leavesOut,
      warnings: told,
    },
    text: [
      `${options.out}: ${counted(segmentCount, 'segment')} (${options.states.join(', ')})`,
      aspectLine(keeps, leavesOut),
      ...told,
    ].join('\n'),
  };
}

/** What of what is said of segments is in the file, and what is not. */
const aspectLine = (keeps: readonly SegmentAspect[], leavesOut: readonly LeftOutAspect[]): string => {
  const lost = leavesOut.map(({ aspect, count }) => (aspect === 'attributes' ? counted(count, 'attribute') : aspect));
  return `Keeps: ${keeps.join(', ') || 'times and classes alone'}. Leaves out: ${lost.join(', ') || 'nothing'}.`;
};

/** Every option that some format declares: one for all formats that have it. */
const formatOptions = [
  ...new Map(formatTable.flatMap(({ options = [] }) => options.map((option) => [option.id, option]))).values(),
];

const chosenOptions = (options: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(formatOptions.flatMap(({ id }) => (typeof options[id] === 'string' ? [[id, options[id]]] : [])));

/** Takes annotations in, or says what that would do; what is there already stays as it is. */
async function importAnnotations(
  session: Session,
  project: string,
  file: string,
  options: {
    readonly format?: string;
    readonly as: ImportChoices['as'];
    readonly map?: readonly (readonly [string, string])[];
    readonly ignore?: readonly string[];
    readonly splits: boolean;
    readonly columns?: ColumnsOption;
    readonly dryRun?: boolean;
  },
): Promise<Outcome> {
  const { client, placeOf } = await openProject(session, project);
  const idOf = new Map((await client.classes.list()).map(({ id, name }) => [name, id]));
  const mapped = (options.map ?? []).map(([name, to]) => {
    const classId = idOf.get(to);
    if (classId === undefined)
      throw new Failure('not-found', verbatim(`The project has no class "${to}"; "classes list" shows them.`), { to });
    return { name, to: classId };
  });
  const place = placeOf(path.resolve(file)).token;
  const format = options.format ?? (await formatOf(client, place, file, options.columns !== undefined));
  const look = options.columns && (await lookByOption(client, place, options.columns));
  const request = {
    format,
    place,
    choices: {
      as: options.as,
      splits: options.splits,
      columns: look?.columns ?? null,
      classes: [...mapped, ...(options.ignore ?? []).map((name) => ({ name, to: 'ignore' as const }))],
    },
  };
  if (options.dryRun) return foreseen(format, file, await client.transfer.previewImport(request), look);
  const done = await client.transfer.import(request);
  return {
    document: {
      format,
      file,
      added_segments: done.addedSegments,
      added_classes: done.addedClasses,
      unchanged: done.unchanged,
      cut: inEnglish(done.cut),
      warnings: done.warnings.map(english),
      left_out: inEnglish(done.leftOut),
    },
    text: [
      `${file} (${format}): ${counted(done.addedSegments, 'segment')} and ${counted(done.addedClasses, 'class', 'classes')} added, ${done.unchanged} unchanged`,
      ...done.warnings.map(english),
    ].join('\n'),
  };
}

/** The format that a file is in, where nobody said which: a table that is read by its columns is one of ours. */
async function formatOf(client: BackendClient, place: string, file: string, byColumns: boolean): Promise<string> {
  if (byColumns) return 'csv';
  const [likeliest] = await client.transfer.tellFormats({ place });
  if (likeliest !== undefined) return likeliest;
  throw new Failure(
    'unreadable-annotations',
    verbatim(
      `${file} is in no format that is known; name one by --format ("formats" lists them), or read a table by --columns guess.`,
    ),
    { file },
  );
}

const inEnglish = (rows: readonly RowWithReason[]) =>
  rows.map(({ place, reason }) => ({ place: english(place), reason: english(reason) }));

const foreseen = (format: string, file: string, would: ImportPreview, look?: TableLook): Outcome => ({
  document: {
    format,
    file,
    dry_run: true,
    ...(look && { columns: columnsDocument(look) }),
    added_segments: would.addedSegments,
    added_classes: would.addedClasses,
    unchanged: would.unchanged,
    overruled: would.overruled,
    ignored: would.ignored,
    moved_videos: would.movedVideos,
    videos: {
      found: would.videos.found,
      missing: would.videos.missing,
      rows: would.videos.rows.map(({ videoId, ...row }) => ({ ...row, video_id: videoId })),
    },
    classes: would.classes.map(({ classId, ...row }) => ({ ...row, class_id: classId })),
    cut: inEnglish(would.cut),
    warnings: would.warnings.map(english),
    left_out: inEnglish(would.leftOut),
  },
  text: [
    `${file} (${format}): would add ${counted(would.addedSegments, 'segment')} and ${counted(would.addedClasses, 'class', 'classes')}, ${would.unchanged} unchanged; ${counted(would.videos.found, 'video')} found, ${would.videos.missing} not`,
    ...(look ? columnLines(look) : []),
    ...would.classes.map(({ name, segments, by }) => `class ${name}\t${counted(segments, 'segment')}\t${by}`),
    ...would.warnings.map(english),
  ].join('\n'),
});

/** The annotation formats that can be read and written. */
async function formats(session: Session): Promise<Outcome> {
  const { client } = await session.backend();
  const all = await client.transfer.formats();
  const ways = (one: { reads: boolean; writes: boolean }) =>
    [one.reads && 'import', one.writes && 'export'].filter(Boolean).join(', ');
  return {
    document: { formats: all },
    text: all.map((one) => `${one.id}\t.${one.extensions.join(', .')}\t${ways(one)}\t${one.description}`).join('\n'),
  };
}

const states = (names: string): SegmentState[] => commaSeparated(names).map(oneOf(segmentState.options));

const commaSeparated = (names: string): string[] =>
  names
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

export const exportCommand: CliCommand = {
  name: 'export',
  declare: (command, perform) => {
    const exporting = command
      .description('write annotations')
      .argument('<project>')
      .requiredOption('--format <format>', '"formats" lists them')
      .requiredOption('--out <path>', 'the file to write, or the folder where a format has several')
      .option('--states <states>', 'any of proposed,accepted,rejected', states, [
        'accepted',
        'proposed',
      ] as SegmentState[])
      .option('--minimum-score <score>', 'leave proposals below it out', numberOf, 0)
      .option('--video <video...>', 'only these: number, name or file')
      .action((project, options) => perform((session) => exportAnnotations(session, project, options)));
    for (const { id, description, choices } of formatOptions) {
      const able = choices.map((choice) => choice.id);
      exporting.addOption(new Option(`--${id} <choice>`, description).choices(able).default(able[0]));
    }
  },
};

const importedAs = ['said', 'accepted', 'proposed', 'layer'] as const;

function pair(text: string): [string, string] {
  const [name, to] = text.split('=');
  if (name === undefined || to === undefined || to === '') throw new InvalidArgumentError('It is no name=class.');
  return [name, to];
}

export const importCommand: CliCommand = {
  name: 'import',
  declare: (command, perform) =>
    command
      .description('take annotations in; what is there already stays')
      .argument('<project>')
      .argument('<file>', 'or a folder of such files')
      .option('--format <format>', '"formats" lists them; without it the file tells')
      .option('--dry-run', 'only say what would be taken, row by row')
      .option('--as <state>', `what segments become: ${importedAs.join('|')}`, oneOf(importedAs), 'said' as const)
      .option('--map <name=class...>', 'a class of the file is this class of the project', list(pair))
      .option('--ignore <name...>', 'leave a class of the file out', list(String))
      .option('--columns <columns>', `which columns a table has: guess, or some of ${columnsHelp}`, columnsOption)
      .option('--no-splits', 'leave the file’s parts of the data set out')
      .action((project, file, options) => perform((session) => importAnnotations(session, project, file, options))),
};

export const formatsCommand: CliCommand = {
  name: 'formats',
  declare: (command, perform) =>
    command
      .description('the annotation formats that can be read and written')
      .action(() => perform((session) => formats(session))),
};
