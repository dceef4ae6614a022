import type { Span } from '#preload/domain/span.ts';
import type { VideoFacts } from '#preload/domain/video-facts.ts';

/** A segment over a whole video is a label of the video: what recognition calls a clip and its class. */
export const coversVideo = (
  { startUs, endUs }: Span,
  { firstFrameUs, endUs: videoEndUs }: Pick<VideoFacts, 'firstFrameUs' | 'endUs'>,
): boolean => startUs <= firstFrameUs && endUs >= videoEndUs;
