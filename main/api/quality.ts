import { Failure } from '#preload/domain/failure.ts';
import { temporalIoU } from '#preload/domain/span.ts';
import type { QualityState } from '#preload/contract/quality.ts';
import { measuredOn, rightTIoU, type MeasuredOn, type QualityClip } from '#preload/domain/quality.ts';
import type { StoredVideo } from '../database/videos-table.ts';
import { completeVideoIds, measuredQuestion } from '../jobs/measured-question.ts';
import { measuringObstacle, requestMeasurement, waitingMeasurement } from '../jobs/measure-job.ts';
import type { ProjectWork } from '../jobs/project-work.ts';
import type { OpenProject } from '../project/open-project.ts';
import { clipsBehind } from '../quality/clips-behind.ts';
import { keptMeasurements, lookedAt } from '../quality/kept-measurements.ts';
import type { Measurement } from '../quality/measurement.ts';
import { qualityOf } from '../quality/quality-of.ts';
import type { Studio } from '../studio/studio.ts';
import { os } from './implementer.ts';

/** As many as anybody looks at. */
const mostClips = 500;

export const qualityHandlers = (studio: Studio) =>
  os.quality.router({
    status: os.quality.status.handler(() => {
      const work = studio.work();
      const videos = work.project.database.videos.present();
      return {
        states: measuredOn.options.map((on) => stateOf(work, on, videos)),
        problem: keptMeasurements(work.project).problem,
      };
    }),
    measure: os.quality.measure.handler(({ input }) => ({ jobId: requestMeasurement(studio.work(), input.on) })),
    numbers: os.quality.numbers.handler(({ input }) => {
      const project = studio.project();
      const threshold = input.threshold ?? project.settings.scoreThreshold;
      const looked = lookedAt(project, input.on, threshold);
      return looked && qualityOf(looked.measurement, looked.held, threshold);
    }),
    clips: os.quality.clips.handler(({ input: { on, question, ...input } }) => {
      const project = studio.project();
      const looked = lookedAt(project, on, input.threshold ?? project.settings.scoreThreshold);
      const clips = looked === null ? [] : clipsBehind(looked.held, question);
      return { total: clips.length, clips: clips.slice(0, mostClips).map(asStored(project)) };
    }),
  });

function stateOf({ project, queue }: ProjectWork, on: MeasuredOn, videos: readonly StoredVideo[]): QualityState {
  const { database } = project;
  const complete = completeVideoIds(project, on);
  const measurement = keptMeasurements(project).measurements.get(on);
  const isMeant = ({ split }: { readonly split: string | null }): boolean =>
    on === 'reviewed' ? split === null || split === 'train' : split === on;
  return {
    on,
    complete: complete.length,
    videos: videos.filter(isMeant).length,
    obstacle: measuringObstacle(project, on, complete),
    jobId: waitingMeasurement(queue, on),
    measured:
      measurement === undefined
        ? null
        : {
            measuredAt: measurement.measuredAt,
            isCurrent: isCurrent(project, measurement),
            editsSince: database.edits.makersSince(measurement.editId).reduce((sum, { count }) => sum + count, 0),
          },
  };
}

/** Whether it would be measured the same way now, as far as that can be told. */
function isCurrent(project: OpenProject, { on, question }: Measurement): boolean {
  try {
    return question === measuredQuestion(project, on).digest;
  } catch (error) {
    // A scorer's model that is gone: measuring says so.
    if (error instanceof Failure) return false;
    throw error;
  }
}

/** A clip with the segment that is there for it now; what was deleted since has none. */
function asStored({ database }: OpenProject): (clip: QualityClip) => QualityClip {
  const segmentsOf = new Map<number, ReturnType<typeof database.segments.ofVideo>>();
  return (clip) => {
    const segments = segmentsOf.get(clip.videoId) ?? database.segments.ofVideo(clip.videoId);
    segmentsOf.set(clip.videoId, segments);
    if (clip.segmentId !== null)
      return segments.some(({ id }) => id === clip.segmentId) ? clip : { ...clip, segmentId: null };
    const [nearest] = segments
      .filter((one) => one.classId === clip.proposedClassId && temporalIoU(one, clip) >= rightTIoU)
      .toSorted((a, b) => temporalIoU(b, clip) - temporalIoU(a, clip));
    return { ...clip, segmentId: nearest?.id ?? null };
  };
}
