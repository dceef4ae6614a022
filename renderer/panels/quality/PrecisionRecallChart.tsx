import { useTheme } from '@mui/material/styles';
import { LineChart } from '@mui/x-charts/LineChart';
import type { CurvePoint } from '#preload/domain/quality.ts';
import { t } from '../../language/language.ts';
import { percent } from '../../ui/quantities.ts';

/** Precision against recall, one mark where the chosen point is. */
export function PrecisionRecallChart(props: {
  readonly curve: readonly CurvePoint[];
  /** Which point is chosen. */
  readonly at: number;
  readonly size: { readonly width: number; readonly height: number };
  readonly onChoose: (index: number) => void;
}) {
  const { curve, at, size } = props;
  const { palette } = useTheme();
  const tickLabelStyle = { fontSize: 10.5, fill: palette.text.secondary };
  const labelStyle = { fontSize: 11, fill: palette.text.secondary };
  const share = { min: 0, max: 1, tickNumber: 4, tickLabelStyle, labelStyle, valueFormatter: percent };
  return (
    <LineChart
      {...size}
      skipAnimation
      hideLegend
      grid={{ horizontal: true }}
      margin={{ top: 10, right: 22, bottom: 0, left: 0 }}
      xAxis={[
        {
          ...share,
          id: 'recall',
          scaleType: 'linear',
          data: curve.map(({ recall }) => recall),
          height: 46,
          label: t('Recall'),
        },
      ]}
      yAxis={[{ ...share, width: 60, label: t('Precision') }]}
      series={[
        {
          id: 'curve',
          label: t('Precision'),
          data: curve.map(({ precision }) => precision),
          curve: 'linear',
          color: palette.primary.main,
          showMark: ({ index }) => index === at,
          valueFormatter: (value, { dataIndex }) =>
            t('{{value}}, from {{score}} on', {
              value: percent(value ?? 0),
              score: percent(curve[dataIndex]?.score ?? 0),
            }),
        },
      ]}
      onAxisClick={(_, data) => {
        if (data) props.onChoose(data.dataIndex);
      }}
      sx={{
        cursor: 'pointer',
        '& .MuiChartsGrid-line': { stroke: palette.divider },
        '& .MuiLineElement-root': { strokeWidth: 1.5 },
        '&& .MuiChartsAxis-line, && .MuiChartsAxis-tick': { stroke: palette.divider },
      }}
    />
  );
}
