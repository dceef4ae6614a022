import type { Comparison } from '#preload/domain/judgement.ts';
import type { TuningStatus } from '#preload/contract/tuning.ts';
import type { ScorerPresetId, ScorerVersion } from '#preload/domain/scorer-version.ts';
import type { TunedVersion, TuningPresetId } from '#preload/domain/tuning.ts';
import { t } from '../../language/language.ts';
import { differenceWords, points } from './brought-words.ts';
import { percent, decimal } from '../../ui/quantities.ts';

/** What a preset is called, and what choosing it means. */
export const presetWords: Record<TuningPresetId, { readonly name: string; readonly meaning: string }> = {
  quick: { name: t('Quick'), meaning: t('Learns words to put before each name. Right for most days.') },
  full: {
    name: t('Full'),
    meaning: t('Words before and after each name; with 8 shots a class, also how frames follow each other.'),
  },
  'efficient-prompt': {
    name: t('As published'),
    meaning: t('The recipe of Ju et al. 2022, from a random start. Slowest; for comparison.'),
  },
  actionclip: {
    name: t('ActionCLIP'),
    meaning: t('The texts and the six temporal layers of Wang et al. 2021, over the model as it is. For comparison.'),
  },
  clip4clip: {
    name: 'CLIP4Clip',
    meaning: t('The sequential transformer of Luo et al. 2021, over the model as it is. For comparison.'),
  },
};

/** The same for fine-tuning an X-CLIP. */
export const scorerPresetWords: Record<ScorerPresetId, { readonly name: string; readonly meaning: string }> = {
  careful: {
    name: t('Careful'),
    meaning: t('Trains what compares clips and names, near the published weights. Quickest.'),
  },
  'cross-frame': {
    name: t('Cross-frame'),
    meaning: t('Trains all that X-CLIP adds to CLIP. Slow without a graphics card.'),
  },
  'x-clip': { name: t('As published'), meaning: t('The few-shot recipe of Ni et al. 2022, pictures too. Slowest.') },
};

/** The learned parts that have a say in proposals, in the order in which they came to be. */
export const partWords: Record<keyof TuningStatus['parts'], { readonly name: string; readonly meaning: string }> = {
  corrections: {
    name: t('Corrections at once'),
    meaning: t('Each correction changes scores the moment it lands, without Teach.'),
  },
  prompts: { name: t('Prompts'), meaning: t('Learned words around the class names.') },
  temporal: { name: t('Temporal module'), meaning: t('Looks at how frames follow each other.') },
  boundaries: { name: t('Boundary head'), meaning: t('Moves starts and ends to where people set them.') },
};

/** What a version is worth on corrections held back. */
export const worthWords = ({ tuned }: ScorerVersion['heldOut']): string =>
  tuned.count === 0
    ? t('nothing held back to check it on')
    : t('{{accuracy}} right · log loss {{logLoss}}', {
        accuracy: percent(tuned.accuracy),
        logLoss: decimal(tuned.logLoss, 3),
      });

/** What trained parts are worth on held-back videos. */
export function judgedWords(comparison: Comparison | null): string {
  if (comparison === null || comparison.verdict === 'untested') return t('nothing held back to check it on');
  return t('{{after}} mAP, {{before}} without ({{difference}})', {
    after: points(comparison.after),
    before: points(comparison.before),
    difference: differenceWords(comparison),
  });
}

/** How many shots a version was trained on, background left out. */
export const shotCount = ({ shots }: Pick<TunedVersion, 'shots'>): number =>
  shots.reduce((sum, { count }) => sum + count, 0);
