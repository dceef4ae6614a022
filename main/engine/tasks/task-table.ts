import type { EngineTask } from './task-context.ts';
import type { EngineTaskName } from '../tasks.ts';

/**
 * What may run beside what. `interactive` answers a person at the keyboard; `pictures` opens decoders; `files` reads
 * whole files; `transcoding`, `inference` and `training` each take the machine; `ahead` does what nobody waits for yet.
 */
export type LaneName = 'interactive' | 'pictures' | 'files' | 'transcoding' | 'inference' | 'training' | 'ahead';

export type TaskTable = {
  readonly [Name in EngineTaskName]: {
    readonly lane: LaneName;
    /** It is a job: an inference server that is away is waited for. Who sits at the keyboard is rather told. */
    readonly isPatient?: true;
    readonly load: () => Promise<EngineTask<Name>>;
  };
};

/** Every task, loaded when first asked for: the engine is ready at once, and a library that fails to load fails its own tasks alone. */
export const taskTable: TaskTable = {
  index: { lane: 'files', load: async () => (await import('./index-video.ts')).indexVideo },
  thumbnail: { lane: 'pictures', load: async () => (await import('./thumbnail.ts')).thumbnail },
  clipStrip: { lane: 'pictures', load: async () => (await import('./clip-strip.ts')).clipStrip },
  findCut: { lane: 'pictures', load: async () => (await import('./find-cut.ts')).findCutTask },
  frames: { lane: 'pictures', load: async () => (await import('./frames.ts')).frames },
  spectrogram: { lane: 'files', load: async () => (await import('./spectrogram.ts')).spectrogram },
  waveform: { lane: 'files', load: async () => (await import('./waveform.ts')).waveform },
  lookAtTable: { lane: 'interactive', load: async () => (await import('./recordings.ts')).lookAtTableTask },
  readRecording: { lane: 'files', load: async () => (await import('./recordings.ts')).readRecordingTask },
  alignSound: { lane: 'files', load: async () => (await import('./align-sound.ts')).alignSound },
  proxy: { lane: 'transcoding', load: async () => (await import('./proxy.ts')).proxy },
  cutClip: { lane: 'transcoding', load: async () => (await import('./cut-clip.ts')).cutClipTask },
  writePictures: { lane: 'transcoding', load: async () => (await import('./write-pictures.ts')).writePicturesTask },
  packFeatures: { lane: 'files', load: async () => (await import('./pack-features.ts')).packFeaturesTask },
  embed: { lane: 'inference', isPatient: true, load: async () => (await import('./embed.ts')).embed },
  featureKey: { lane: 'interactive', load: async () => (await import('./feature-key.ts')).featureKeyTask },
  takeFeatures: { lane: 'files', load: async () => (await import('./take-features.ts')).takeFeatures },
  embedTexts: { lane: 'interactive', load: async () => (await import('./embed-texts.ts')).embedTexts },
  localise: { lane: 'interactive', isPatient: true, load: async () => (await import('./localise.ts')).localiseTask },
  encodeClips: {
    lane: 'inference',
    isPatient: true,
    load: async () => (await import('./encode-clips.ts')).encodeClipsTask,
  },
  tuneScorer: {
    lane: 'inference',
    isPatient: true,
    load: async () => (await import('./tune-scorer.ts')).tuneScorerTask,
  },
  recognise: { lane: 'interactive', load: async () => (await import('./recognise.ts')).recognise },
  curves: { lane: 'interactive', load: async () => (await import('./curves.ts')).curves },
  classCurves: { lane: 'interactive', load: async () => (await import('./curves.ts')).classCurves },
  search: { lane: 'interactive', load: async () => (await import('./search.ts')).search },
  tune: { lane: 'training', isPatient: true, load: async () => (await import('./tune.ts')).tuneTask },
  examine: { lane: 'training', isPatient: true, load: async () => (await import('./examine.ts')).examineTask },
  learnAhead: { lane: 'ahead', load: async () => (await import('./learn-ahead.ts')).learnAheadTask },
  keepLesson: { lane: 'interactive', load: async () => (await import('./keep-lesson.ts')).keepLessonTask },
  describeModel: {
    lane: 'interactive',
    load: async () => (await import('./describe-model.ts')).describeModelTask,
  },
  timeModel: { lane: 'inference', load: async () => (await import('./time-model.ts')).timeModelTask },
  tryServer: { lane: 'interactive', load: async () => (await import('./time-model.ts')).tryServerTask },
  tryPlans: { lane: 'inference', load: async () => (await import('./try-plans.ts')).tryPlansTask },
  exportModel: { lane: 'files', load: async () => (await import('./export-model.ts')).exportModelTask },
  checkModel: { lane: 'inference', load: async () => (await import('./check-model.ts')).checkModelTask },
};
