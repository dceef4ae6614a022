import { isShare, type ReportRow } from './report-row.ts';

/** Colours that colour-blind eyes tell apart (Okabe and Ito 2008), and dashes for those who print in grey. */
const strokes = [
  { colour: '#000000', dash: '6 4' },
  { colour: '#009e73', dash: '2 3' },
  { colour: '#0072b2', dash: '' },
  { colour: '#d55e00', dash: '' },
  { colour: '#cc79a7', dash: '8 3 2 3' },
  { colour: '#56b4e9', dash: '5 2' },
  { colour: '#e69f00', dash: '5 2' },
] as const;

const panel = { width: 460, height: 300, left: 52, top: 40, right: 16, bottom: 40 };
const inner = { width: panel.width - panel.left - panel.right, height: panel.height - panel.top - panel.bottom };
const legendLine = 17;
const columns = 3;

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const distinct = <Value>(values: readonly Value[]): Value[] => [...new Set(values)];
const strokeOf = (index: number): (typeof strokes)[number] => strokes[index % strokes.length]!;

/**
 * Rows as an SVG: a panel per split and metric, with a line per method over the shots (on a doubling axis) or, where
 * nothing was learned, a bar per method; both with their standard deviation.
 */
export function plotPanels(rows: readonly ReportRow[]): string {
  const groups = [...Map.groupBy(rows, ({ split, metric }) => `${split}: ${metric}`)];
  const methodCounts = groups.map(([, group]) => distinct(group.map(({ method }) => method)).length);
  const height = panel.height + legendLine * Math.max(...methodCounts) + 10;
  const across = Math.min(columns, groups.length);
  const panels = groups.map(
    ([title, group], at) =>
      `<g transform="translate(${(at % across) * panel.width} ${Math.floor(at / across) * height})">${panelOf(title, group)}</g>`,
  );
  const width = across * panel.width;
  const total = Math.ceil(groups.length / across) * height;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${total}" font-family="sans-serif" font-size="12"><rect width="100%" height="100%" fill="#fff"/>${panels.join('')}</svg>\n`;
}

function panelOf(title: string, rows: readonly ReportRow[]): string {
  const scale = scaleOf(rows);
  const grid = scale.ticks.map(
    (tick) =>
      `<line x1="${panel.left}" x2="${panel.width - panel.right}" y1="${scale.y(tick)}" y2="${scale.y(tick)}" stroke="#ddd"/>` +
      `<text x="${panel.left - 8}" y="${scale.y(tick) + 4}" text-anchor="end">${scale.label(tick)}</text>`,
  );
  const methods = distinct(rows.map(({ method }) => method));
  const counts = distinct(rows.map(({ shots }) => shots)).toSorted((a, b) => a - b);
  const drawing = counts.length > 1 ? curvesOf(rows, methods, counts, scale.y) : barsOf(rows, methods, scale.y);
  const heading = `<text x="${panel.left}" y="22" font-weight="bold">${escape(title)}</text>`;
  return `${heading}${grid.join('')}${drawing}${legendOf(methods, counts.length > 1)}`;
}

interface Scale {
  readonly ticks: readonly number[];
  y(value: number): number;
  label(tick: number): string;
}

/** Shares from the tenth below the lowest up to one; ranks from zero up to the highest. */
function scaleOf(rows: readonly ReportRow[]): Scale {
  const shares = rows.every(({ metric }) => isShare(metric));
  const lowest = Math.min(...rows.map(({ mean, std }) => mean - std));
  const highest = Math.max(...rows.map(({ mean, std }) => mean + std));
  const from = shares ? Math.min(0.9, Math.max(0, Math.floor(lowest * 10) / 10)) : 0;
  const to = shares ? 1 : Math.ceil(highest);
  const steps = shares ? Math.round((to - from) * 10) : Math.min(10, to);
  return {
    ticks: Array.from({ length: steps + 1 }, (_, tick) => from + ((to - from) * tick) / steps),
    y: (value) => panel.top + inner.height * (1 - (value - from) / (to - from)),
    label: (tick) => (shares ? `${Math.round(tick * 100)} %` : tick.toFixed(1)),
  };
}

function curvesOf(
  rows: readonly ReportRow[],
  methods: readonly string[],
  counts: readonly number[],
  y: Scale['y'],
): string {
  const x = (count: number): number => panel.left + (inner.width * counts.indexOf(count)) / (counts.length - 1);
  const axis = counts.map(
    (count) => `<text x="${x(count)}" y="${panel.height - panel.bottom + 18}" text-anchor="middle">${count}</text>`,
  );
  const name = `<text x="${panel.left + inner.width / 2}" y="${panel.height - 6}" text-anchor="middle">shots per class</text>`;
  const lines = methods.map((method, index) => {
    const { colour, dash } = strokeOf(index);
    const points = rows.filter((row) => row.method === method).toSorted((a, b) => a.shots - b.shots);
    const path = points
      .map((row, step) => `${step === 0 ? 'M' : 'L'}${x(row.shots).toFixed(1)} ${y(row.mean).toFixed(1)}`)
      .join(' ');
    const spread = points.map((row) => spreadOf(x(row.shots), row, y, colour));
    return `${spread.join('')}<path d="${path}" fill="none" stroke="${colour}" stroke-width="2" stroke-dasharray="${dash}"/>`;
  });
  return `${axis.join('')}${name}${lines.join('')}`;
}

function barsOf(rows: readonly ReportRow[], methods: readonly string[], y: Scale['y']): string {
  const slot = inner.width / methods.length;
  const width = Math.min(70, slot * 0.6);
  const floor = panel.top + inner.height;
  return methods
    .map((method, index) => {
      const row = rows.find((one) => one.method === method)!;
      const middle = panel.left + slot * (index + 0.5);
      const top = y(row.mean);
      const bar = `<rect x="${middle - width / 2}" y="${top.toFixed(1)}" width="${width}" height="${Math.max(0, floor - top).toFixed(1)}" fill="${strokeOf(index).colour}" opacity="0.75"/>`;
      return `${bar}${spreadOf(middle, row, y, '#000000')}`;
    })
    .join('');
}

const spreadOf = (x: number, { mean, std }: ReportRow, y: Scale['y'], colour: string): string =>
  `<line x1="${x.toFixed(1)}" x2="${x.toFixed(1)}" y1="${y(mean - std).toFixed(1)}" y2="${y(mean + std).toFixed(1)}" stroke="${colour}" opacity="0.4"/>`;

function legendOf(methods: readonly string[], asLines: boolean): string {
  return methods
    .map((method, index) => {
      const { colour, dash } = strokeOf(index);
      const y = panel.height + 10 + index * legendLine;
      const mark = asLines
        ? `<line x1="${panel.left}" x2="${panel.left + 26}" y1="${y}" y2="${y}" stroke="${colour}" stroke-width="2" stroke-dasharray="${dash}"/>`
        : `<rect x="${panel.left}" y="${y - 6}" width="26" height="11" fill="${colour}" opacity="0.75"/>`;
      return `${mark}<text x="${panel.left + 32}" y="${y + 4}">${escape(method)}</text>`;
    })
    .join('');
}
