import { createHash } from 'node:crypto';
import type { ProjectSettings } from '#preload/domain/settings.ts';
import { secondsOf } from '#preload/domain/span.ts';
import type { AnnotationSet, NamedBytes, NamedText } from './annotation-set.ts';
import type { Format } from './format.ts';

/** Of the file that lies beside an export and says where it comes from. */
export const provenanceEnding = '.provenance.json';

/**
 * Where an export comes from, as JSON: program, format and options, what was written (SHA-256 of each file), how much of
 * what is in it, what made the segments and who signed them, the classes' prompts, the settings by which proposals were made, and the content
 * of each video with its part of the data set.
 */
export function provenanceOf(
  set: AnnotationSet,
  format: Format,
  settings: ProjectSettings,
  files: readonly (NamedText | NamedBytes)[],
  at: Date,
): string {
  const { options, segments, classes, videos } = set;
  const className = new Map(classes.map(({ id, name }) => [id, name]));
  const document = {
    program: 'Cuepoint',
    version: set.version,
    written_at: at.toISOString(),
    format: format.id,
    options: {
      states: options.states.toSorted(),
      minimum_score: options.minimumScore,
      chosen_videos_only: options.videoIds !== null,
      format_options: Object.fromEntries(
        (format.options ?? []).map(({ id, choices }) => [id, options.formatOptions[id] ?? choices[0]!.id]),
      ),
    },
    files: files.map((file) => {
      const bytes = 'text' in file ? Buffer.from(file.text) : file.bytes;
      return { name: file.name, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
    }),
    counts: {
      videos: videos.length,
      classes: classes.length,
      segments: segments.length,
      segments_of_state: counted(segments.map(({ state }) => state)),
      segments_of_class: counted(segments.map(({ classId }) => className.get(classId)!)),
      videos_of_split: counted(videos.map(({ split }) => split ?? 'none')),
    },
    made_by: counted(
      segments.map(({ source }) =>
        source.kind === 'model'
          ? `model ${source.model}, ${source.version}${source.scorer ? `, scored by ${source.scorer.model}` : ''}`
          : source.kind === 'import'
            ? `import from ${source.format}`
            : 'person',
      ),
    ),
    annotators: counted(segments.flatMap(({ annotator }) => annotator ?? [])),
    settings: {
      model: settings.model,
      scorer: settings.scorer,
      scorer_model: settings.scorerModel,
      sampling_fps: settings.samplingFps,
      score_threshold: settings.scoreThreshold,
      templates: settings.templates,
      background_texts: settings.backgroundTexts,
    },
    classes: classes.map(({ name, prompt }) => ({ name, prompt })),
    videos: videos.map(({ name, checksum, facts, split }) => ({
      name,
      sha256: checksum,
      frames: facts.frameCount,
      end_s: secondsOf(facts.endUs),
      average_fps: facts.averageFps,
      variable_frame_rate: facts.variableFrameRate,
      frame_times: facts.times,
      split,
    })),
  };
  return `${JSON.stringify(document, null, 1)}\n`;
}

/** How often each word occurs, by word. */
const counted = (words: readonly string[]): Record<string, number> =>
  Object.fromEntries(
    [...Map.groupBy(words, (word) => word)]
      .map(([word, all]): [string, number] => [word, all.length])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
