import type { ProviderReport, ExecutionProvider } from '#preload/domain/model.ts';
import type { StudioSettings } from '#preload/domain/settings.ts';
import type { VideoFacts } from '#preload/domain/video.ts';

const providerNames: Record<ExecutionProvider, string> = {
  cuda: 'CUDA',
  'cuda-fp16': 'CUDA in half precision (fp16)',
  webgpu: 'WebGPU',
  'webgpu-fp16': 'WebGPU in half precision (fp16)',
  coreml: 'CoreML',
  dml: 'DirectML',
  cpu: 'CPU',
  'cpu-int8': 'CPU in whole numbers (int8)',
  remote: 'An inference server',
};

export const providerName = (provider: ExecutionProvider): string => providerNames[provider];

/**
 * `CUDA`, or `CPU (forced)`. Before a model has run (null) what the setting says: a forced provider, or that the trial
 * which chooses one is still to come.
 */
export function providerWords(report: ProviderReport | null, wanted: StudioSettings['provider']): string {
  if (report) return `${providerNames[report.chosen]}${report.forced ? ' (forced)' : ''}`;
  return wanted === 'auto' ? 'provider not yet chosen' : `${providerNames[wanted]} (forced)`;
}

/** `29.97 fps`, or `VFR · avg 23.51 fps` where frames have no one rate. */
export function frameRateWords(facts: Pick<VideoFacts, 'averageFps' | 'variableFrameRate'>): string {
  const fps = `${Number(facts.averageFps.toFixed(2))} fps`;
  return facts.variableFrameRate ? `VFR · avg ${fps}` : fps;
}
