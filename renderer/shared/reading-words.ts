import type { TimeSource } from '#preload/domain/video-facts.ts';
import type { ShownFacts } from '#preload/domain/shown-facts.ts';
import { t } from '../language/language.ts';
import { rounded } from '../ui/quantities.ts';

const timesWords: Readonly<Record<TimeSource, readonly string[]>> = {
  stored: [],
  counted: [t('times counted')],
  mended: [t('times mended')],
};

/** How a video is read, in a line: size, rate and where times come from, fields, and which stream where a person chose one. */
export function readingWords(facts: ShownFacts): string {
  const { width, height, averageFps, variableFrameRate, times = 'stored', interlaced, reading = {} } = facts;
  const fps = rounded(averageFps, 3);
  const rate = variableFrameRate ? t('{{fps}} fps on average', { fps }) : t('{{fps}} fps', { fps });
  return [
    `${width}×${height}`,
    [rate, ...timesWords[times]].join(', '),
    ...(interlaced === true
      ? [reading.separateFields === true ? t('interlaced, both fields as frames') : t('interlaced, fields woven')]
      : []),
    ...streamWords(facts),
  ].join(' · ');
}

/** Which of several film streams is read, counted from 1 as people do. */
function streamWords({ streams = [], stream, reading }: ShownFacts): string[] {
  const place = streams.findIndex(({ index }) => index === stream);
  if (streams.length > 1 && place >= 0)
    return [t('stream {{place}} of {{streams}}', { place: place + 1, streams: streams.length })];
  return reading?.stream === undefined ? [] : [t('stream {{stream}}', { stream: reading.stream })];
}
