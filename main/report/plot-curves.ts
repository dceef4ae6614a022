import type { ReportRow } from './report-row.ts';

/** Colours that colour-blind eyes tell apart (Okabe and Ito 2008), and dashes for those who print in grey. */
const strokes = [
  { colour: '#000000', dash: '6 4' },
  { colour: '#009e73', dash: '2 3' },
  { colour: '#0072b2', dash: '' },
  { colour: '#d55e00', dash: '' },
  { colour: '#cc79a7', dash: '8 3 2 3' },
];

const panel = { width: 420, height: 320, left: 52, top: 34, right: 16, bottom: 44 };
const legendHeight = 34;

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** Rows as an SVG: a panel per split, a line per method with its standard deviation, shots on a doubling axis. */
export function plotCurves(rows: readonly ReportRow[]): string {
  const splits = [...new Set(rows.map(({ split }) => split))];
  const methods = [...new Set(rows.map(({ method }) => method))];
  const shots = [...new Set(rows.map((row) => row.shots))].toSorted((a, b) => a - b);
  const low = Math.min(...rows.map(({ mean, std }) => mean - std));
  const floor = Math.max(0, Math.floor(low * 10) / 10);
  const inner = { width: panel.width - panel.left - panel.right, height: panel.height - panel.top - panel.bottom };
  const x = (count: number): number =>
    panel.left + (inner.width * shots.indexOf(count)) / Math.max(1, shots.length - 1);
  const y = (value: number): number => panel.top + inner.height * (1 - (value - floor) / (1 - floor));

  const panels = splits.map((split, at) => {
    const ticks = Array.from({ length: Math.round((1 - floor) * 10) + 1 }, (_, tick) => floor + tick / 10);
    const grid = ticks.map(
      (tick) =>
        `<line x1="${panel.left}" x2="${panel.width - panel.right}" y1="${y(tick)}" y2="${y(tick)}" stroke="#ddd"/>` +
        `<text x="${panel.left - 8}" y="${y(tick) + 4}" text-anchor="end">${Math.round(tick * 100)} %</text>`,
    );
    const axis = shots.map(
      (count) => `<text x="${x(count)}" y="${panel.height - panel.bottom + 18}" text-anchor="middle">${count}</text>`,
    );
    const lines = methods.map((method, index) => {
      const points = rows.filter((row) => row.split === split && row.method === method);
      const { colour, dash } = strokes[index % strokes.length]!;
      const path = points
        .map((row, step) => `${step === 0 ? 'M' : 'L'}${x(row.shots).toFixed(1)} ${y(row.mean).toFixed(1)}`)
        .join(' ');
      const spread = points.map(
        (row) =>
          `<line x1="${x(row.shots)}" x2="${x(row.shots)}" y1="${y(row.mean - row.std)}" y2="${y(row.mean + row.std)}" stroke="${colour}" opacity="0.4"/>`,
      );
      return `${spread.join('')}<path d="${path}" fill="none" stroke="${colour}" stroke-width="2" stroke-dasharray="${dash}"/>`;
    });
    return `<g transform="translate(${at * panel.width} 0)"><text x="${panel.left}" y="20" font-weight="bold">${escape(split)}</text>${grid.join('')}${axis.join('')}<text x="${panel.left + inner.width / 2}" y="${panel.height - 8}" text-anchor="middle">shots per class</text>${lines.join('')}</g>`;
  });
  const legend = methods.map((method, index) => {
    const { colour, dash } = strokes[index % strokes.length]!;
    const at = panel.left + index * 150;
    return `<line x1="${at}" x2="${at + 26}" y1="${panel.height + 12}" y2="${panel.height + 12}" stroke="${colour}" stroke-width="2" stroke-dasharray="${dash}"/><text x="${at + 32}" y="${panel.height + 16}">${escape(method)}</text>`;
  });
  const width = Math.max(panel.width * splits.length, panel.left + methods.length * 150);
  const height = panel.height + legendHeight;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="sans-serif" font-size="12"><rect width="100%" height="100%" fill="#fff"/>${panels.join('')}${legend.join('')}</svg>\n`;
}
