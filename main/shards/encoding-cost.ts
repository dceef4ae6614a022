import type { VideoFacts } from '#preload/domain/video-facts.ts';

/**
 * Nanoseconds in which one core decodes a pixel, measured with FFmpeg 5.1 on 1280×720 with noise. What counts is how
 * they stand to each other: shards are balanced by them.
 */
const decodingNs: Readonly<Record<string, number>> = {
  mpeg4: 1.4,
  mpeg2video: 1.7,
  mjpeg: 2.8,
  vp9: 4.3,
  h264: 4.6,
  hevc: 6.1,
  av1: 8.1,
  prores: 21,
  ffv1: 51,
};
const unknownCodecNs = 5;

/** Frames a second of a model that was not measured here. */
const unknownSpeed = 10;

/** About how many seconds a machine like this one works on a video: it decodes every frame, and encodes the `sampled` ones. */
export function encodingSeconds(
  { codec, codedWidth, codedHeight, frameCount }: VideoFacts,
  sampled: number,
  framesPerSecond: number | null,
): number {
  const decoding = frameCount * codedWidth * codedHeight * (decodingNs[codec] ?? unknownCodecNs) * 1e-9;
  return decoding + sampled / (framesPerSecond ?? unknownSpeed);
}
