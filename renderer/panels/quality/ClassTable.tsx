import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { useMemo } from 'react';
import { outcome as outcomes, type ClassQuality, type Quality } from '#preload/domain/quality.ts';
import { t } from '../../language/language.ts';
import { useClassesById } from '../../backend/project-queries.ts';
import { ClassName } from '../../shared/ClassChip.tsx';
import { grouped } from '../../ui/quantities.ts';
import { AskCount } from './AskButton.tsx';
import { estimateWords, outcomeWords } from './quality-words.ts';
import { useNameOf } from './queries.ts';

const digits = { fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' } as const;

/** Each class with how many are marked of it, its average precision, and what became of them. */
export function ClassTable({ of }: { readonly of: Quality }) {
  const classes = useClassesById();
  const nameOf = useNameOf();
  const rows = useMemo(() => of.classes.toSorted((a, b) => weakness(a) - weakness(b)), [of]);
  return (
    <TableContainer tabIndex={0} role="region" aria-label={t('Quality by class')} sx={{ maxHeight: 420 }}>
      <Table size="small" stickyHeader aria-label={t('Quality by class')}>
        <TableHead>
          <TableRow>
            <TableCell>{t('Class')}</TableCell>
            <TableCell align="right">{t('Marked')}</TableCell>
            <TableCell align="right">{t('Average precision')}</TableCell>
            {outcomes.options.map((outcome) => (
              <TableCell key={outcome} align="right" sx={{ '&::first-letter': { textTransform: 'uppercase' } }}>
                {outcomeWords[outcome]}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map(({ classId, segments, average, outcomes: counts }) => (
            <TableRow key={classId}>
              <TableCell component="th" scope="row">
                <ClassName of={classes.get(classId)} whole />
              </TableCell>
              <TableCell align="right" sx={digits}>
                {grouped(segments)}
              </TableCell>
              <TableCell align="right" sx={digits}>
                {average === null ? t('nothing is marked') : estimateWords(average)}
              </TableCell>
              {outcomes.options.map((outcome) => (
                <TableCell key={outcome} align="right" sx={digits}>
                  <AskCount
                    count={counts[outcome]}
                    question={{ by: 'outcome', outcome, classId }}
                    label={`${outcomeWords[outcome]}: ${nameOf(classId)}`}
                  />
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}

/** What nothing is marked of comes last. */
const weakness = ({ average }: ClassQuality): number => average?.value ?? 2;
