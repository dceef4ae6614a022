import { counted } from '#preload/domain/counted.ts';
import { secondsOf } from '#preload/domain/span.ts';
import type { AnnotationSet, NamedText } from '../annotation-set.ts';
import { filePerPart } from '../codecs/part-files.ts';
import { heldSegments } from '../codecs/held-segments.ts';
import type { FormatOption } from '../format.ts';
import type { Piece } from './media-plan.ts';
import { distinctSafeNames } from './safe-names.ts';

/** Sizes that recognition models are trained at. */
export const sizeOption: FormatOption = {
  id: 'size',
  name: 'Size',
  description: 'how large pictures are',
  choices: [
    { id: 'original', name: 'As they are', description: 'Every pixel of the film.' },
    { id: '320', name: 'Short side 320', description: 'Scaled down; larger than most models look at.' },
    { id: '256', name: 'Short side 256', description: 'Scaled down, as many training sets are.' },
  ],
};

/**
 * A piece per segment, in a folder for its class: `class/video_start_end`, seconds to the millisecond. Rejected segments
 * are left out and counted.
 * @param ending of the path
 */
export function cutPieces(
  set: AnnotationSet,
  ending: string,
): { readonly pieces: readonly Piece[]; readonly warnings: readonly string[] } {
  const { videos, warnings } = heldSegments(set);
  const folders = distinctSafeNames(set.classes.map(({ name }) => name));
  const stems = distinctSafeNames(videos.map(({ key }) => key));
  const pieces = videos.flatMap(({ video, key, segments }, index) =>
    segments.map(({ labelId, startUs, endUs, startFrame, endFrame }): Piece => {
      const name = `${stems[index]!}_${timeInName(startUs)}_${timeInName(endUs)}`;
      return {
        path: `${folders[labelId]!}/${name}`,
        videoId: video.id,
        checksum: video.checksum,
        video: key,
        split: video.split,
        startFrame,
        endFrame,
        startUs,
        endUs,
        segments: [{ startUs, endUs, label: labelId }],
      };
    }),
  );
  return { pieces: apart(pieces, ending), warnings: [...warnings, ...renamed(set, folders)] };
}

/** The same segment twice, or two that differ by less than names say, are files of their own. */
function apart(pieces: readonly Piece[], ending: string): Piece[] {
  const taken = new Set<string>();
  return pieces.map((piece) => {
    let path = piece.path;
    for (let count = 2; taken.has(path.toLowerCase()); count += 1) path = `${piece.path}_${count}`;
    taken.add(path.toLowerCase());
    return { ...piece, path: `${path}${ending}` };
  });
}

/** Seconds with leading zeros, so that files lie in the order of their times. */
const timeInName = (us: number): string => secondsOf(us).toFixed(3).padStart(10, '0');

const renamed = ({ classes }: AnnotationSet, folders: readonly string[]): string[] => {
  const other = classes.filter(({ name }, index) => name !== folders[index]).length;
  return other === 0
    ? []
    : [
        `${counted(other, 'class has', 'classes have')} another name as a folder; label_map.txt and the table of pieces have them as they are.`,
      ];
};

/** The classes, one a line, and a list for each part of the data set, of lines that MMAction2 parts at white space. */
export const mmactionLists = (
  { classes }: Pick<AnnotationSet, 'classes'>,
  pieces: readonly Piece[],
  name: string,
  lineOf: (piece: Piece) => string,
): NamedText[] => [
  { name: 'label_map.txt', text: classes.map((one) => `${one.name}\n`).join('') },
  ...filePerPart(
    pieces.map((piece) => ({ piece, video: { split: piece.split } })),
    (part) => `${name}${part}.txt`,
    (of) => of.map(({ piece }) => `${lineOf(piece)}\n`).join(''),
  ),
];
