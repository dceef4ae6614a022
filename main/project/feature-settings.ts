import type { ProjectSettings } from '#preload/domain/settings.ts';

/** What stored features depend on beside the video. */
export type FeatureSettings = Pick<
  ProjectSettings,
  'model' | 'samplingFps' | 'framing' | 'shareStill' | 'featureNumbers'
>;

/** A model as rows of features name it: by itself where it looks at the middle of every frame, as it always did. */
export const seenAs = (
  model: string,
  { framing, shareStill, featureNumbers }: Omit<FeatureSettings, 'model'>,
): string =>
  [
    model,
    ...(framing === 'middle' ? [] : [`(${framing})`]),
    ...(shareStill ? ['(still)'] : []),
    ...(featureNumbers === 'float32' ? [] : [`(${featureNumbers})`]),
  ].join(' ');
