import Box from '@mui/material/Box';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import type { TuningPoint } from '#preload/domain/tuning.ts';
import { api } from '../../backend/client.ts';
import { curveParts, curveWords } from './curve-series.ts';
import { t } from '../../language/language.ts';

// The charts are a quarter of the studio's code, and most windows never show one.
const LossChart = lazy(async () => ({ default: (await import('./LossChart.tsx')).LossChart }));

/** The loss of one part of a training over its steps, with what its lines are and a sentence for people who listen. */
export function LossCurve(props: {
  readonly of: 'names' | 'edges';
  readonly points: readonly TuningPoint[];
  readonly height: number;
}) {
  const { points, height } = props;
  const someHeldBack = points.some(({ run }) => run.without !== null);
  const label = props.of === 'names' ? t('Loss of the names over steps') : t('Loss of the edges over steps');
  return (
    <Box component="figure" aria-label={`${label}. ${curveWords(points)}`} sx={{ m: 0 }}>
      <Box sx={{ height }}>
        {points.length > 1 ? (
          <Suspense fallback={null}>
            <LossChart points={points} height={height} label={label} />
          </Suspense>
        ) : (
          <Box sx={{ height: '100%', display: 'grid', placeItems: 'center', fontSize: 12, color: 'text.secondary' }}>
            {t('The curve begins with the first steps.')}
          </Box>
        )}
      </Box>
      <Box
        component="figcaption"
        sx={{
          display: 'flex',
          flexWrap: 'wrap',
          columnGap: 1.25,
          pl: 0.5,
          minHeight: 17,
          fontSize: 11,
          color: 'text.secondary',
          whiteSpace: 'nowrap',
        }}
      >
        {points.length > 1 && (
          <>
            <span>{props.of === 'names' ? t('Names') : t('Edges')}:</span>
            <Key colour="primary.main">{t('all shots')}</Key>
            {someHeldBack && <Key colour="text.disabled">{t('some held back')}</Key>}
          </>
        )}
      </Box>
    </Box>
  );
}

/** What a version was learned along: both parts, one below the other, as far as there are any. */
export function VersionCurves({ versionId, height }: { readonly versionId: number; readonly height: number }) {
  // It never changes; it is asked for where it is looked at, since it is long.
  const { data: points } = useQuery(api.versions.curve.queryOptions({ input: { versionId } }));
  if (!points) return <Box sx={{ height: height + 17 }} />;
  const { names, edges } = curveParts(points);
  return (
    <>
      {names.length > 1 && <LossCurve of="names" points={names} height={height} />}
      {edges.length > 1 && <LossCurve of="edges" points={edges} height={height} />}
    </>
  );
}

function Key({ colour, children }: { readonly colour: string; readonly children: string }) {
  return (
    <Box component="span" sx={{ display: 'inline-flex', alignItems: 'center', gap: 0.5 }}>
      <Box aria-hidden component="span" sx={{ width: 12, height: 2, borderRadius: 1, bgcolor: colour }} />
      {children}
    </Box>
  );
}
