import type { Video } from '#preload/domain/video.ts';

interface VideoProblem {
  /** In few words. */
  readonly text: string;
  readonly detail: string;
  /** The command that goes on from there. */
  readonly command: 'videos.relink' | 'videos.reading' | 'window.jobs';
}

/** What is wrong with a video, and what there is to do; undefined where nothing is. */
export function videoProblem(video: Video): VideoProblem | undefined {
  if (video.missing)
    return { text: 'file is missing: find it', detail: `It was at ${video.location}.`, command: 'videos.relink' };
  if (video.facts.damagedPackets > 0) {
    const count = video.facts.damagedPackets;
    return {
      text: `${count} damaged ${count === 1 ? 'packet' : 'packets'}`,
      detail: 'They were skipped; every frame that could be read is here. A fresh copy of the file may have more.',
      command: 'videos.reading',
    };
  }
  if (video.playback === 'proxy-pending')
    return {
      text: 'preview being made',
      detail: 'The file itself cannot play here; a copy with the same frame times is being made.',
      command: 'window.jobs',
    };
  const [warning] = video.facts.warnings;
  return warning === undefined
    ? undefined
    : { text: warning, detail: video.facts.warnings.join('\n'), command: 'videos.reading' };
}
