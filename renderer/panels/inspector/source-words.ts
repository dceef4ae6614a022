import type { Segment } from '#preload/domain/segment.ts';
import type { ProjectSettings } from '#preload/domain/settings.ts';

/** Who made a segment, in words: "Drawn by a person", "Proposed by clip-vit-base, zero-shot", "Imported from COCO". */
export function sourceWords(source: Segment['source']): string {
  switch (source.kind) {
    case 'human':
      return 'Drawn by a person';
    case 'model': {
      const { model, version, scorer } = source;
      if (scorer === undefined) return `Proposed by ${model}, ${version}`;
      const clips = scorer.version === null ? scorer.model : `${scorer.model}, ${scorer.version}`;
      return scorer.mode === 'xclip'
        ? `Proposed by ${model}, scored by ${clips} (X-CLIP)`
        : `Proposed by ${model}, ${version}, scored together with ${clips} (X-CLIP)`;
    }
    case 'import':
      return `Imported from ${source.format}`;
  }
}

/** Who says what a stretch shows: the model with its prompts, an X-CLIP, or both; `version` names the prompts. */
export function scorerWords(
  { model, scorer, scorerModel }: Pick<ProjectSettings, 'model' | 'scorer' | 'scorerModel'>,
  version: string,
): string {
  const frames = `${model ?? 'no model'}, ${version}`;
  if (scorer === 'clip' || scorerModel === null) return frames;
  return scorer === 'xclip' ? `${scorerModel} (X-CLIP)` : `${frames}, together with ${scorerModel} (X-CLIP)`;
}
