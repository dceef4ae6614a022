import { say, type Told } from '#preload/domain/saying.ts';
import { stringify } from 'csv-stringify/sync';
import { secondsOf } from '#preload/domain/span.ts';
import type { AnnotationSet, ImportedAnnotations, WrittenFolder } from '../annotation-set.ts';
import type { Format } from '../format.ts';
import { clockText } from './clock-time.ts';
import { videoOfFile } from './file-of-video.ts';
import { heldSegments } from './held-segments.ts';
import { SegmentRows } from './segment-rows.ts';
import { formulaCell, plainCell } from '#preload/domain/spreadsheet-cells.ts';
import { recordsOf } from './table-file.ts';
import { inLine } from './row-places.ts';

export const viameCsv: Format = {
  id: 'viame-csv',
  name: 'VIAME CSV',
  extensions: ['csv'],
  description:
    'A folder with one table per video, as DIVE and VIAME read it: the first and the last box of each segment.',
  layout: 'folder',
  keeps: ['times to the frame', 'overlaps', 'scores'],
  read,
  write,
};

const format = say('a VIAME table of detections');
const header =
  '# 1: Detection or Track-id,2: Video or Image Identifier,3: Unique Frame Identifier,4-7: Img-bbox(TL_x,TL_y,BR_x,BR_y),8: Detection or Length Confidence,9: Target Length (0 or -1 if invalid),10-11+: Repeated Species,Confidence Pairs or Attributes\n';

/** A track is a segment from its first frame to its last. Its class is the surest of its last row, as DIVE takes it. */
function read(text: string, file: string): ImportedAnnotations {
  const rows = new SegmentRows('viame-csv');
  const video = videoOfFile(file, ['.csv']);
  rows.video(video);
  const tracks = new Map<string, { first: number; last: number; label: string; confidence: number; place: Told }>();
  for (const { cells, line } of recordsOf(text.replaceAll(/^#.*$/gmu, ''), ',', file, format)) {
    const place = inLine(line);
    const [id = '', , frameCell = ''] = cells.map((cell) => cell.trim());
    const frame = Number(frameCell);
    if (cells.length < 9 || frameCell === '' || !Number.isInteger(frame)) {
      rows.refuse(place, say('a row has a track, a frame and a box'));
      continue;
    }
    const track = tracks.get(id) ?? { first: frame, last: frame, label: '', confidence: -Infinity, place };
    tracks.set(id, track);
    track.first = Math.min(track.first, frame);
    track.last = Math.max(track.last, frame);
    Object.assign(track, { confidence: -Infinity, label: '' });
    for (let at = 9; at + 1 < cells.length && !cells[at]!.trimStart().startsWith('('); at += 2) {
      const confidence = Number(cells[at + 1]);
      if (confidence > track.confidence) Object.assign(track, { confidence, label: plainCell(cells[at]!.trim()) });
    }
  }
  for (const { first, last, label, confidence, place } of tracks.values()) {
    // As VIAME and DIVE call what was only detected; how surely says nothing of a class.
    const told = label === '' ? { label: 'unknown' } : { label, score: confidence === 1 ? null : confidence };
    rows.add({ place, video, ...told, startFrame: first, endFrame: last + 1 });
  }
  return rows.done(file, format);
}

function write(set: AnnotationSet): WrittenFolder {
  const { videos, warnings } = heldSegments(set);
  const files = videos.map(({ key, video, segments }) => {
    const { width, height, averageFps } = video.facts;
    const frames = segments.length === 0 ? null : video.frames();
    const rows = segments.flatMap(({ label, score, startFrame, endFrame }, id) =>
      [...new Set([startFrame, endFrame - 1])].map((frame) => [
        id,
        clockText(frames!.startUs(frame), 6),
        frame,
        0,
        0,
        width,
        height,
        score ?? 1,
        -1,
        formulaCell(label),
        score ?? 1,
      ]),
    );
    const metadata = `# metadata,fps: ${averageFps},duration: ${secondsOf(video.facts.endUs)}\n`;
    return { name: `${key}.csv`, text: `${header}${metadata}${stringify(rows)}` };
  });
  return { files, warnings };
}
