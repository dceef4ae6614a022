import type { ProviderReport, ExecutionProvider } from '#preload/domain/model.ts';
import type { VideoFacts } from '#preload/domain/video.ts';

const providerNames: Record<ExecutionProvider, string> = {
  cuda: 'CUDA',
  webgpu: 'WebGPU',
  coreml: 'CoreML',
  dml: 'DirectML',
  cpu: 'CPU',
};

export const providerName = (provider: ExecutionProvider): string => providerNames[provider];

/** `CUDA`, or `CPU (forced)`. */
export const providerWords = (report: ProviderReport): string =>
  `${providerNames[report.chosen]}${report.forced ? ' (forced)' : ''}`;

/** `29.97 fps`, or `VFR · avg 23.51 fps` where frames have no one rate. */
export function frameRateWords(facts: Pick<VideoFacts, 'averageFps' | 'variableFrameRate'>): string {
  const fps = `${Number(facts.averageFps.toFixed(2))} fps`;
  return facts.variableFrameRate ? `VFR · avg ${fps}` : fps;
}
