import type { Command, CommandContext } from '../../shared/command.ts';
import { useTimeline } from './timeline-view.ts';

/** Whether there is a video to look at. */
export const loaded = (): boolean => useTimeline.getState().table !== null;

/** A command about looking at the timeline, which changes nothing that is labelled. */
export const viewing = (
  id: string,
  label: string,
  keys: readonly string[],
  run: (context: CommandContext) => void,
  repeats = false,
): Command => ({
  id: `timeline.${id}`,
  label,
  group: 'Timeline',
  keys,
  repeats,
  enabled: loaded,
  run,
});
