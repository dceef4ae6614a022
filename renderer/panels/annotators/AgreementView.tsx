import Box from '@mui/material/Box';
import { useTheme } from '@mui/material/styles';
import Typography from '@mui/material/Typography';
import { BarChart } from '@mui/x-charts/BarChart';
import type { Agreement } from '#preload/contract/layers.ts';
import { secondsOf } from '#preload/domain/span.ts';
import { t } from '../../language/language.ts';
import { counted } from '../../language/counted.ts';
import { ConfusionTable } from './ConfusionTable.tsx';
import { decimal } from '../../ui/quantities.ts';

/** As many classes as a chart can name. */
const mostBars = 16;

/** That fit side by side under the chart; those of eastern Asia are as wide as two. */
const mostLetters = 112;
const isWide = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

function shortened(name: string, room: number): string {
  let taken = 0;
  const letters = [...name];
  const end = letters.findIndex((letter) => (taken += isWide.test(letter) ? 2 : 1) > room);
  return end < 0 ? name : `${letters.slice(0, end - 1).join('')}…`;
}

/** How far two annotators agree: numbers over all, a bar for each class, and which class was taken for which. */
export function AgreementView(props: {
  readonly agreement: Agreement;
  readonly names: readonly [a: string, b: string];
}) {
  const { agreement, names } = props;
  const { palette } = useTheme();
  const classes = agreement.classes.slice(0, mostBars);
  if (agreement.videos === 0)
    return <Typography color="textSecondary">{t('There is no video that both have worked on.')}</Typography>;
  return (
    <Box sx={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: 2 }}>
      <Typography variant="body2" color="textSecondary">
        {t('{{videos}} of both; {{segments}} by {{names}}, {{b}} by {{names2}}.', {
          videos: counted(agreement.videos, 'video'),
          segments: counted(agreement.segments.a, 'segment'),
          names: names[0],
          b: agreement.segments.b,
          names2: names[1],
        })}
      </Typography>
      <Box component="dl" sx={{ display: 'grid', gridTemplateColumns: 'auto 1fr', columnGap: 2, rowGap: 0.5, m: 0 }}>
        {agreement.matches.map(({ tIoU, f1, pairs }) => (
          <Figure
            key={tIoU}
            name={t('F1 at tIoU {{tIoU}}', { tIoU })}
            value={shareText(f1)}
            detail={counted(pairs, 'pair')}
          />
        ))}
        <Figure
          name={t('Cohen’s κ over frames')}
          value={shareText(agreement.kappa)}
          detail={t('{{frames}}, {{sameFrames}} of them alike', {
            frames: counted(agreement.frames, 'frame'),
            sameFrames: shareText(agreement.sameFrames),
          })}
        />
        <Figure
          name={t('Starts apart')}
          value={apart(agreement.boundaries.start)}
          detail={most(agreement.boundaries.start)}
        />
        <Figure
          name={t('Ends apart')}
          value={apart(agreement.boundaries.end)}
          detail={most(agreement.boundaries.end)}
        />
      </Box>
      {classes.length > 0 && (
        <BarChart
          height={220}
          title={t('F1 and κ of each class')}
          skipAnimation
          margin={{ top: 12, right: 14, bottom: 0, left: 0 }}
          xAxis={[
            {
              scaleType: 'band',
              data: classes.map(({ name }) => name),
              height: 26,
              // Each class is named, with what has room under its bars; all of it when the pointer is there.
              tickLabelInterval: () => true,
              valueFormatter: (name: string, { location }) =>
                location === 'tick' ? shortened(name, Math.floor(mostLetters / classes.length)) : name,
            },
          ]}
          yAxis={[{ min: Math.min(0, ...classes.map(({ kappa }) => kappa ?? 0)), max: 1, width: 36 }]}
          series={[
            {
              label: t('F1 at tIoU 0.5'),
              data: classes.map(({ matches }) => matches[0]!.f1),
              color: palette.primary.main,
              valueFormatter: shareText,
            },
            {
              label: t('κ over frames'),
              data: classes.map(({ kappa }) => kappa),
              color: palette.text.disabled,
              valueFormatter: shareText,
            },
          ]}
        />
      )}
      <ConfusionTable agreement={agreement} names={names} />
    </Box>
  );
}

const shareText = (share: number | null): string => share?.toFixed(3) ?? t('not known');

const apart = (of: Agreement['boundaries']['start']): string =>
  of === null ? t('not known') : `${decimal(secondsOf(of.meanAbsoluteUs), 3)} s`;

const most = (of: Agreement['boundaries']['start']): string =>
  of === null
    ? t('no segment is matched')
    : t('on average; median {{medianAbsoluteUs}} s, at most {{maximumUs}} s', {
        medianAbsoluteUs: decimal(secondsOf(of.medianAbsoluteUs), 3),
        maximumUs: decimal(secondsOf(of.maximumUs), 3),
      });

function Figure({ name, value, detail }: { readonly name: string; readonly value: string; readonly detail: string }) {
  return (
    <>
      <Typography component="dt" variant="body2" color="textSecondary">
        {name}
      </Typography>
      <Typography component="dd" variant="body2" sx={{ m: 0 }}>
        <strong>{value}</strong>{' '}
        <Box component="span" sx={{ color: 'text.secondary' }}>
          {detail}
        </Box>
      </Typography>
    </>
  );
}
