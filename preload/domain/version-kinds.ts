import { z } from 'zod';
import { lessonVersion } from './lesson-version.ts';
import { scorerVersion } from './scorer-version.ts';
import { boundaryVersion, tunedVersion } from './tuning.ts';

/**
 * The kinds of learned parts, as one table: what a version of each says of itself, and which of the project's models it
 * is learned for. A further kind is one more row. Of each kind at most one version is live, so each goes live by itself;
 * its tensors are a safetensors file in the project's `tuned/`, its facts a row of the project's database.
 */
export const versionKinds = {
  /** Prompt vectors, with the temporal module that was trained with them. */
  prompts: { facts: tunedVersion, learnedFor: 'model' },
  /** Where actions begin and end. */
  boundaries: { facts: boundaryVersion, learnedFor: 'model' },
  /** What corrections of another project taught without training: the discriminant, and the score of segments. */
  corrections: { facts: lessonVersion, learnedFor: 'model' },
  /** An X-CLIP's own layers. */
  scorer: { facts: scorerVersion, learnedFor: 'scorerModel' },
} as const satisfies Readonly<
  Record<string, { readonly facts: z.ZodObject; readonly learnedFor: 'model' | 'scorerModel' }>
>;

export type VersionKind = keyof typeof versionKinds;
export const versionKind = z.enum(Object.keys(versionKinds) as [VersionKind, ...VersionKind[]]);

/** A version of one kind. */
export type VersionOf<Kind extends VersionKind> = z.infer<(typeof versionKinds)[Kind]['facts']>;

/** A version of any kind, told apart by `kind`. */
export type LearnedVersion = { [Kind in VersionKind]: VersionOf<Kind> }[VersionKind];
export const learnedVersion: z.ZodType<LearnedVersion> = z.union(Object.values(versionKinds).map(({ facts }) => facts));
