import path from 'node:path';
import type { FeatureNumbers } from '#preload/domain/settings.ts';
import type { FeatureKey } from './feature-key.ts';
import { featureName } from './feature-key.ts';

/** Where the features with one key lie. Complete features are those whose `features` file exists; it appears last. */
export interface FeatureFiles {
  /** Of `features`, complete and partial. Whoever reads them has float32. */
  readonly numbers: FeatureNumbers;
  /** `[N, D]` .npy. */
  readonly features: string;
  /** `[N]` float64 .npy, microseconds. */
  readonly times: string;
  /** The key and D as JSON, for people and for whoever goes on with a partial file. */
  readonly description: string;
  /** Like `features` and `times`, still growing: the header says 0 rows until the end. */
  readonly partialFeatures: string;
  readonly partialTimes: string;
}

/** Where the features of a key are, complete and partial. Whether they are there is not looked at. */
export function featureFiles(folder: string, key: FeatureKey): FeatureFiles {
  const stem = path.join(folder, featureName(key));
  return {
    numbers: key.numbers ?? 'float32',
    features: `${stem}.npy`,
    times: `${stem}.times.npy`,
    description: `${stem}.json`,
    partialFeatures: `${stem}.partial`,
    partialTimes: `${stem}.times.partial`,
  };
}
