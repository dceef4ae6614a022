import { z } from 'zod';
import { rowWithReason } from '../domain/new-segment.ts';
import { tableColumns } from '../domain/table-columns.ts';
import { nameInFile } from './given.ts';
import { saying } from '../domain/saying.ts';

/** What becomes of a class of a file, named as the file names it: a new class, nothing, or a class of the project. */
export const importedClassChoice = z.object({
  name: nameInFile,
  to: z.union([z.literal('new'), z.literal('ignore'), z.int().positive()]),
});
export type ImportedClassChoice = z.infer<typeof importedClassChoice>;

/** What a person decides about an import before it is made; what is left out goes as it was met. */
export const importChoices = z.object({
  classes: z.array(importedClassChoice).max(100_000).default([]),
  /** Which video a name of the file means; null: none, its segments stay out. */
  videos: z
    .array(z.object({ name: nameInFile, videoId: z.int().positive().nullable() }))
    .max(1_000_000)
    .default([]),
  /**
   * What segments become that the file does not reject: as it says, accepted, proposals for review, or, with those that
   * it rejects, a layer beside what the project says.
   */
  as: z.enum(['said', 'accepted', 'proposed', 'layer']).default('said'),
  /** Whether the file's parts of the data set are taken over. */
  splits: z.boolean().default(true),
  /** How a table that is not laid out as ours is read; null: by the names that we give its columns. */
  columns: tableColumns.nullable().default(null),
});
export type ImportChoices = z.infer<typeof importChoices>;

/** What an import with the same choices would do; nothing has been written. */
export const importPreview = z.object({
  /** Segments that would be added, or take the place of proposals that nobody touched. */
  addedSegments: z.int(),
  addedClasses: z.int(),
  /** Segments that are there already. */
  unchanged: z.int(),
  /** Segments of which somebody here decided otherwise; theirs stay. */
  overruled: z.int(),
  /** Segments of classes that are ignored. */
  ignored: z.int(),
  /** Videos that would go to another part of the data set. */
  movedVideos: z.int(),
  videos: z.object({
    found: z.int(),
    missing: z.int(),
    /** The first thousand, those that were not found first. */
    rows: z.array(
      z.object({
        name: z.string(),
        segments: z.int(),
        /** `several`: more than one could be meant. */
        by: z.enum(['checksum', 'name', 'choice', 'none', 'several']),
        videoId: z.int().nullable(),
        split: z.string().nullable(),
      }),
    ),
  }),
  classes: z.array(
    z.object({
      name: z.string(),
      segments: z.int(),
      by: z.enum(['name', 'spelling', 'prompt', 'choice', 'new', 'ignored', 'unnamed']),
      classId: z.int().nullable(),
    }),
  ),
  /** Rows that cannot be taken and rows that would be cut, the first thousand of each. */
  leftOut: z.array(rowWithReason),
  cut: z.array(rowWithReason),
  warnings: z.array(saying),
});
export type ImportPreview = z.infer<typeof importPreview>;

/** The first rows of a table, and what each says when read by some columns. */
export const tableLook = z.object({
  /** In the order of the file; columns without a name are numbered. */
  names: z.array(z.string()),
  columns: tableColumns,
  /** Who says so: whoever asked, an earlier import into this project, or the table itself. */
  by: z.enum(['choice', 'memory', 'guess']),
  /** What is to be chosen before it can be read, as the rest of a sentence; null: nothing. */
  missing: saying.nullable(),
  rows: z.array(
    z.object({
      cells: z.array(z.string()),
      /** On frames of its video; null where it cannot be taken, as `fault` says, or its video is not here. */
      read: z
        .object({
          video: z.string(),
          videoId: z.int().nullable(),
          label: z.string(),
          /** As they will be stored; null without the video. */
          span: z.object({ startUs: z.int(), endUs: z.int(), startFrame: z.int(), endFrame: z.int() }).nullable(),
          score: z.number().nullable(),
        })
        .nullable(),
      fault: saying.nullable(),
    }),
  ),
});
export type TableLook = z.infer<typeof tableLook>;
