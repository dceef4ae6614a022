import Box from '@mui/material/Box';
import type { TunedVersion } from '#preload/domain/tuning.ts';
import { digitsFont } from '../../shared/theme.ts';
import { counted } from '#preload/domain/counted.ts';
import { percentWords } from './version-words.ts';

/** Before and after on corrections that were held back: numbers, each over a bar of its size. */
export function HeldOutTable({ heldOut, name }: { readonly heldOut: TunedVersion['heldOut']; readonly name: string }) {
  const { count } = heldOut.tuned;
  if (count === 0) return null;
  const rows = [
    { label: 'Zero-shot', score: heldOut.zeroShot, own: false },
    { label: 'In use before', score: heldOut.current, own: false },
    { label: name, score: heldOut.tuned, own: true },
  ];
  const worst = Math.max(...rows.map(({ score }) => score.logLoss), 1e-9);
  return (
    <Box
      component="table"
      sx={{ width: '100%', borderSpacing: 0, fontSize: 12, tableLayout: 'fixed', '& th, & td': { p: '2px 0' } }}
    >
      <Box
        component="caption"
        sx={{ captionSide: 'bottom', textAlign: 'left', fontSize: 11.5, color: 'text.secondary' }}
      >
        On {counted(count, 'correction')} held back from learning. Less log loss is surer of what is right.
      </Box>
      <thead>
        <Box component="tr" sx={{ color: 'text.secondary', textAlign: 'left' }}>
          <Box component="th" scope="col" sx={{ width: '36%' }}>
            <span />
          </Box>
          <Heading>Right</Heading>
          <Heading>Log loss</Heading>
        </Box>
      </thead>
      <tbody>
        {rows.map(({ label, score, own }) => (
          <tr key={label}>
            <Box
              component="th"
              scope="row"
              title={label}
              sx={{
                textAlign: 'left',
                fontWeight: own ? 650 : 400,
                overflow: 'hidden',
                textOverflow: 'ellipsis',
                whiteSpace: 'nowrap',
              }}
            >
              {label}
            </Box>
            <Amount share={score.accuracy} own={own}>
              {percentWords(score.accuracy)}
            </Amount>
            <Amount share={score.logLoss / worst} own={own}>
              {score.logLoss.toFixed(3)}
            </Amount>
          </tr>
        ))}
      </tbody>
    </Box>
  );
}

function Heading({ children }: { readonly children: string }) {
  return (
    <Box component="th" scope="col" sx={{ fontWeight: 400, textAlign: 'left', pl: '10px !important' }}>
      {children}
    </Box>
  );
}

function Amount(props: { readonly share: number; readonly own: boolean; readonly children: string }) {
  return (
    <Box component="td" sx={{ pl: '10px !important' }}>
      <Box sx={{ fontFamily: digitsFont, fontSize: 11.5, fontWeight: props.own ? 650 : 400 }}>{props.children}</Box>
      <Box aria-hidden sx={{ height: 4, borderRadius: 2, bgcolor: 'action.hover', overflow: 'hidden' }}>
        <Box
          sx={{
            height: '100%',
            width: `${Math.max(1, props.share * 100)}%`,
            bgcolor: props.own ? 'primary.main' : 'text.disabled',
          }}
        />
      </Box>
    </Box>
  );
}
