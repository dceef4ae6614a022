import { classifyWithin } from '#main/pipeline/classify/localise.ts';
import { blockBasis, type BlockBasis } from '#main/pipeline/learn/block-basis.ts';
import {
  describeSpans,
  rangeOf,
  unlabelledCount,
  unlabelledDescriptors,
  videoEvidence,
  type ProposedVideo,
} from '#main/pipeline/learn/describe-video.ts';
import { DescribedClassifier } from '#main/pipeline/learn/described-classifier.ts';
import { learn } from '#main/pipeline/learn/learn.ts';
import { SpanDescriber } from '#main/pipeline/learn/span-descriptor.ts';
import { unlabelledPool } from '#main/pipeline/learn/unlabelled-pool.ts';
import { analyseFeatures } from '#main/pipeline/propose/analyse-features.ts';
import { defaultLocalisationSettings } from '#main/pipeline/propose/localisation-settings.ts';
import { proposeSegments } from '#main/pipeline/propose/propose-segments.ts';
import { syntheticWorld } from '#main/pipeline/propose/synthetic-video.ts';
import type { Bench, BenchContext, BenchRow } from '../bench-case.ts';
import { archiveHours, growth, measured, type AtHours } from '../bench-case.ts';
import { makeHours, type ArchiveSize } from '../archive-project.ts';
import { correctingAnArchive, growing } from '../correcting-an-archive.ts';

const videoCount = 1000;
const correctionCount = 500;
const dim = 512;

/** As many people have corrected of so many videos: most of a few, and a part of many. */
const archiveOf = (videos: number): ArchiveSize => ({
  videos,
  corrected: Math.min(100, Math.ceil(0.8 * videos)),
  reviewed: Math.min(50, Math.ceil(0.2 * videos)),
});

const isGrowing = (metric: string): boolean => Object.values<string>(growing).includes(metric);

/**
 * A project of 1,000 one-hour videos and 500 corrections: what learning costs, and what scoring again costs; and a studio
 * with 10, 100 and 1,000 such videos, or those of `--hours`, with how the cost grows.
 */
export const scaleLearningBench: Bench = {
  name: 'scale-learning',
  async run(context: BenchContext): Promise<BenchRow[]> {
    const world = syntheticWorld({ dim, classesPerVideo: 3, durationS: 3600, actionsPerVideo: 60 });
    const { classSet } = world;
    const classIds = Array.from({ length: 8 }, (_, index) => index);
    const backgroundCount = classSet.backgroundEmbeddings.length / dim;
    const rows: BenchRow[] = [];
    const title = `${videoCount} one-hour videos, ${correctionCount} corrections, D = ${dim}, 8 classes`;
    const timed = <Value>(metric: string, times: number, work: () => Value): Value => {
      const start = performance.now();
      const value = work();
      rows.push(measured(title, metric, (performance.now() - start) / times));
      return value;
    };

    const made = makeHours(world, context);
    const distinctHours = made.length;
    const hours = made.map(({ video, endUs, actions }) => {
      const analysis = analyseFeatures(video, endUs);
      return { features: video.features, plain: null, grid: analysis.grid, actions, endUs, analysis };
    });
    context.say('proposing');
    const staged = timed('ms an hour of video for stage 1, once', distinctHours, () =>
      hours.map((hour) => ({ ...hour, proposals: proposeSegments(hour.analysis, classSet).proposals })),
    );
    const videos = Array.from({ length: videoCount }, (_, index) => ({
      ...staged[index % distinctHours]!,
      videoId: index + 1,
    }));

    context.say('describing');
    const pool = unlabelledPool(videos, ({ proposals }) => unlabelledCount(proposals.length));
    const describerOf = (video: ProposedVideo): SpanDescriber => new SpanDescriber(video.features, dim);
    const basis: BlockBasis = timed(`ms for the basis of ${pool.length} videos, once`, 1, () =>
      blockBasis(
        pool.map((video) => unlabelledDescriptors(video, describerOf(video))),
        dim,
      ),
    );
    const evidenceOf = (video: (typeof videos)[number], corrected: boolean) => {
      const action = video.actions[video.videoId % video.actions.length]!;
      const shot = { ...action, videoId: video.videoId, classIds: [action.classIndex] };
      return videoEvidence(video, (ranges) => describeSpans(ranges, describerOf(video), basis, classSet), {
        classIds,
        isInPool: pool.includes(video),
        shots: corrected ? [shot] : [],
        reviewed: null,
      });
    };
    const corrected = videos.slice(0, correctionCount);
    const kept = corrected.map((video) => evidenceOf(video, true));
    const described = timed('ms an hour of video to describe its proposals, once', distinctHours, () =>
      staged.map((video) =>
        describeSpans(video.proposals.map(rangeOf), describerOf({ ...video, videoId: 0 }), basis, classSet),
      ),
    );

    context.say('learning');
    const question = { classIds, backgroundCount };
    const lessonOf = () => {
      // One more correction costs the evidence of the video that it is in; what the others add is kept.
      const changed = evidenceOf(corrected[0]!, true);
      return learn({ ...question, videos: [changed, ...kept.slice(1)] });
    };
    lessonOf();
    const lesson = timed('ms to learn from one more correction', 1, lessonOf);

    context.say('scoring again');
    const score = (index: number): void => {
      const { proposals, endUs } = videos[index]!;
      const spans = described[index % distinctHours]!;
      const classifier = new DescribedClassifier(proposals.map(rangeOf), spans, lesson.mixture, classIds.length);
      classifyWithin(proposals, endUs, classifier, defaultLocalisationSettings.classification, {
        taught: { ...lesson, basis },
      });
    };
    score(0);
    timed('ms to score the video in view again', 1, () => score(1));
    timed('s to score all videos again', 1000, () => videos.forEach((_, index) => score(index)));
    const before = new Map<string, AtHours>();
    for (const hoursOfArchive of context.hours ?? archiveHours) {
      const own = await correctingAnArchive(context, made.slice(0, hoursOfArchive), archiveOf(hoursOfArchive));
      rows.push(...own);
      for (const { case: name, metric, ours } of own.filter((row) => isGrowing(row.metric))) {
        const now = { hours: hoursOfArchive, value: ours };
        if (before.has(metric)) rows.push(growth(name, `“${metric}”`, before.get(metric)!, now));
        before.set(metric, now);
      }
    }
    return rows;
  },
};
