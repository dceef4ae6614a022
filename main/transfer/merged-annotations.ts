import type {
  ImportedAnnotations,
  ImportedAttribute,
  ImportedSegment,
  ImportedVideo,
  RowFault,
} from './annotation-set.ts';
import { PackedRows } from './packed-rows.ts';

/** What several files, or pieces of one, say together: classes of one name are one, and so are videos of one name and checksum. */
export class MergedAnnotations {
  readonly classes: ImportedAnnotations['classes'][number][] = [];
  readonly videos: ImportedVideo[] = [];
  readonly segments = new PackedRows<ImportedSegment>();
  readonly faults = new PackedRows<RowFault>();
  readonly attributes: ImportedAttribute[] = [];
  /** How many segments each video has. */
  readonly segmentsOfVideo: number[] = [];
  readonly #classIndex = new Map<string, number>();
  readonly #videoIndex = new Map<string, number>();

  add(part: ImportedAnnotations): void {
    const classOf = part.classes.map((one) => indexIn(this.#classIndex, one.name, () => this.classes.push(one)));
    const videoOf = part.videos.map((one) => {
      const reviews = one.reviews.map(({ class: reviewed, state }) => ({ class: classOf[reviewed]!, state }));
      const known = this.videos.length;
      const index = indexIn(this.#videoIndex, JSON.stringify([one.fileName, one.checksum]), () =>
        this.videos.push({ ...one, reviews }),
      );
      this.segmentsOfVideo[index] ??= 0;
      if (index < known) {
        const before = this.videos[index]!;
        const subset = before.subset ?? one.subset;
        this.videos[index] = { ...before, subset, reviews: [...before.reviews, ...reviews] };
      }
      return index;
    });
    for (const segment of part.segments) {
      const video = videoOf[segment.video]!;
      this.segmentsOfVideo[video]! += 1;
      this.segments.push({
        ...segment,
        video,
        ...('startS' in segment && segment.after && { after: segment.after.map((index) => videoOf[index]!) }),
        class: segment.class === null ? null : classOf[segment.class]!,
        ...(segment.exampleOf && {
          exampleOf: segment.exampleOf.map((example) => ({ ...example, class: classOf[example.class]! })),
        }),
        ranking: segment.ranking.map((entry) => ({ ...entry, class: classOf[entry.class]! })),
      });
    }
    const known = new Set(this.attributes.map(({ name }) => name));
    this.attributes.push(...(part.attributes ?? []).filter(({ name }) => !known.has(name)));
    for (const fault of part.faults) this.faults.push(fault);
  }
}

function indexIn(indices: Map<string, number>, key: string, add: () => number): number {
  const known = indices.get(key);
  if (known !== undefined) return known;
  const index = add() - 1;
  indices.set(key, index);
  return index;
}
