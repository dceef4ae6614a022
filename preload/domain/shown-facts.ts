import { z } from 'zod';
import { filmStreams, timeSource, videoFacts, type VideoFacts } from './video-facts.ts';
import { told } from './saying.ts';

/** Of the facts what the window shows; what is as usual is left out, since there are many thousand videos. */
export const shownFacts = videoFacts
  .pick({
    width: true,
    height: true,
    frameCount: true,
    firstFrameUs: true,
    endUs: true,
    averageFps: true,
    variableFrameRate: true,
    hasAudio: true,
    reading: true,
  })
  .extend({
    /** Left out where the file itself plays. */
    codec: z.string().optional(),
    container: z.string().optional(),
    /** Left out where they are stored. */
    times: timeSource.optional(),
    /** Left out where there is one field a picture. */
    interlaced: z.boolean().optional(),
    /** Left out where there is but one. */
    streams: filmStreams.optional(),
    stream: z.int().optional(),
    /** Left out where nothing is damaged. */
    damagedPackets: z.int().positive().optional(),
    /** Left out where there are none. */
    warnings: z.array(told).optional(),
  });
export type ShownFacts = z.infer<typeof shownFacts>;

/** The same of all facts. */
export const shownFactsOf = (facts: VideoFacts): ShownFacts => ({
  width: facts.width,
  height: facts.height,
  frameCount: facts.frameCount,
  firstFrameUs: facts.firstFrameUs,
  endUs: facts.endUs,
  averageFps: facts.averageFps,
  variableFrameRate: facts.variableFrameRate,
  hasAudio: facts.hasAudio,
  ...(facts.reading !== undefined && { reading: facts.reading }),
  ...(!facts.browserPlayable && { codec: facts.codec, container: facts.container }),
  ...(facts.times !== 'stored' && { times: facts.times }),
  ...(facts.interlaced && { interlaced: true }),
  ...(facts.streams.length > 1 && { streams: facts.streams, stream: facts.stream }),
  ...(facts.damagedPackets > 0 && { damagedPackets: facts.damagedPackets }),
  ...(facts.warnings.length > 0 && { warnings: facts.warnings }),
});
