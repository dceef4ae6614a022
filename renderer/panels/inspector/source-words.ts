import type { Segment } from '#preload/domain/segment.ts';
import type { ProjectSettings } from '#preload/domain/settings.ts';

/** How a version's name goes on where a scorer of clips has a say in it. */
const withClips = /^(?:(.+) \+ )?X-CLIP (.+)$/;

/** Who made a segment, in words: "Drawn by a person", "Proposed by clip-vit-base, zero-shot", "Imported from COCO". */
export function sourceWords(source: Segment['source']): string {
  switch (source.kind) {
    case 'human':
      return 'Drawn by a person';
    case 'model': {
      const [, prompts, scorer] = withClips.exec(source.version) ?? [];
      if (scorer === undefined) return `Proposed by ${source.model}, ${source.version}`;
      return prompts === undefined
        ? `Proposed by ${source.model}, scored by ${scorer} (X-CLIP)`
        : `Proposed by ${source.model}, ${prompts}, scored together with ${scorer} (X-CLIP)`;
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
