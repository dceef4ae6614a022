import type { Video } from '#preload/domain/video.ts';

/** What is wrong with a video in two words and in full; undefined where nothing is. */
export function videoProblem(video: Video): { readonly text: string; readonly detail: string } | undefined {
  if (video.missing)
    return { text: 'file is missing', detail: `It was at ${video.location}. Use "Find the missing file" in its menu.` };
  if (video.facts.damagedPackets > 0) {
    const count = video.facts.damagedPackets;
    return {
      text: `${count} damaged ${count === 1 ? 'packet' : 'packets'}`,
      detail: 'They were skipped; every frame that could be read is here.',
    };
  }
  if (video.playback === 'proxy-pending')
    return {
      text: 'preview being made',
      detail: 'The file itself cannot play here; a copy with the same frame times is being made.',
    };
  const [warning] = video.facts.warnings;
  return warning === undefined ? undefined : { text: 'has a warning', detail: video.facts.warnings.join('\n') };
}
