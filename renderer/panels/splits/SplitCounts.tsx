import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import type { SplitPlan } from '#preload/contract/splits.ts';
import { split as splits } from '#preload/domain/split.ts';
import { t } from '../../language/language.ts';
import { splitWords } from '../../shared/split-words.ts';
import { grouped } from '../../ui/quantities.ts';

type Counts = SplitPlan['videos'];

/** Videos, accepted segments, and those of each class, by part; the last column only where a video is in none. */
export function SplitCounts({ plan, label }: { readonly plan: SplitPlan; readonly label: string }) {
  const parts = [...splits.options, ...(plan.videos.none > 0 ? (['none'] as const) : [])];
  const row = (key: number | string, name: string, counts: Counts, isOfClass = false) => (
    <TableRow key={key}>
      <TableCell component="th" scope="row" sx={{ pl: isOfClass ? 3 : 0, overflowWrap: 'anywhere' }}>
        {name}
      </TableCell>
      {parts.map((part) => (
        <TableCell
          key={part}
          align="right"
          // A class of which a part has nothing cannot be measured there.
          sx={{ color: isOfClass && part !== 'none' && counts[part] === 0 ? 'warning.main' : undefined }}
        >
          {grouped(counts[part])}
        </TableCell>
      ))}
    </TableRow>
  );
  return (
    <TableContainer sx={{ maxHeight: 260 }} tabIndex={0} role="region" aria-label={label}>
      <Table size="small" stickyHeader aria-label={label}>
        <TableHead>
          <TableRow>
            <TableCell sx={{ pl: 0 }} />
            {parts.map((part) => (
              <TableCell key={part} align="right">
                {part === 'none' ? t('No split') : splitWords[part]}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {row('videos', t('Videos'), plan.videos)}
          {row('segments', t('Accepted segments'), plan.segments)}
          {plan.classes.map(({ classId, name, counts }) => row(classId, name, counts, true))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}
