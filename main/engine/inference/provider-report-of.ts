import type { ProviderReport as RuntimeReport } from '#native-models/runtime/providers.ts';
import type { ProviderReport } from '#preload/domain/model.ts';

/** The report of a model that has run, as the studio shows it. */
export function providerReportOf({ requested, chosen, trials }: RuntimeReport): ProviderReport {
  if (chosen === null) throw new TypeError('the model has not run yet');
  return {
    chosen,
    forced: requested !== 'auto',
    trials: trials.map(({ provider, milliseconds, maxDifference, error }) => ({
      provider,
      milliseconds,
      maxDifference,
      problem: error,
    })),
  };
}
