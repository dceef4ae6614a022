import { hostname, release, userInfo } from 'node:os';
import { dirname } from 'node:path';
import { counted } from '#preload/domain/counted.ts';
import { english } from '#preload/domain/saying.ts';
import { withoutNames } from '../failures/without-names.ts';
import type { Studio } from './studio.ts';

/** What is told of the log. */
const lineCount = 200;

/**
 * A page to be sent with a question: versions, what computes, which failures were reported, and the log's last lines.
 * Unless `withNames`, nothing in it says whose machine it is or what the videos are.
 */
export function bugReport(studio: Studio, withNames: boolean): string {
  const { versions, platform, arch } = process;
  const shell = versions['electron'] ? `Electron ${versions['electron']}, ` : '';
  const { chosen, forced, trials } = studio.providerReport ?? { chosen: null, forced: false, trials: [] };
  const reports = studio.reports.list();
  const lines = studio.log(lineCount);
  const text = [
    `Cuepoint ${studio.version}, ${shell}Node ${versions.node}, ${platform} ${release()} ${arch}`,
    chosen === null ? 'No model was used since the start.' : `Models run on ${chosen}${forced ? ', as set' : ''}.`,
    ...trials.flatMap(({ provider, problem }) => (problem === null ? [] : [`  ${provider}: ${english(problem)}`])),
    reports.length === 0
      ? 'No failure was reported.'
      : `Failures that were reported, ${reports.length}, the latest first:`,
    ...reports.slice(0, 10).map((name) => `  ${name}`),
    lines.length === 0 ? 'The log is empty.' : `The log’s end, ${counted(lines.length, 'line')}:`,
    ...lines,
  ].join('\n');
  return withNames ? text : withoutNames(text, namesIn(studio));
}

/** Of the person, the machine and the open project. */
function namesIn({ openedProject: project, home }: Studio): string[] {
  const own = [hostname(), userInfo().username, home.settings().annotator];
  if (project === null) return own;
  const { database, name, folder } = project;
  const videos = database.videos.present().map((video) => video.name);
  const classes = database.classes.all().map((each) => each.name);
  return [
    ...own,
    name,
    folder.path,
    dirname(folder.path),
    ...videos,
    ...videos.map((video) => video.replace(/\.[^.]*$/, '')),
    ...classes,
  ];
}
