import { oc } from '@orpc/contract';
import { saying, told } from '../domain/saying.ts';
import { z } from 'zod';
import { mostTracks, recording, recordingReading } from '../domain/recording.ts';
import { placeToken } from './given.ts';

const columnLook = z.object({
  name: z.string(),
  /** As far as the first rows tell. */
  kind: z.enum(['number', 'constant', 'text', 'empty']),
  example: z.string(),
});
export type ColumnLook = z.infer<typeof columnLook>;

const tableLook = z.object({
  reading: recordingReading,
  columns: z.array(columnLook),
  /** The first few, cells of wide tables cut; times from wherever the table's clock begins. */
  rows: z.array(z.object({ timeUs: z.number().nullable(), cells: z.array(z.string()) })),
  firstUs: z.number().nullable(),
  stepUs: z.number().nullable(),
  /** Why the time column cannot be what it is read as; null where it can. */
  timeFault: saying.nullable(),
});
export type TableLook = z.infer<typeof tableLook>;

/** What was found in a column that was read whole. */
const columnFacts = z.object({
  column: z.int(),
  low: z.number(),
  high: z.number(),
  /** Rows without a value, those with text among them. */
  gaps: z.int(),
  texts: z.int(),
});

const recordingFacts = z.object({
  rows: z.int(),
  /** Of the last row, from the first. */
  lengthUs: z.number(),
  /** From row to row, as most have it. */
  stepUs: z.number(),
  columns: z.array(columnFacts),
  /** What a person should know of how it was read. */
  notes: z.array(told),
});
export type RecordingFacts = z.infer<typeof recordingFacts>;

const listedRecording = recording.omit({ absolutePath: true, relativePath: true, sample: true }).extend({
  /** Where its file is, or was. */
  location: z.string(),
  /** Whether the file is what was added. What was read of it stays, whatever becomes of it. */
  file: z.enum(['there', 'missing', 'changed']),
  /** Null until all of its tracks have been read. */
  facts: recordingFacts.nullable(),
});
export type ListedRecording = z.infer<typeof listedRecording>;

const { name, reading, offsetUs, rate, tracks } = recording.shape;

const recordingChange = z.object({
  name: name.optional(),
  reading: reading.optional(),
  offsetUs: offsetUs.optional(),
  rate: rate.optional(),
  tracks: tracks.optional(),
});
export type RecordingChange = z.infer<typeof recordingChange>;

const one = z.object({ recordingId: z.int() });

/** Tables of sensors beside videos. */
export const recordings = {
  /** Those beside a video, in order of their coming. */
  list: oc.input(z.object({ videoId: z.int() })).output(z.array(listedRecording)),
  /** What a table holds by its first rows, read as said or as is most likely. */
  look: oc
    .input(z.object({ videoId: z.int(), place: placeToken, reading: recordingReading.optional() }))
    .output(tableLook.extend({ name: z.string() })),
  /** The same of one that is there. Fails with `not-found` where its file is gone. */
  lookAgain: oc.input(one.extend({ reading: recordingReading.optional() })).output(tableLook),
  /** Puts a table beside a video and begins to read it. Undoable. */
  add: oc
    .input(
      z.object({
        videoId: z.int(),
        place: placeToken,
        reading,
        offsetUs: offsetUs.optional(),
        tracks: z
          .array(recording.shape.tracks.element.pick({ column: true, name: true }))
          .min(1)
          .max(mostTracks),
      }),
    )
    .output(z.object({ recordingId: z.int() })),
  /** Undoable. */
  update: oc.input(one.extend(recordingChange.shape)).output(z.void()),
  remove: oc.input(one).output(z.void()),
  /** Reads a recording whose reading failed or was cancelled once more. */
  readAgain: oc.input(one).output(z.void()),
  /** Finds its file elsewhere, or takes its new content, where `place` is not what was added. Undoable. */
  replaceFile: oc.input(one.extend({ place: placeToken.optional() })).output(z.void()),
};
