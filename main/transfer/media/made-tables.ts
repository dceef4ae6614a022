import { stringify } from 'csv-stringify/sync';
import { splitWords } from '../codecs/kinetics.ts';
import { formulaCell } from '#preload/domain/spreadsheet-cells.ts';
import { secondsOf } from '#preload/domain/span.ts';
import type { NamedText } from '../annotation-set.ts';
import type { MadePiece, MediaPlan, Piece } from './media-plan.ts';

/** What was made, piece by piece, in the form that others read it: known once everything is there. */
export function madeTables(plan: MediaPlan, made: readonly MadePiece[]): NamedText[] {
  const byPath = new Map(made.map((one) => [one.path, one]));
  const rows = plan.pieces.map((piece) => ({ piece, one: byPath.get(piece.path)! }));
  return [plan.kind === 'features' ? featuresSidecar(plan, rows) : tableOfPieces(plan, rows)];
}

interface Row {
  readonly piece: Piece;
  readonly one: MadePiece;
}

const columns = [
  'label',
  'youtube_id',
  'time_start',
  'time_end',
  'split',
  'path',
  'start_frame',
  'frames',
  'lost_frames',
  'bytes',
];
const columnsOfFilms = ['video', 'not_copied_since', 'sha256'];

/** The columns of Kinetics, so that its readers and our import take the table, then what else there is to know. */
function tableOfPieces({ kind, classes, pieces }: MediaPlan, rows: readonly Row[]): NamedText {
  const wordOf = splitWords(pieces);
  const isFilm = kind === 'clips';
  const records = rows.map(({ piece, one }) => ({
    label: formulaCell(classes[piece.segments[0]!.label]!),
    youtube_id: formulaCell(piece.video),
    time_start: secondsOf(piece.startUs),
    time_end: secondsOf(piece.endUs),
    split: wordOf(piece),
    path: formulaCell(piece.path),
    start_frame: piece.startFrame,
    frames: piece.endFrame - piece.startFrame,
    lost_frames: one.lostFrames,
    bytes: one.bytes,
    ...(isFilm && { video: one.how, not_copied_since: one.why ?? '', sha256: one.sha256 }),
  }));
  return {
    name: `${kind}.csv`,
    text: stringify(records, { header: true, columns: [...columns, ...(isFilm ? columnsOfFilms : [])] }),
  };
}

/**
 * `feat_stride` and `num_frames` are ActionFormer's and OpenTAD's: row `i` looks at the one frame that is on screen at
 * `i / sampling_fps`, so that it stands for `i · feat_stride` frames from the start, counted at the video's mean rate.
 */
function featuresSidecar(plan: MediaPlan, rows: readonly Row[]): NamedText {
  const videos = Object.fromEntries(
    rows.map(({ piece, one }) => {
      const seconds = secondsOf(piece.endUs - piece.startUs);
      const frames = piece.endFrame - piece.startFrame;
      return [
        piece.video,
        {
          features: piece.path,
          times: plan.packing === 'npy' ? timesPathOf(piece.path) : null,
          shape: one.shape,
          sha256: one.sha256,
          subset: piece.split,
          frames,
          fps: frames / seconds,
          first_frame_s: secondsOf(piece.startUs),
          end_s: secondsOf(piece.endUs),
          feat_stride: frames / seconds / plan.samplingFps,
          num_frames: 1,
          segments: piece.segments.map(({ startUs, endUs, label }) => ({
            segment: [secondsOf(startUs), secondsOf(endUs)],
            label: plan.classes[label],
            label_id: label,
          })),
        },
      ];
    }),
  );
  const document = {
    program: `Cuepoint ${plan.version}`,
    model: plan.model,
    sampling_fps: plan.samplingFps,
    numbers: plan.numbers,
    rows_of_length_1: true,
    classes: plan.classes,
    videos,
  };
  return { name: 'features.json', text: `${JSON.stringify(document, null, 1)}\n` };
}

/** Where the seconds of features lie: in a folder beside theirs, so that loaders of features find nothing else. */
export const timesPathOf = (path: string): string => path.replace(/^features\//u, 'times/');
