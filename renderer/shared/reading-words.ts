import type { VideoFacts } from '#preload/domain/video.ts';

const timesWords: Readonly<Record<VideoFacts['times'], string>> = {
  stored: '',
  counted: ', times counted',
  mended: ', times mended',
};

/** How a video is read, in a line: size, rate and where times come from, fields, and which stream where a person chose one. */
export function readingWords(facts: VideoFacts): string {
  const { width, height, averageFps, variableFrameRate, times, interlaced, reading = {} } = facts;
  const rate = `${Number(averageFps.toFixed(3))} fps${variableFrameRate ? ' on average' : ''}`;
  return [
    `${width}×${height}`,
    `${rate}${timesWords[times]}`,
    ...(interlaced
      ? [`interlaced, ${reading.separateFields === true ? 'both fields as frames' : 'fields woven'}`]
      : []),
    ...streamWords(facts),
  ].join(' · ');
}

/** Which of several film streams is read, counted from 1 as people do. */
function streamWords({ streams, stream, reading }: VideoFacts): string[] {
  const place = streams.findIndex(({ index }) => index === stream);
  if (streams.length > 1 && place >= 0) return [`stream ${place + 1} of ${streams.length}`];
  return reading?.stream === undefined ? [] : [`stream ${reading.stream}`];
}
