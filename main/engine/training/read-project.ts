import { readDense } from '#main/pipeline/feature-store/dense-store.ts';
import type { FeatureKey } from '#main/pipeline/feature-store/feature-key.ts';
import { FeatureStore } from '#main/pipeline/feature-store/feature-store.ts';
import type { FrameFeatures } from '#main/pipeline/feature-store/frame-features.ts';
import { JudgedProject, type JudgedVideo } from '#main/pipeline/judge/judged-project.ts';
import { analyseFeatures } from '#main/pipeline/propose/analyse-features.ts';
import { headHere, withOwnBoundaries } from '#main/pipeline/propose/own-boundaries.ts';
import type { VideoFeatures } from '#main/pipeline/tune/shot-features.ts';
import { denseFeatures } from '#native-models/temporal/dense-features.ts';
import { readTemporalModule, type TemporalModuleContent } from '#native-models/temporal/temporal-module-file.ts';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import type { CorrectedProject } from './tuning-request.ts';

/** A project's corrected videos as classes are told apart in them, and the times of their features. */
export interface ReadProject {
  readonly project: JudgedProject;
  readonly features: ReadonlyMap<number, VideoFeatures>;
}

/** Fails with `not-found` where features, or the model's temporal module, went missing meanwhile. */
export async function readProject(request: CorrectedProject): Promise<ReadProject> {
  const store = new FeatureStore(request.featuresFolder);
  const own = ownModule(request);
  const head = own?.boundaries ? headHere(own.boundaries) : null;
  const features = new Map<number, VideoFeatures>();
  const videos: JudgedVideo[] = [];
  for (const { videoId, name, key, endUs } of request.videos) {
    const stored = await store.open(key);
    if (stored.state !== 'complete')
      throw new Failure(
        'not-found',
        say(
          'The frame features of {{name}} are no longer whole: propose in it again, which computes them anew, then teach.',
          {
            name,
          },
        ),
        { video: name },
      );
    const analysed = analyseFeatures(stored.video, endUs);
    const plain = analysed.features;
    const seen = own === null ? plain : await seenByModule(request, own, key, stored.video);
    const analysis = await withOwnBoundaries(analysed, seen, head);
    features.set(videoId, { timesUs: stored.video.timesUs, features: seen });
    videos.push({ videoId, analysis, features: seen });
  }
  const { zeroShot, background, logitScale, corrections, reviewed } = request;
  const project = new JudgedProject({
    classIds: request.classes.map(({ classId }) => classId),
    names: { classEmbeddings: zeroShot, backgroundEmbeddings: background, logitScale },
    videos,
    corrections,
    reviewed,
  });
  return { project, features };
}

/** As localisation stored it, or made now. */
async function seenByModule(
  { featuresFolder, temporalModule }: CorrectedProject,
  { shape, learned }: TemporalModuleContent,
  key: FeatureKey,
  { features, dim }: FrameFeatures,
): Promise<Float32Array> {
  const stored = await readDense(featuresFolder, { features: key, modules: [temporalModule!] }, [
    features.length / dim,
    dim,
  ]);
  return stored ?? denseFeatures(shape, [learned], features, 'cpu');
}

/** The temporal module in the model's folder, where features are to pass through it. */
function ownModule({ modelFolder, temporalModule, zeroShot, classes }: CorrectedProject): TemporalModuleContent | null {
  if (temporalModule === null) return null;
  const found = readTemporalModule(modelFolder, zeroShot.length / classes.length);
  if (found !== null) return found;
  throw new Failure(
    'not-found',
    say('The temporal module in {{modelFolder}} went missing while learning: try again.', { modelFolder }),
  );
}
