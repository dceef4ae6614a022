import { classCommands } from '../panels/classes/class-commands.ts';
import { labelCommands } from '../panels/inspector/label-commands.ts';
import { libraryCommands } from '../panels/library/library-commands.ts';
import { fullWindowCommands } from '../panels/player/full-window-commands.ts';
import { pictureCommands } from '../panels/player/picture/picture-commands.ts';
import { playedCommands } from '../panels/player/played/played-commands.ts';
import { playerCommands } from '../panels/player/player-commands.ts';
import { viewCommands } from '../panels/player/views/view-commands.ts';
import { snapshotCommands } from '../panels/player/snapshot-commands.ts';
import { reviewCommands } from '../panels/review/review-commands.ts';
import { searchCommands } from '../panels/search/search-commands.ts';
import { teachCommands } from '../panels/teach/teach-commands.ts';
import { clipboardCommands } from '../panels/timeline/clipboard-commands.ts';
import { lookCommands } from '../panels/timeline/look-commands.ts';
import { manyCommands } from '../panels/timeline/many/many-commands.ts';
import { markCommands } from '../panels/timeline/mark-commands.ts';
import { seriesCommands } from '../panels/timeline/series/series-commands.ts';
import { timelineCommands } from '../panels/timeline/timeline-commands.ts';
import { tourCommands } from '../panels/tour/tour-commands.ts';
import type { Command } from '../shared/command.ts';
import { registerCommands } from '../shared/commands.ts';
import { projectCommands } from './project-commands.ts';
import { windowCommands } from './window-commands.ts';

/** Every command of the studio, from every panel's list, in the order of the palette. */
export const allCommands: readonly Command[] = [
  // First, so that Escape leaves what covers the window before it means anything else.
  ...fullWindowCommands,
  ...tourCommands,
  // Before the review's, so that Enter means the marks while both stand.
  ...markCommands,
  ...reviewCommands,
  ...playerCommands,
  ...playedCommands,
  ...pictureCommands,
  ...snapshotCommands,
  ...viewCommands,
  ...timelineCommands,
  ...lookCommands,
  ...clipboardCommands,
  ...manyCommands,
  ...seriesCommands,
  ...searchCommands,
  ...teachCommands,
  ...classCommands,
  ...labelCommands,
  ...libraryCommands,
  ...projectCommands,
  ...windowCommands,
];

/** Registers them; called once, where the window is composed. */
export function registerAllCommands(): void {
  registerCommands(allCommands);
}
