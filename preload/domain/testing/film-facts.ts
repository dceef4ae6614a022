import type { VideoFacts } from '../video-facts.ts';

/** What a test knows of a film that nobody has to decode: `frames` of 320x240, 25 a second, but for what `over` says. */
export function filmFacts(frames = 250, over: Partial<VideoFacts> = {}): VideoFacts {
  const frameUs = 40_000;
  const { width = 320, height = 240 } = over;
  return {
    codec: 'h264',
    container: 'mp4',
    width,
    height,
    codedWidth: width,
    codedHeight: height,
    rotation: 0,
    sampleAspectRatio: [1, 1],
    frameCount: frames,
    firstFrameUs: 0,
    lastFrameUs: (frames - 1) * frameUs,
    endUs: frames * frameUs,
    averageFps: 25,
    variableFrameRate: false,
    times: 'stored',
    interlaced: false,
    streams: [],
    stream: 0,
    hasAudio: false,
    damagedPackets: 0,
    warnings: [],
    browserPlayable: true,
    ...over,
  };
}
