import { durationUs, secondsOf } from '#preload/domain/span.ts';
import type { AnnotationSet, ExportedVideo, NamedText } from '../annotation-set.ts';
import { filePerPart } from '../codecs/part-files.ts';
import { heldSegments } from '../codecs/held-segments.ts';
import { withoutRejected } from '../codecs/without-rejected.ts';
import { chosenIn, type FormatOption } from '../format.ts';
import type { Piece } from './media-plan.ts';
import { apart, distinctSafeNames } from './safe-names.ts';
import { say, type Saying } from '#preload/domain/saying.ts';

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

/** Null: as they are. */
export const shortSideIn = (chosen: Readonly<Record<string, string>>): number | null => {
  const size = chosenIn(sizeOption, chosen);
  return size === 'original' ? null : Number(size);
};

/** About how many bytes pieces take: `bytesOf` at full size, less where pictures are scaled down. */
export function sumOfPieces(set: AnnotationSet, bytesOf: (video: ExportedVideo, seconds: number) => number): number {
  const shortSide = shortSideIn(set.options.formatOptions) ?? Number.POSITIVE_INFINITY;
  const byId = new Map(set.videos.map((video) => [video.id, video]));
  return withoutRejected(set).held.reduce((sum, segment) => {
    const video = byId.get(segment.videoId)!;
    const scale = Math.min(1, shortSide / Math.min(video.facts.width, video.facts.height));
    return sum + bytesOf(video, secondsOf(durationUs(segment))) * scale ** 2;
  }, 0);
}

/**
 * A piece per segment, in a folder for its class: `class/video_start_end`, seconds to the millisecond. Rejected segments
 * are left out and counted.
 * @param ending of the path
 */
export function cutPieces(
  set: AnnotationSet,
  ending: string,
): { readonly pieces: Piece[]; readonly warnings: readonly Saying[] } {
  const { videos, warnings } = heldSegments(set);
  const folders = distinctSafeNames(set.classes.map(({ name }) => name));
  const stems = distinctSafeNames(videos.map(({ key }) => key));
  const named = videos.flatMap(({ video, key, segments }, index) =>
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
  // The same segment twice, or two that differ by less than names say, are files of their own.
  const paths = apart(named.map(({ path }) => path));
  const pieces = named.map((piece, index) => ({ ...piece, path: `${paths[index]!}${ending}` }));
  return { pieces, warnings: [...warnings, ...renamed(set, folders)] };
}

/** Seconds with leading zeros, so that files lie in the order of their times. */
const timeInName = (us: number): string => secondsOf(us).toFixed(3).padStart(10, '0');

const renamed = ({ classes }: AnnotationSet, folders: readonly string[]): Saying[] => {
  const other = classes.filter(({ name }, index) => name !== folders[index]).length;
  return other === 0
    ? []
    : [
        say(
          '{{count}} classes have another name as a folder; label_map.txt and the table of pieces have them as they are.',
          {
            count: other,
            one: '{{count}} class has another name as a folder; label_map.txt and the table of pieces have it as it is.',
          },
        ),
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
