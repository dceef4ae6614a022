import type { Agreement } from '#preload/contract/layers.ts';
import { secondsOf } from '#preload/domain/span.ts';
import { split as splits } from '#preload/domain/split.ts';
import type { DatasetFacts } from './dataset-facts.ts';

export interface Report {
  readonly project: string;
  readonly version: string;
  readonly at: Date;
  readonly facts: DatasetFacts;
  /** Of each two who labelled. */
  readonly agreements: readonly { readonly a: string; readonly b: string; readonly value: Agreement }[];
}

/** A data set's report as one page of HTML that needs nothing else: no script, no font, no network. */
export function reportPage({ project, version, at, facts, agreements }: Report): string {
  const { videos, classes } = facts;
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const totalUs = sum(videos.map(({ durationUs }) => durationUs));
  const coveredUs = sum(videos.map((video) => video.coveredUs));
  const most = Math.max(1, ...classes.map(({ segments }) => segments));
  const parts = [...splits.options, null];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${text(project)}: data set report</title>
<style>${style}</style>
</head>
<body>
<h1>${text(project)}</h1>
<p>Written by Cuepoint ${text(version)}, ${at.toISOString().slice(0, 16).replace('T', ' ')} UTC. Segments are those that people accepted.</p>
${table(
  'All',
  ['Videos', 'Duration', 'Classes', 'Segments', 'Open proposals', 'Rejected', 'Under a segment', 'Under several'],
  [
    [
      videos.length,
      seconds(totalUs),
      classes.length,
      sum(videos.map(({ accepted }) => accepted)),
      sum(videos.map(({ proposed }) => proposed)),
      sum(videos.map(({ rejected }) => rejected)),
      share(coveredUs, totalUs),
      share(sum(videos.map(({ overlappedUs }) => overlappedUs)), totalUs),
    ],
  ],
)}
${table(
  'Classes',
  ['Class', 'Segments', '', 'Videos', 'Total', 'Shortest', 'Median', 'Longest'],
  classes.map(({ name, segments, videos: inVideos, durations }) => [
    text(name),
    segments,
    bar(segments / most),
    inVideos,
    ...(durations === null
      ? ['', '', '', '']
      : [durations.totalUs, durations.shortestUs, durations.medianUs, durations.longestUs].map(seconds)),
  ]),
)}
${table(
  'Splits',
  ['Split', 'Videos', '', 'Duration', 'Segments'],
  parts.map((part) => {
    const own = videos.filter(({ split }) => split === part);
    return [
      part ?? 'none',
      own.length,
      bar(videos.length === 0 ? 0 : own.length / videos.length),
      seconds(sum(own.map(({ durationUs }) => durationUs))),
      sum(own.map(({ accepted }) => accepted)),
    ];
  }),
)}
${table(
  'Videos',
  ['Video', 'Split', 'Duration', 'Segments', 'Open', 'Rejected', 'Covered', '', 'Overlapping', 'Longest gap'],
  videos.map((video) => [
    text(video.name),
    video.split ?? '',
    seconds(video.durationUs),
    video.accepted,
    video.proposed,
    video.rejected,
    share(video.coveredUs, video.durationUs),
    bar(video.coveredUs / video.durationUs),
    seconds(video.overlappedUs),
    seconds(video.longestGapUs),
  ]),
)}
${agreements.length === 0 ? '' : agreementTable(agreements)}
</body>
</html>
`;
}

const agreementTable = (agreements: Report['agreements']): string =>
  table(
    'Agreement',
    [
      'Annotators',
      'Videos of both',
      'F1 at tIoU 0.5',
      '',
      'F1 at tIoU 0.7',
      'κ over frames',
      'Starts apart',
      'Ends apart',
    ],
    agreements.map(({ a, b, value }) => [
      text(`${a} and ${b}`),
      value.videos,
      figure(value.matches[0]!.f1),
      bar(value.matches[0]!.f1 ?? 0),
      figure(value.matches[1]!.f1),
      figure(value.kappa),
      value.boundaries.start === null ? '' : seconds(value.boundaries.start.meanAbsoluteUs),
      value.boundaries.end === null ? '' : seconds(value.boundaries.end.meanAbsoluteUs),
    ]),
  );

const style = `body{font:14px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#1b1f24;background:#fff}
table{border-collapse:collapse;margin:0 0 2rem;width:100%}th,td{padding:.25rem .6rem;text-align:right;border-bottom:1px solid #d5d9de}
th:first-child,td:first-child{text-align:left}td{font-variant-numeric:tabular-nums}td:not(:first-child){white-space:nowrap}td:first-child{overflow-wrap:anywhere}
p.none{color:#5b636d;margin:0 0 2rem}td.bar{width:9rem}.bar i{display:block;height:.7rem;background:#3b74c9}
@media(prefers-color-scheme:dark){body{color:#e6e9ed;background:#15181c}th,td{border-color:#333940}p.none{color:#9aa3ad}.bar i{background:#7fb0ff}}`;

type Cell = string | number;
const barStart = '<i ';

/** Cells are HTML already. */
const table = (title: string, heads: readonly string[], rows: readonly (readonly Cell[])[]): string =>
  rows.length === 0
    ? `<h2>${title}</h2>\n<p class="none">There are none yet.</p>`
    : `<h2>${title}</h2>
<table>
<thead><tr>${heads.map((head) => `<th scope="col">${head}</th>`).join('')}</tr></thead>
<tbody>
${rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`).join('\n')}
</tbody>
</table>`;

const cell = (value: Cell): string =>
  String(value).startsWith(barStart) ? `<td class="bar">${value}</td>` : `<td>${value}</td>`;

const bar = (part: number): string => `${barStart}style="width:${(100 * part).toFixed(1)}%"></i>`;
/** `6.25 s`, and from a minute on `1:02:03`. */
const seconds = (us: number): string => {
  const whole = Math.round(secondsOf(us));
  if (whole < 60) return `${secondsOf(us).toFixed(2)} s`;
  const [minutes, rest] = [Math.floor(whole / 60), String(whole % 60).padStart(2, '0')];
  return minutes < 60
    ? `${minutes}:${rest}`
    : `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}:${rest}`;
};
const share = (part: number, whole: number): string => (whole === 0 ? '' : `${((100 * part) / whole).toFixed(1)} %`);
const figure = (value: number | null): string => value?.toFixed(3) ?? 'not known';

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** A name as HTML shows it. */
const text = (name: string): string => name.replaceAll(/[&<>"]/gu, (letter) => entities[letter]!);
