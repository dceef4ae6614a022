import type { ProviderReport, ExecutionProvider } from '#preload/domain/model.ts';
import type { StudioSettings } from '#preload/domain/settings.ts';
import type { VideoFacts } from '#preload/domain/video-facts.ts';
import { t } from '../language/language.ts';
import { rounded } from '../ui/quantities.ts';

const providerNames: Record<ExecutionProvider, string> = {
  cuda: t('CUDA'),
  'cuda-fp16': t('CUDA in half precision (fp16)'),
  webgpu: t('WebGPU'),
  'webgpu-fp16': t('WebGPU in half precision (fp16)'),
  coreml: t('CoreML'),
  dml: t('DirectML'),
  cpu: t('CPU'),
  'cpu-int8': t('CPU in whole numbers (int8)'),
  'cpu-merged': t('CPU with merged tokens'),
  'cpu-int8-merged': t('CPU in whole numbers (int8) with merged tokens'),
  remote: t('An inference server'),
};

export const providerName = (provider: ExecutionProvider): string => providerNames[provider];

/**
 * `CUDA`, or `CPU (forced)`. Before a model has run (null) what the setting says: a forced provider, or that the trial
 * which chooses one is still to come.
 */
export function providerWords(report: ProviderReport | null, wanted: StudioSettings['provider']): string {
  if (report) return report.forced ? forcedWords(report.chosen) : providerName(report.chosen);
  return wanted === 'auto' ? t('provider not yet chosen') : forcedWords(wanted);
}

const forcedWords = (provider: ExecutionProvider): string =>
  t('{{providerNames}} (forced)', { providerNames: providerName(provider) });

/** `29.97 fps`, or `VFR · avg 23.51 fps` where frames have no one rate. */
export function frameRateWords(facts: Pick<VideoFacts, 'averageFps' | 'variableFrameRate'>): string {
  const fps = t('{{averageFps}} fps', { averageFps: rounded(facts.averageFps, 2) });
  return facts.variableFrameRate ? t('VFR · avg {{fps}}', { fps }) : fps;
}
