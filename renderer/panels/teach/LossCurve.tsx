import Box from '@mui/material/Box';
import { lazy, Suspense } from 'react';
import type { TuningPoint } from '#preload/domain/tuning.ts';
import { curveWords } from './curve-series.ts';

// The charts are half as large as the rest of the studio, and most windows never show one.
const LossChart = lazy(async () => ({ default: (await import('./LossChart.tsx')).LossChart }));

/** A training's loss over its steps, with what its lines are and a sentence for people who listen. */
export function LossCurve({ points, height }: { readonly points: readonly TuningPoint[]; readonly height: number }) {
  const hasHeldOut = points.some(({ run }) => run.startsWith('held-out'));
  const words = curveWords(points);
  return (
    <Box component="figure" aria-label={`Loss over steps. ${words}`} sx={{ m: 0 }}>
      <Box sx={{ height }}>
        {points.length > 1 ? (
          <Suspense fallback={null}>
            <LossChart points={points} height={height} label="Loss over steps" />
          </Suspense>
        ) : (
          <Box sx={{ height: '100%', display: 'grid', placeItems: 'center', fontSize: 12, color: 'text.secondary' }}>
            The curve begins with the first steps.
          </Box>
        )}
      </Box>
      <Box
        component="figcaption"
        sx={{ display: 'flex', gap: 1.5, pl: 4, fontSize: 11, color: 'text.secondary', whiteSpace: 'nowrap' }}
      >
        <Key colour="primary.main">on all corrections</Key>
        {hasHeldOut && <Key colour="text.disabled">some held back</Key>}
      </Box>
    </Box>
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
