import Box from '@mui/material/Box';
import type { Comparison } from '#preload/domain/judgement.ts';
import { t } from '../../language/language.ts';
import { counted } from '../../language/counted.ts';
import { digitsFont } from '../../shared/theme.ts';
import { differenceWords, points } from './brought-words.ts';

export interface JudgedPart {
  readonly name: string;
  readonly comparison: Comparison | null;
}

const verdicts: Record<Comparison['verdict'], string> = {
  better: t('better'),
  equal: t('within noise'),
  worse: t('worse'),
  untested: t('not tried'),
};

/** Held-back videos without and with each part that was trained: numbers, each over a bar of its size. */
export function JudgedParts({ parts }: { readonly parts: readonly JudgedPart[] }) {
  const judged = parts.flatMap(({ name, comparison }) =>
    comparison === null || comparison.verdict === 'untested' ? [] : [{ name, comparison }],
  );
  if (judged.length === 0) return null;
  return (
    <Box
      component="table"
      sx={{ width: '100%', borderSpacing: 0, fontSize: 12, tableLayout: 'fixed', '& th, & td': { p: '2px 0' } }}
    >
      <Box
        component="caption"
        sx={{ captionSide: 'bottom', textAlign: 'left', fontSize: 11.5, color: 'text.secondary', textWrap: 'pretty' }}
      >
        {t(
          'Points of mAP on {{heldBackVideos}}, on top of what corrections teach at once; ± holds 9 times out of 10.',
          { heldBackVideos: counted(judged[0]!.comparison.videos, 'held-back video') },
        )}
      </Box>
      <thead>
        <Box component="tr" sx={{ color: 'text.secondary', textAlign: 'left' }}>
          <Box component="th" scope="col" sx={{ width: '36%' }}>
            <span />
          </Box>
          <Heading>{t('Without')}</Heading>
          <Heading>{t('With')}</Heading>
        </Box>
      </thead>
      <tbody>
        {judged.map(({ name, comparison }) => (
          <tr key={name}>
            <Box component="th" scope="row" sx={{ textAlign: 'left', fontWeight: 400, lineHeight: 1.3 }}>
              {name}
              <Box
                component="span"
                sx={{
                  display: 'block',
                  fontSize: 11,
                  color: comparison.verdict === 'worse' ? 'warning.main' : 'text.secondary',
                }}
              >
                {differenceWords(comparison)}, {verdicts[comparison.verdict]}
              </Box>
            </Box>
            <Amount share={comparison.before} own={false} />
            <Amount share={comparison.after} own={comparison.verdict === 'better'} />
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

function Amount(props: { readonly share: number; readonly own: boolean }) {
  return (
    <Box component="td" sx={{ pl: '10px !important', verticalAlign: 'top' }}>
      <Box sx={{ fontFamily: digitsFont, fontSize: 11.5, fontWeight: props.own ? 650 : 400 }}>
        {points(props.share)}
      </Box>
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
