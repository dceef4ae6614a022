import type { ReactNode } from 'react';
import type { BoundaryVersion, TunedVersion } from '#preload/domain/tuning.ts';
import type { LessonVersion } from '#preload/domain/lesson-version.ts';
import type { ScorerVersion } from '#preload/domain/scorer-version.ts';
import { t } from '../../language/language.ts';
import { counted } from '../../language/counted.ts';
import { judgedWords, partWords, presetWords, scorerPresetWords, shotCount, worthWords } from './version-words.ts';
import { moment } from '../../ui/time-ago.ts';
import { percent, decimal } from '../../ui/quantities.ts';
import { said } from '../../language/said.ts';

/** A version of prompts or of a scorer, as the list and the comparison show it. */
export interface ListedVersion {
  readonly key: number;
  readonly name: string;
  /** The name as it is spoken where versions of several things are on screen. */
  readonly spoken: string;
  readonly facts: readonly string[];
  readonly live: boolean;
  readonly usable: boolean;
  /** Why using it asks first; null where it does not. */
  readonly doubt: string | null;
  /** What a comparison shows, in order: label and words. */
  readonly details: readonly (readonly [label: string, words: string])[];
  readonly curve?: ReactNode;
}

type HeldOut = ScorerVersion['heldOut'];
type Score = HeldOut['tuned'];

const worth = ({ tuned, zeroShot }: HeldOut, start: string, words: (score: Score) => string): string =>
  tuned.count === 0 ? '–' : `${words(tuned)} (${start} ${words(zeroShot)})`;

const heldOutDetails = (heldOut: HeldOut, start: string): ListedVersion['details'] => [
  [t('Held back'), t('{{number}} corrections', { number: heldOut.tuned.count })],
  [t('Right'), worth(heldOut, start, ({ accuracy }) => percent(accuracy))],
  [t('Log loss'), worth(heldOut, start, ({ logLoss }) => decimal(logLoss, 3))],
];

/** What was decided of a version: by what it brought on held-back videos, or by a person whatever it brought. Pure. */
export function standingWords({ passed, live, usable }: Pick<TunedVersion, 'passed' | 'live' | 'usable'>): string {
  if (!usable) return t('Made for another model than this project uses now.');
  if (live) return passed ? t('Better on held-back videos, and in use.') : t('In use, because you said so.');
  return passed ? t('Better on held-back videos; not in use now.') : t('Not in use: what was before stays.');
}

/** Prompts that were learned. Pure. */
export const listedPrompts = (version: TunedVersion): Omit<ListedVersion, 'curve'> => ({
  key: version.id,
  name: version.name,
  spoken: version.name,
  facts: [
    `${moment(version.createdAt)} · ${presetWords[version.preset].name}`,
    judgedWords(version.judgement?.prompts ?? null),
    ...(version.usable ? [] : [t('for the model {{model}}', { model: version.model })]),
  ],
  live: version.live,
  usable: version.usable,
  doubt: version.passed ? null : said(version.reason),
  details: [
    [t('Made'), moment(version.createdAt)],
    [t('Preset'), t('{{name}}, seed {{seed}}', { name: presetWords[version.preset].name, seed: String(version.seed) })],
    [t('Model'), version.model],
    [
      t('Learned from'),
      t('{{shotCount}} shots of {{shots}} classes, {{backgroundShots}} of background, {{videoCount}} videos', {
        shotCount: shotCount(version),
        shots: version.shots.length,
        backgroundShots: version.backgroundShots,
        videoCount: version.videoCount,
      }),
    ],
    [t('Prompts'), judgedWords(version.judgement?.prompts ?? null)],
    [t('Without examples'), judgedWords(version.judgement?.namesWithoutShots ?? null)],
    [t('Temporal module'), judgedWords(version.judgement?.temporal ?? null)],
    [
      t('Parts'),
      (['prompts', 'temporal'] as const)
        .filter((part) => version.parts[part])
        .map((part) => partWords[part].name)
        .join(', '),
    ],
    [t('Standing'), standingWords(version)],
    [t('Reason'), said(version.reason)],
  ],
});

/** A boundary head that was learned. Pure. */
export const listedEdges = (version: BoundaryVersion): ListedVersion => ({
  key: version.id,
  name: version.name,
  spoken: t('{{name}} of the edges', { name: version.name }),
  facts: [
    moment(version.createdAt),
    judgedWords(version.judgement),
    ...(version.usable ? [] : [t('for the model {{model}}', { model: version.model })]),
  ],
  live: version.live,
  usable: version.usable,
  doubt: version.passed ? null : said(version.reason),
  details: [
    [t('Made'), moment(version.createdAt)],
    [t('Model'), version.model],
    [
      t('Learned from'),
      t('{{segments}} segments in {{videoCount}} videos', {
        segments: version.segments,
        videoCount: version.videoCount,
      }),
    ],
    [t('Held back'), judgedWords(version.judgement)],
    [t('Standing'), standingWords(version)],
    [t('Reason'), said(version.reason)],
  ],
});

/** What corrections of another project taught. Pure. */
export const listedLesson = (version: LessonVersion): ListedVersion => {
  const taught = version.classes.filter(({ shots }) => shots > 0);
  const shots = taught.reduce((sum, one) => sum + one.shots, 0);
  return {
    key: version.id,
    name: version.name,
    spoken: t('{{name}} of {{origin}}', { name: version.name, origin: version.origin ?? t('this project') }),
    facts: [
      `${version.origin ?? ''} · ${moment(version.createdAt)}`,
      t('{{shots}} of {{classes}}', {
        shots: counted(shots, 'shot'),
        classes: counted(taught.length, 'class', 'classes'),
      }),
      ...(version.usable ? [] : [t('for the model {{model}}', { model: version.model })]),
    ],
    live: version.live,
    usable: version.usable,
    doubt: null,
    details: [
      [t('Made'), moment(version.createdAt)],
      [t('Project'), version.origin ?? '–'],
      [t('Model'), version.model],
      [
        t('Learned from'),
        t('{{shots}}, {{backgroundShots}} of background, {{videoCount}} videos', {
          shots: counted(shots, 'shot'),
          backgroundShots: version.backgroundShots,
          videoCount: version.videoCount,
        }),
      ],
      [t('Classes'), taught.map(({ prompt, shots: count }) => `${prompt} (${count})`).join(', ')],
      [t('Reason'), said(version.reason)],
    ],
  };
};

/** An X-CLIP that was fine-tuned. Pure. */
export const listedScorer = (version: ScorerVersion): ListedVersion => ({
  key: version.id,
  name: version.name,
  spoken: t('{{name}} of X-CLIP', { name: version.name }),
  facts: [
    `${moment(version.createdAt)} · ${scorerPresetWords[version.preset].name}`,
    worthWords(version.heldOut),
    ...(version.passed || version.heldOut.tuned.count === 0 ? [] : [t('no better on what was held back')]),
  ],
  live: version.live,
  usable: version.usable,
  doubt: version.passed ? null : said(version.reason),
  details: [
    [t('Made'), moment(version.createdAt)],
    [t('Preset'), scorerPresetWords[version.preset].name],
    ['X-CLIP', version.model],
    [t('Learned from'), t('{{shots}} shots', { shots: version.shots })],
    ...heldOutDetails(version.heldOut, t('untaught')),
    [t('Standing'), standingWords(version)],
    [t('Reason'), said(version.reason)],
  ],
});
