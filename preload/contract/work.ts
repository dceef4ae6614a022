import { oc } from '@orpc/contract';
import { z } from 'zod';
import { rowWithReason } from '../domain/new-segment.ts';
import { job } from '../domain/job.ts';
import { segment } from '../domain/segment.ts';
import { leftOutAspect, segmentAspect } from '../domain/segment-aspect.ts';
import { tableColumns } from '../domain/table-columns.ts';
import { importChoices, importPreview, tableLook } from './transfer-choices.ts';
import { fileName, placeToken, rowIds } from './given.ts';
import { saying, english, say } from '../domain/saying.ts';

/** A picture to search for, upright, as packed RGB in base64: `[height, width, 3]`. */
const searchedPicture = z
  .object({
    width: z.int().positive().max(1024),
    height: z.int().positive().max(1024),
    rgb: z.base64().max(4 * 1024 * 1024),
  })
  .refine(
    ({ width, height, rgb }) => rgb.length === 4 * Math.ceil(width * height),
    'a picture has three bytes for each of its pixels',
  );

/** Asks for model work; each answers at once with the jobs that do it. */
export const analysis = {
  /** Features where missing, then proposals and their classes, for these videos or all (null). */
  propose: oc.input(z.object({ videoIds: rowIds.nullable() })).output(z.object({ jobIds: z.array(z.int()) })),
  /** Moments that fit a text, or are like a stretch of a video or a picture, best first, from stored features. */
  search: oc
    .input(
      z.intersection(
        z.union([
          z.object({ text: z.string().trim().min(1).max(1000) }),
          z.object({ like: z.object({ videoId: z.int(), startUs: z.int(), endUs: z.int() }) }),
          z.object({ picture: searchedPicture }),
        ]),
        z.object({ top: z.int().positive().max(500).default(50) }),
      ),
    )
    .output(
      z.object({
        moments: z.array(
          z.object({ videoId: z.int(), startUs: z.int(), endUs: z.int(), peakUs: z.int(), score: z.number() }),
        ),
        warnings: z.array(saying),
      }),
    ),
  /** The most likely classes of a stretch of a video, or of all of it (null), by the project's scorer. */
  recognise: oc
    .input(
      z.object({
        videoId: z.int(),
        span: z.object({ startUs: z.int(), endUs: z.int() }).nullable(),
        top: z.int().positive().max(100).default(5),
      }),
    )
    .output(
      z.object({
        ranking: z.array(z.object({ classId: z.int(), probability: z.number() })),
        warnings: z.array(saying),
      }),
    ),
};

export const jobs = {
  /** Newest first. */
  list: oc.output(z.array(job)),
  cancel: oc.input(z.object({ jobIds: rowIds.min(1) })).output(z.void()),
  /** Queues failed or cancelled jobs again. */
  retry: oc.input(z.object({ jobIds: rowIds.min(1) })).output(z.void()),
  /** Forgets finished jobs. */
  clear: oc.output(z.void()),
};

export const annotationFormat = z.object({
  id: z.string(),
  name: z.string(),
  /** Of its files, without the dot; the first is written. */
  extensions: z.array(z.string()).min(1),
  reads: z.boolean(),
  writes: z.boolean(),
  /** Whether an export makes files of the videos themselves, as a job. */
  takesLong: z.boolean(),
  description: z.string(),
  /** What an export makes. */
  layout: z.enum(['file', 'folder']),
  /** What of the segments it has a place for, beside times and names, and what an export to it loses. */
  keeps: z.array(z.string()),
  loses: z.array(z.string()),
  /** Whether it is a table that can be read by other columns than its own. */
  readsByColumns: z.boolean(),
  /** Choices that it leaves to whoever exports; the first of each holds where nothing was chosen. */
  options: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      description: z.string(),
      choices: z.array(z.object({ id: z.string(), name: z.string(), description: z.string() })).min(1),
    }),
  ),
});
export type AnnotationFormat = z.infer<typeof annotationFormat>;

export const exportOptions = z.object({
  /** What was chosen for the options that the format declares, by their ids. */
  formatOptions: z
    .record(z.string().max(100), z.string().max(1000))
    .refine((options) => Object.keys(options).length <= 100, english(say('more than 100 options')))
    .meta({ maxProperties: 100 })
    .default({}),
  states: z.array(segment.shape.state).max(3).default(['accepted']),
  videoIds: rowIds.nullable().default(null),
  minimumScore: z.number().min(0).max(1).default(0),
});
export type ExportOptions = z.infer<typeof exportOptions>;

const importRequest = z.object({
  format: z.string().max(100),
  place: placeToken,
  choices: importChoices.default(importChoices.parse({})),
});

/** What is said of the segments that a format keeps, and what it leaves out. */
const exportedAspects = { keeps: z.array(segmentAspect), leavesOut: z.array(leftOutAspect) };

export const transfer = {
  formats: oc.output(z.array(annotationFormat)),
  /**
   * How many segments and videos an export would hold, what of them the format keeps and leaves out (of no format: keeps
   * all), and about how many bytes where it takes long.
   */
  preview: oc.input(exportOptions.extend({ format: z.string().max(100).nullable().default(null) })).output(
    z.object({
      segmentCount: z.int(),
      videoCount: z.int(),
      classCount: z.int(),
      ...exportedAspects,
      bytes: z.number().nullable(),
    }),
  ),
  /**
   * Writes to a file, or a folder of files, in the folder `place`, or, where that is null, offers a file at `url` for
   * download once. What is there already fails with `already-there` until `replace` says that the person wants it
   * replaced. A `place` that the host gave as what is to be written, as the command line does, is written as it is named.
   * What takes long answers at once with the job that makes it; nothing is in its place before all of it is.
   */
  export: oc
    .input(
      z.object({
        format: z.string().max(100),
        options: exportOptions,
        place: placeToken.nullable(),
        fileName,
        replace: z.boolean().default(false),
      }),
    )
    .output(
      z.object({
        path: z.string().nullable(),
        url: z.string().nullable(),
        jobId: z.int().nullable(),
        segmentCount: z.int(),
        ...exportedAspects,
        warnings: z.array(saying),
      }),
    ),
  /** Figures and plots of the data set as one page of HTML, written into the folder `place` as `export` writes. */
  report: oc
    .input(z.object({ place: placeToken, fileName, replace: z.boolean().default(false) }))
    .output(z.object({ path: z.string() })),
  /** How the first rows of a table are read by these columns; null: as remembered by the project, else as guessed. */
  lookAtTable: oc.input(z.object({ place: placeToken, columns: tableColumns.nullable() })).output(tableLook),
  /** The formats that can read what is there, the likeliest first; none where no format can. */
  tellFormats: oc.input(z.object({ place: placeToken })).output(z.array(z.string())),
  /** What `import` with the same would do; nothing is written. */
  previewImport: oc.input(importRequest).output(importPreview),
  /** As one undoable edit. */
  import: oc.input(importRequest).output(
    z.object({
      addedSegments: z.int(),
      addedClasses: z.int(),
      /** Segments that were there already. */
      unchanged: z.int(),
      /** Segments that were cut at an edge of their video: where each stands in the file, and where it would have ended. */
      cut: z.array(rowWithReason),
      warnings: z.array(saying),
      /** Rows that cannot be taken, the first thousand; of each kind there is a warning with the count of all. */
      leftOut: z.array(rowWithReason),
    }),
  ),
};
