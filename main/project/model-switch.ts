import type { ModelSwitch } from '#preload/contract/projects.ts';
import { secondsOf } from '#preload/domain/span.ts';
import type { ModelEntry } from '#preload/domain/model.ts';
import { versionKinds } from '#preload/domain/version-kinds.ts';
import type { OpenProject } from './open-project.ts';

/** What using another model of frames in a project would mean: what stays, what is computed anew and for how long. */
export function modelSwitch(project: OpenProject, { name, speed }: ModelEntry): ModelSwitch {
  const { database, settings } = project;
  const counts = [...database.segments.counts(settings.scoreThreshold).byVideo().values()];
  const sum = (state: 'accepted' | 'rejected' | 'proposed') => counts.reduce((total, one) => total + one[state], 0);
  const embedded = project.embeddedVideoIds({ ...settings, model: name });
  const missing = database.videos.present().filter(({ id }) => !embedded.has(id));
  const frames = missing.reduce((total, { facts }) => total + secondsOf(facts.endUs) * settings.samplingFps, 0);
  return {
    from: settings.model,
    accepted: sum('accepted'),
    rejected: sum('rejected'),
    proposals: sum('proposed'),
    restingVersions: database.versions
      .all()
      .filter(({ kind, model }) => versionKinds[kind].learnedFor === 'model' && model === settings.model).length,
    videos: missing.length,
    videoSeconds: missing.reduce((total, { facts }) => total + secondsOf(facts.endUs), 0),
    computingSeconds: speed === null ? null : frames / speed.framesPerSecond,
  };
}
