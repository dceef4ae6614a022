import type { FrameTable } from '#preload/domain/frame-table.ts';
import { videoFacts, type VideoFacts } from '#preload/domain/video-facts.ts';

/** What an import would say of a film that was never written as a file, and its frame table as it is stored. */
export function factsOfFilm(table: FrameTable): { readonly facts: VideoFacts; readonly frames: Float64Array } {
  const frames = table.toArray();
  const facts = videoFacts.parse({
    codec: 'h264',
    container: 'mp4',
    width: 1280,
    height: 720,
    codedWidth: 1280,
    codedHeight: 720,
    rotation: 0,
    sampleAspectRatio: [1, 1],
    frameCount: table.frameCount,
    firstFrameUs: frames[0],
    lastFrameUs: frames.at(-2),
    endUs: table.lastEndUs,
    averageFps: (1e6 * table.frameCount) / table.lastEndUs,
    variableFrameRate: false,
    hasAudio: false,
    damagedPackets: 0,
    warnings: [],
    browserPlayable: true,
  });
  return { facts, frames };
}
