import type { LookBack } from '#preload/contract/history.ts';
import type { RestorePoint } from '#preload/domain/restore-point.ts';
import { t } from '../../language/language.ts';
import { counted } from '../../language/counted.ts';

/** Who set a point, and which model version was in use: "Ana Berg · starter, Version 2". */
export const pointDetails = ({ annotator, model, version }: RestorePoint): string =>
  [
    ...(annotator === null ? [] : [annotator]),
    model === null ? t('no model') : `${model}, ${version ?? t('names alone')}`,
  ].join(' · ');

type Others = LookBack['others'];

const otherWords: { readonly [Kind in keyof Others]: (count: number) => string } = {
  classes: (count) => counted(count, 'class', 'classes'),
  reviews: (count) => counted(count, 'review state'),
  videos: (count) => counted(count, 'video in or out of the project', 'videos in or out of the project'),
  splits: (count) => counted(count, 'video in another split', 'videos in another split'),
  attributes: (count) => counted(count, 'attribute'),
};

/** What else differs than segments: "2 classes, 1 review state"; empty for nothing. */
export const othersWords = (others: Others): string =>
  (Object.keys(otherWords) as (keyof Others)[])
    .flatMap((kind) => (others[kind] > 0 ? otherWords[kind](others[kind]) : []))
    .join(', ');

/** Who made what would go: "Since then: 3 edits by Ana, 1 edit by Ben." */
export function makersWords(makers: LookBack['makers']): string {
  const said = makers.map(({ annotator, count }) =>
    t('{{edits}} by {{name}}', { edits: counted(count, 'edit'), name: annotator ?? t('somebody at this machine') }),
  );
  return said.length === 0
    ? t('Nobody has edited since; a model has.')
    : t('Since then: {{said}}.', { said: said.join(', ') });
}
