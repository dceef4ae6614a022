import { useTheme } from '@mui/material/styles';
import { LineChart } from '@mui/x-charts/LineChart';
import { useMemo } from 'react';
import type { TuningPoint } from '#preload/domain/tuning.ts';
import { curveSeries } from './curve-series.ts';

/** Every run of a training as a line: those on all corrections in front, those that hold some back quietly behind. */
export function LossChart(props: {
  readonly points: readonly TuningPoint[];
  readonly height: number;
  readonly label: string;
}) {
  const { palette } = useTheme();
  const { steps, runs } = useMemo(() => curveSeries(props.points), [props.points]);
  const tickLabelStyle = { fontSize: 10.5, fill: palette.text.secondary };
  return (
    <LineChart
      height={props.height}
      title={props.label}
      skipAnimation
      hideLegend
      grid={{ horizontal: true }}
      margin={{ top: 6, right: 14, bottom: 0, left: 0 }}
      xAxis={[{ data: steps, scaleType: 'linear', height: 22, tickNumber: 4, tickLabelStyle, tickSize: 3 }]}
      yAxis={[
        {
          width: 38,
          tickNumber: 4,
          tickLabelStyle,
          disableTicks: true,
          disableLine: true,
          // Losses near the end are small: two digits that say something, not three that are cut.
          valueFormatter: (loss: number) => String(Number(loss.toPrecision(2))),
        },
      ]}
      series={runs.map(({ label, heldBack, losses }) => ({
        id: label,
        label,
        data: losses,
        connectNulls: true,
        showMark: false,
        curve: 'linear' as const,
        color: heldBack ? palette.text.disabled : palette.primary.main,
        valueFormatter: (loss: number | null) => loss?.toFixed(3) ?? '',
      }))}
      sx={{
        '& .MuiChartsGrid-line': { stroke: palette.divider },
        '& .MuiLineElement-root': { strokeWidth: 1.5 },
        '&& .MuiChartsAxis-line, && .MuiChartsAxis-tick': { stroke: palette.divider },
      }}
    />
  );
}
