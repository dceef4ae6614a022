import type { Segment } from '#preload/domain/segment.ts';
import type { ProjectSettings } from '#preload/domain/settings.ts';
import { t } from '../../language/language.ts';

/** Who made a segment, in words: "Drawn by a person", "Proposed by clip-vit-base, zero-shot", "Imported from COCO". */
export function sourceWords(source: Segment['source']): string {
  switch (source.kind) {
    case 'human':
      return t('Drawn by a person');
    case 'model': {
      const { model, version, scorer } = source;
      if (scorer === undefined) return t('Proposed by {{model}}, {{version}}', { model, version });
      const clips = scorer.version === null ? scorer.model : `${scorer.model}, ${scorer.version}`;
      return scorer.mode === 'xclip'
        ? t('Proposed by {{model}}, scored by {{clips}} (X-CLIP)', { model, clips })
        : t('Proposed by {{model}}, {{version}}, scored together with {{clips}} (X-CLIP)', { model, version, clips });
    }
    case 'import':
      return t('Imported from {{format}}', { format: source.format });
  }
}

/** Who says what a stretch shows: the model with its prompts, an X-CLIP, or both; `version` names the prompts. */
export function scorerWords(
  { model, scorer, scorerModel }: Pick<ProjectSettings, 'model' | 'scorer' | 'scorerModel'>,
  version: string,
): string {
  const frames = `${model ?? t('no model')}, ${version}`;
  if (scorer === 'clip' || scorerModel === null) return frames;
  return scorer === 'xclip'
    ? t('{{scorerModel}} (X-CLIP)', { scorerModel })
    : t('{{frames}}, together with {{scorerModel}} (X-CLIP)', { frames, scorerModel });
}
