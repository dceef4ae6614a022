import type {
  ImportedAnnotations,
  ImportedAttribute,
  ImportedSegment,
  ImportedVideo,
  SaidFrames,
  SaidSeconds,
} from '../annotation-set.ts';
import type { TableStart } from '../table-pieces.ts';
import { possibleRows } from './possible-rows.ts';
import { NameList, RowReader } from './row-reader.ts';
import type { SaidValue, Saying, Told } from '#preload/domain/saying.ts';

export type SaidRow = (SaidSeconds | SaidFrames) & {
  readonly place: Told;
  /** As the file names it. */
  readonly video: string;
  readonly label: string;
  readonly score?: number | null | undefined;
  readonly note?: string | undefined;
  readonly annotator?: string | undefined;
  readonly subject?: string | undefined;
  readonly ambiguous?: boolean | undefined;
  readonly values?: ImportedSegment['values'];
  /** Where the format has words for it. */
  readonly state?: ImportedSegment['state'] | undefined;
};

/** Collects what a file says, row by row, where it says little beside video, class and time. */
export class SegmentRows {
  readonly checks = new RowReader();
  readonly #format: string;
  readonly #labels = new NameList();
  readonly #names = new NameList();
  readonly #videos: ImportedVideo[] = [];
  readonly #segments: ImportedSegment[] = [];
  readonly #points = new Set<string>();
  readonly #attributes: ImportedAttribute[] = [];

  /** @param format its id, which becomes the source of the segments */
  constructor(format: string) {
    this.#format = format;
  }

  /** Lists a video also where it has no segment; the first subset that is said for it holds. */
  video(fileName: string, subset: string | null = null): number {
    const index = this.#names.indexOf(fileName);
    const before = this.#videos[index];
    this.#videos[index] =
      before === undefined
        ? { fileName, checksum: null, subset, reviews: [] }
        : { ...before, subset: before.subset ?? subset };
    return index;
  }

  /** Makes a class one of points. */
  point(name: string): void {
    this.#points.add(name);
  }

  /** Defines an attribute, whether or not a segment has a value of it. */
  attribute(definition: ImportedAttribute): void {
    this.#attributes.push(definition);
  }

  /** Lists a class also where no segment has it. */
  label(name: string): number {
    return this.#labels.indexOf(name);
  }

  /** Without a state, a row with a score is a proposal and one without is accepted. */
  add({ video, label, score = null, note = '', state, ...said }: SaidRow): void {
    const known = state ?? (score === null ? 'accepted' : 'proposed');
    this.#segments.push({
      ...said,
      video: this.video(video),
      class: this.label(label),
      state: known,
      isStateSaid: state !== undefined,
      score,
      source: { kind: 'import', format: this.#format },
      touched: known !== 'proposed',
      ranking: [],
      note,
    });
  }

  refuse(place: Told, reason: Saying): void {
    this.checks.refuse(place, reason);
  }

  /**
   * @param format with its article, for what fails
   * Fails with `unreadable-annotations` where a file has rows but none that is good.
   */
  done(file: string, format: SaidValue, start?: TableStart): ImportedAnnotations {
    return possibleRows(
      {
        classes: this.#labels.names.map((name) => ({
          name,
          ...(this.#points.has(name) && { kind: 'point' as const }),
        })),
        videos: this.#videos,
        segments: this.#segments,
        ...(this.#attributes.length > 0 && { attributes: this.#attributes }),
        faults: this.checks.faults,
      },
      file,
      format,
      start,
    );
  }
}
