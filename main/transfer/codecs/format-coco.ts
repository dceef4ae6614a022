import type { ActionClass } from '#preload/domain/action-class.ts';
import type { Segment } from '#preload/domain/segment.ts';
import { durationUs, secondsOf } from '#preload/domain/span.ts';
import { chosenIn } from '../format.ts';
import { videoFileNames } from '../video-names.ts';
import { definitionOf, detailsOf, meaningOf } from '../said-details.ts';
import { coversVideo } from './whole-video.ts';
import { cocoBoxes } from './coco-boxes.ts';
import type { AnnotationSet, ExportedVideo, Written } from '../annotation-set.ts';

/**
 * COCO-style JSON. Identifiers count from 1 in the set's order (COCO's evaluation takes 0 for "unmatched"), each video is
 * one image of the same identifier, and there is no `segmentation`, since an empty one breaks the loader. With temporal
 * boxes `[start, 0, duration, 1]` the IoU that COCOeval computes is temporal IoU. `start_frame` and `end_frame` are
 * half-open frame indices: `end_frame` is the first frame after the segment. Nothing depends on when or where it is written.
 */
export function formatCoco(set: AnnotationSet): Written {
  const names = videoFileNames(set.videos);
  const categoryId = new Map(set.classes.map((value, index) => [value.id, index + 1]));
  const videoId = new Map(set.videos.map((value, index) => [value.id, index + 1]));
  const place = new Map(set.segments.map(({ id }, index) => [id, index]));
  /** Clips that show what a class is, as far as they are among the annotations. */
  const examplesOf = ({ examples = [] }: ActionClass) => {
    const written = examples.flatMap((id) => {
      const index = place.get(id);
      if (index === undefined) return [];
      const { videoId: of, startUs, endUs } = set.segments[index]!;
      const video = names[videoId.get(of)! - 1]!;
      return [{ annotation_id: index + 1, video, segment: [secondsOf(startUs), secondsOf(endUs)] }];
    });
    return written.length === 0 ? {} : { examples: written };
  };
  const text = writeDocument({
    info: infoOf(set),
    licenses: [],
    videos: set.videos.map((value, index) => videoOf(value, names[index]!, index + 1, set, categoryId)),
    images: set.videos.map(({ id, facts }, index) => ({
      id: index + 1,
      video_id: index + 1,
      file_name: names[index]!,
      width: facts.width,
      height: facts.height,
      frame_index: 0,
      frame_id: 0,
      // Classes of the whole video, for recognition; each is among the annotations as well.
      attributes: { labels: labelsOf(set, id, facts) },
    })),
    categories: set.classes.map((value, index) => ({
      ...categoryOf(value, index + 1, set.classes),
      ...examplesOf(value),
    })),
    ...(set.attributes.length > 0 && {
      attributes: set.attributes.map((value) => definitionOf(value, set.classes)),
    }),
    annotations: set.segments.map((segment, index) => {
      const video = set.videos[videoId.get(segment.videoId)! - 1]!;
      return annotationOf(segment, index + 1, { video, videoId: videoId.get(video.id)!, categoryId, set });
    }),
  });
  return { text, warnings: [] };
}

function labelsOf({ classes, segments }: AnnotationSet, videoId: number, facts: ExportedVideo['facts']): string[] {
  const whole = segments.filter(
    (segment) => segment.videoId === videoId && segment.state === 'accepted' && coversVideo(segment, facts),
  );
  return classes.filter(({ id }) => whole.some(({ classId }) => classId === id)).map(({ name }) => name);
}

function infoOf({ segments, version, samplingFps, options }: AnnotationSet) {
  const models = new Set(segments.flatMap(({ source }) => (source.kind === 'model' ? source.model : [])));
  return {
    description: 'Action segments. Times in seconds on the presentation timeline; frame ranges are half-open.',
    exporter: 'Cuepoint',
    version,
    // Of the segments' makers rather than of the project, so that whoever imports the file writes the same one.
    model: models.size === 0 ? null : [...models].sort().join(', '),
    settings: {
      box: chosenIn(cocoBoxes, options.formatOptions),
      states: options.states.toSorted(),
      minimum_score: options.minimumScore,
      sampling_fps: samplingFps,
    },
  };
}

function videoOf(
  video: ExportedVideo,
  fileName: string,
  id: number,
  set: AnnotationSet,
  categoryId: ReadonlyMap<number, number>,
) {
  const { name, checksum, facts, split } = video;
  const review = set.reviews
    .filter((row) => row.videoId === video.id && row.state !== 'unseen')
    .map((row) => ({ category_id: categoryId.get(row.classId)!, state: row.state }))
    .sort((a, b) => a.category_id - b.category_id);
  const complete = new Set(review.filter((row) => row.state === 'complete').map((row) => row.category_id));
  const used = new Set(
    set.segments.filter((segment) => segment.videoId === video.id).map((segment) => categoryId.get(segment.classId)!),
  );
  return {
    id,
    name,
    file_name: fileName,
    width: facts.width,
    height: facts.height,
    fps: facts.averageFps,
    annotation_fps: facts.averageFps,
    duration: secondsOf(facts.endUs),
    frame_count: facts.frameCount,
    sha256: checksum,
    split,
    // TAO's words: looked for and not there; there, but perhaps not every occurrence is marked.
    neg_category_ids: [...complete].filter((category) => !used.has(category)).sort((a, b) => a - b),
    not_exhaustive_category_ids: [...used].filter((category) => !complete.has(category)).sort((a, b) => a - b),
    review,
    metadata: {
      first_frame_s: secondsOf(facts.firstFrameUs),
      last_frame_s: secondsOf(facts.lastFrameUs),
      variable_frame_rate: facts.variableFrameRate,
    },
  };
}

function categoryOf(value: ActionClass, id: number, classes: readonly ActionClass[]) {
  const { name, prompt, colour, digitKey } = value;
  const { parent, definition, kind, exclusive, morePrompts } = meaningOf(value, classes);
  return {
    id,
    name,
    supercategory: parent ?? 'action',
    prompt,
    colour,
    digit_key: digitKey,
    // Said once more, since a class of that name may lie at the top.
    ...(parent !== undefined && { parent }),
    ...(definition !== undefined && { definition }),
    ...(kind !== undefined && { kind }),
    ...(exclusive !== undefined && { exclusive }),
    ...(morePrompts !== undefined && { more_prompts: morePrompts }),
  };
}

function annotationOf(
  segment: Segment,
  id: number,
  context: {
    readonly video: ExportedVideo;
    readonly videoId: number;
    readonly categoryId: ReadonlyMap<number, number>;
    readonly set: AnnotationSet;
  },
) {
  const { video, videoId, categoryId, set } = context;
  const startS = secondsOf(segment.startUs);
  const durationS = secondsOf(durationUs(segment));
  const { width, height } = video.facts;
  const isTemporal = chosenIn(cocoBoxes, set.options.formatOptions) === 'temporal';
  const { startFrame, endFrame } = video.frames().frameRange(segment);
  return {
    id,
    image_id: videoId,
    video_id: videoId,
    track_id: id,
    instance_id: id,
    category_id: categoryId.get(segment.classId)!,
    bbox: isTemporal ? [startS, 0, durationS, 1] : [0, 0, width, height],
    area: isTemporal ? durationS : width * height,
    iscrowd: 0,
    segment: [startS, secondsOf(segment.endUs)],
    start_frame: startFrame,
    end_frame: endFrame,
    ...(segment.score === null ? {} : { score: segment.score }),
    state: segment.state,
    source: segment.source,
    attributes: {
      touched: segment.touched,
      note: segment.note,
      ...(segment.annotator !== undefined && { annotator: segment.annotator }),
      ...detailsOf(segment, set.attributes),
      ranking: segment.ranking.flatMap(({ classId, probability }) => {
        const category = categoryId.get(classId);
        return category === undefined ? [] : { category_id: category, probability };
      }),
    },
  };
}

/** One entry of a list per line: large files stay readable and their differences small. */
function writeDocument(document: Readonly<Record<string, unknown>>): string {
  const members = Object.entries(document).map(([key, value]) => {
    const lines =
      Array.isArray(value) && value.length > 0
        ? `[\n${value.map((entry) => JSON.stringify(entry)).join(',\n')}\n]`
        : JSON.stringify(value);
    return `${JSON.stringify(key)}: ${lines}`;
  });
  return `{\n${members.join(',\n')}\n}\n`;
}
