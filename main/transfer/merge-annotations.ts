import type { ImportedAnnotations, ImportedVideo } from './annotation-set.ts';

/** What several files say together: classes of one name are one, and so are videos of one name and checksum. */
export function mergeAnnotations(parts: readonly ImportedAnnotations[]): ImportedAnnotations {
  const classes: ImportedAnnotations['classes'][number][] = [];
  const videos: ImportedVideo[] = [];
  const [classIndex, videoIndex] = [new Map<string, number>(), new Map<string, number>()];
  const segments: ImportedAnnotations['segments'][number][] = [];
  for (const part of parts) {
    const classOf = part.classes.map((one) => indexIn(classIndex, one.name, () => classes.push(one)));
    const videoOf = part.videos.map((one) => {
      const reviews = one.reviews.map(({ class: reviewed, state }) => ({ class: classOf[reviewed]!, state }));
      const known = videos.length;
      const index = indexIn(videoIndex, JSON.stringify([one.fileName, one.checksum]), () =>
        videos.push({ ...one, reviews }),
      );
      if (index < known) {
        const before = videos[index]!;
        videos[index] = { ...before, subset: before.subset ?? one.subset, reviews: [...before.reviews, ...reviews] };
      }
      return index;
    });
    for (const segment of part.segments) {
      segments.push({
        ...segment,
        video: videoOf[segment.video]!,
        class: segment.class === null ? null : classOf[segment.class]!,
        ranking: segment.ranking.map((entry) => ({ ...entry, class: classOf[entry.class]! })),
      });
    }
  }
  return { classes, videos, segments, faults: parts.flatMap(({ faults }) => faults) };
}

function indexIn(indices: Map<string, number>, key: string, add: () => number): number {
  const known = indices.get(key);
  if (known !== undefined) return known;
  const index = add() - 1;
  indices.set(key, index);
  return index;
}
