import type { ReactNode } from 'react';
import type { BoundaryVersion, TunedVersion } from '#preload/domain/tuning.ts';
import { counted } from '#preload/domain/counted.ts';
import type { LessonVersion } from '#preload/domain/lesson-version.ts';
import type { ScorerVersion } from '#preload/domain/scorer-version.ts';
import { judgedWords, partWords, presetWords, scorerPresetWords, shotCount, worthWords } from './version-words.ts';
import { moment } from '../../ui/time-ago.ts';
import { percent } from '../../ui/quantities.ts';

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
  ['Held back', `${heldOut.tuned.count} corrections`],
  ['Right', worth(heldOut, start, ({ accuracy }) => percent(accuracy))],
  ['Log loss', worth(heldOut, start, ({ logLoss }) => logLoss.toFixed(3))],
];

/** What was decided of a version: by what it brought on held-back videos, or by a person whatever it brought. Pure. */
export function standingWords({ passed, live, usable }: Pick<TunedVersion, 'passed' | 'live' | 'usable'>): string {
  if (!usable) return 'Made for another model than this project uses now.';
  if (live) return passed ? 'Better on held-back videos, and in use.' : 'In use, because you said so.';
  return passed ? 'Better on held-back videos; not in use now.' : 'Not in use: what was before stays.';
}

/** Prompts that were learned. Pure. */
export const listedPrompts = (version: TunedVersion): Omit<ListedVersion, 'curve'> => ({
  key: version.id,
  name: version.name,
  spoken: version.name,
  facts: [
    `${moment(version.createdAt)} · ${presetWords[version.preset].name}`,
    judgedWords(version.judgement?.prompts ?? null),
    ...(version.usable ? [] : [`for the model ${version.model}`]),
  ],
  live: version.live,
  usable: version.usable,
  doubt: version.passed ? null : version.reason,
  details: [
    ['Made', moment(version.createdAt)],
    ['Preset', `${presetWords[version.preset].name}, seed ${version.seed}`],
    ['Model', version.model],
    [
      'Learned from',
      `${shotCount(version)} shots of ${version.shots.length} classes, ${version.backgroundShots} of background, ${version.videoCount} videos`,
    ],
    ['Prompts', judgedWords(version.judgement?.prompts ?? null)],
    ['Without examples', judgedWords(version.judgement?.namesWithoutShots ?? null)],
    ['Temporal module', judgedWords(version.judgement?.temporal ?? null)],
    [
      'Parts',
      (['prompts', 'temporal'] as const)
        .filter((part) => version.parts[part])
        .map((part) => partWords[part].name)
        .join(', '),
    ],
    ['Standing', standingWords(version)],
    ['Reason', version.reason],
  ],
});

/** A boundary head that was learned. Pure. */
export const listedEdges = (version: BoundaryVersion): ListedVersion => ({
  key: version.id,
  name: version.name,
  spoken: `${version.name} of the edges`,
  facts: [
    moment(version.createdAt),
    judgedWords(version.judgement),
    ...(version.usable ? [] : [`for the model ${version.model}`]),
  ],
  live: version.live,
  usable: version.usable,
  doubt: version.passed ? null : version.reason,
  details: [
    ['Made', moment(version.createdAt)],
    ['Model', version.model],
    ['Learned from', `${version.segments} segments in ${version.videoCount} videos`],
    ['Held back', judgedWords(version.judgement)],
    ['Standing', standingWords(version)],
    ['Reason', version.reason],
  ],
});

/** What corrections of another project taught. Pure. */
export const listedLesson = (version: LessonVersion): ListedVersion => {
  const taught = version.classes.filter(({ shots }) => shots > 0);
  const shots = taught.reduce((sum, one) => sum + one.shots, 0);
  return {
    key: version.id,
    name: version.name,
    spoken: `${version.name} of ${version.origin ?? 'this project'}`,
    facts: [
      `${version.origin ?? ''} · ${moment(version.createdAt)}`,
      `${counted(shots, 'shot')} of ${counted(taught.length, 'class', 'classes')}`,
      ...(version.usable ? [] : [`for the model ${version.model}`]),
    ],
    live: version.live,
    usable: version.usable,
    doubt: null,
    details: [
      ['Made', moment(version.createdAt)],
      ['Project', version.origin ?? '–'],
      ['Model', version.model],
      [
        'Learned from',
        `${counted(shots, 'shot')}, ${version.backgroundShots} of background, ${version.videoCount} videos`,
      ],
      ['Classes', taught.map(({ prompt, shots: count }) => `${prompt} (${count})`).join(', ')],
      ['Reason', version.reason],
    ],
  };
};

/** An X-CLIP that was fine-tuned. Pure. */
export const listedScorer = (version: ScorerVersion): ListedVersion => ({
  key: version.id,
  name: version.name,
  spoken: `${version.name} of X-CLIP`,
  facts: [
    `${moment(version.createdAt)} · ${scorerPresetWords[version.preset].name}`,
    worthWords(version.heldOut),
    ...(version.passed || version.heldOut.tuned.count === 0 ? [] : ['no better on what was held back']),
  ],
  live: version.live,
  usable: version.usable,
  doubt: version.passed ? null : version.reason,
  details: [
    ['Made', moment(version.createdAt)],
    ['Preset', scorerPresetWords[version.preset].name],
    ['X-CLIP', version.model],
    ['Learned from', `${version.shots} shots`],
    ...heldOutDetails(version.heldOut, 'as published'),
    ['Standing', standingWords(version)],
    ['Reason', version.reason],
  ],
});
