import { existsSync } from 'node:fs';
import path from 'node:path';
import { formats as formatTable } from '#main/transfer/formats.ts';
import { counted } from '#preload/domain/counted.ts';
import { Failure } from '#preload/domain/failure.ts';
import type { SegmentState } from '#preload/domain/segment.ts';
import { findVideo } from './find-video.ts';
import { openProject } from './open-project.ts';
import type { Outcome } from './outcome.ts';
import type { Session } from './session.ts';

/** Writes annotations to a file, or a folder of them, whole or not at all. */
export async function exportAnnotations(
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
  if (!existsSync(folder)) throw new Failure('not-found', `There is no folder ${folder} to write into; make it first.`);
  const videoIds = options.video
    ? await Promise.all(options.video.map(async (one) => (await findVideo(client, one)).id))
    : null;
  const { segmentCount, warnings } = await client.transfer.export({
    format: options.format,
    options: {
      formatOptions: chosenOptions(options),
      states: [...options.states],
      videoIds,
      minimumScore: options.minimumScore,
    },
    place: targetOf(out).token,
    fileName: path.basename(out),
  });
  return {
    document: { format: options.format, out: options.out, segments: segmentCount, warnings },
    text: [`${options.out}: ${counted(segmentCount, 'segment')} (${options.states.join(', ')})`, ...warnings].join(
      '\n',
    ),
  };
}

/** Every option that some format declares: one for all formats that have it. */
export const formatOptions = [
  ...new Map(formatTable.flatMap(({ options = [] }) => options.map((option) => [option.id, option]))).values(),
];

const chosenOptions = (options: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(formatOptions.flatMap(({ id }) => (typeof options[id] === 'string' ? [[id, options[id]]] : [])));

/** Takes annotations in; what is there already stays as it is. */
export async function importAnnotations(
  session: Session,
  project: string,
  file: string,
  options: { readonly format: string },
): Promise<Outcome> {
  const { client, placeOf } = await openProject(session, project);
  const done = await client.transfer.import({ format: options.format, place: placeOf(path.resolve(file)).token });
  return {
    document: {
      format: options.format,
      file,
      added_segments: done.addedSegments,
      added_classes: done.addedClasses,
      unchanged: done.unchanged,
      cut: done.cut,
      warnings: done.warnings,
      left_out: done.leftOut,
    },
    text: [
      `${file}: ${counted(done.addedSegments, 'segment')} and ${counted(done.addedClasses, 'class', 'classes')} added, ${done.unchanged} unchanged`,
      ...done.warnings,
    ].join('\n'),
  };
}

/** The annotation formats that can be read and written. */
export async function formats(session: Session): Promise<Outcome> {
  const { client } = await session.backend();
  const all = await client.transfer.formats();
  const ways = (one: { reads: boolean; writes: boolean }) =>
    [one.reads && 'import', one.writes && 'export'].filter(Boolean).join(', ');
  return {
    document: { formats: all },
    text: all.map((one) => `${one.id}\t.${one.extensions.join(', .')}\t${ways(one)}\t${one.description}`).join('\n'),
  };
}
