import { checksumOf } from '#main/media/checksum.ts';
import { probeVideo } from '#main/media/probe-video.ts';
import type { VideoProbe } from '#main/media/probe-video.ts';
import { checksumOfReading } from '#main/media/reading-checksum.ts';
import { openVideoFile } from '#main/media/video-file.ts';
import { say } from '#preload/domain/saying.ts';
import type { ReadingChoice, VideoFacts } from '#preload/domain/video-facts.ts';
import type { EngineTask } from './task-context.ts';

/** Frame table, facts and checksum of a video file. */
export const indexVideo: EngineTask<'index'> = async ({ path, reading: asked }, { signal, report }) => {
  const reading = asked && (await withoutTheUsual(path, asked));
  const { stream, separateFields, fps } = reading ?? {};
  const probe = await probeVideo(path, {
    ...(stream !== undefined && { stream }),
    ...(separateFields !== undefined && { separateFields }),
    ...(fps !== undefined && { fps }),
    signal,
    onProgress: (share) => report({ done: share / 2, step: say('reading frame times') }),
  });
  const checksum = await checksumOf(path, {
    signal,
    onProgress: (share) => report({ done: (1 + share) / 2, step: say('computing the checksum') }),
  });
  const facts = { ...videoFactsOf(probe), ...(reading && { reading }) };
  return { checksum: checksumOfReading(checksum, reading), facts, frames: probe.frameTable.toArray() };
};

/** What is kept of a probe beside its frame table. */
export function videoFactsOf(probe: VideoProbe): VideoFacts {
  const { frameTable, warnings, sampleAspectRatio, streams, pixelFormat: _, timelineOffsetUs: __, ...facts } = probe;
  return {
    ...facts,
    sampleAspectRatio: [...sampleAspectRatio],
    warnings: [...warnings],
    streams: [...streams],
    frameCount: frameTable.frameCount,
    firstFrameUs: frameTable.firstStartUs,
    lastFrameUs: frameTable.startUs(frameTable.frameCount - 1),
    endUs: frameTable.lastEndUs,
  };
}

/** A choice without the stream where a player shows that one anyway: the same reading is the same video. */
async function withoutTheUsual(path: string, choice: ReadingChoice): Promise<ReadingChoice | undefined> {
  const { stream, ...others } = choice;
  if (stream === undefined) return choice;
  await using usual = await openVideoFile(path);
  if (usual.video.index !== stream) return choice;
  return Object.values(others).some((value) => value !== undefined && value !== false) ? others : undefined;
}
