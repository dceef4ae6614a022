import Box from '@mui/material/Box';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { Quality } from '#preload/domain/quality.ts';
import { t } from '../../language/language.ts';
import { grouped } from '../../ui/quantities.ts';
import { cornerCell, nameCell, rowNameCell } from '../../ui/confusion-cells.ts';
import { ask, isAsked, useQualityChoice } from './quality-choice.ts';
import { confusionOf, type Confusion } from './shown-confusion.ts';
import { questionWords } from './quality-words.ts';
import { useNameOf } from './queries.ts';

type Place = readonly [row: number, column: number];

/** Rows what is true, columns what is proposed; darker where there is more of a row. Arrows go from cell to cell, Enter opens its clips. */
export function ConfusionGrid({ of }: { readonly of: Quality }) {
  const nameOf = useNameOf();
  const question = useQualityChoice((choice) => choice.question);
  const confusion = useMemo(() => confusionOf(of), [of]);
  const table = useRef<HTMLTableElement>(null);
  const [[activeRow, activeColumn], setActive] = useState<Place>([0, 0]);
  const { classIds, counts, leftOut } = confusion;
  const nothing = classIds.length;
  if (nothing === 0) return <Typography variant="body2">{t('Nothing is marked, and nothing proposed.')}</Typography>;
  const labelOf = (index: number, atNothing: string): string =>
    index === nothing ? atNothing : nameOf(classIds[index]!);
  const questionAt = ([row, column]: Place) => cellQuestion(confusion, row, column);
  const open = (place: Place, pressed: HTMLElement | null): void => {
    setActive(place);
    if (counts[place[0]]![place[1]]! > 0) ask(questionAt(place), pressed);
  };
  const cellAt = (place: Place): HTMLElement | null =>
    table.current?.querySelector<HTMLElement>(`[data-cell="${place.join(' ')}"]`) ?? null;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      open([activeRow, activeColumn], cellAt([activeRow, activeColumn]));
      return;
    }
    const step = steps[event.key];
    if (step === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const within = (value: number): number => Math.min(Math.max(value, 0), nothing);
    const place = [within(activeRow + step[0]), within(activeColumn + step[1])] as const;
    setActive(place);
    cellAt(place)?.focus();
  };
  return (
    <>
      <Box sx={{ overflow: 'auto', maxHeight: 460 }}>
        <Table
          ref={table}
          size="small"
          stickyHeader
          role="grid"
          aria-label={t('Confusion: true classes in rows, proposed ones in columns')}
          onKeyDown={onKeyDown}
          sx={{ width: 'auto' }}
        >
          <TableHead>
            <TableRow role="row">
              <TableCell role="columnheader" sx={{ ...cornerCell, color: 'text.secondary', fontSize: 11 }}>
                {t('true ↓ proposed →')}
              </TableCell>
              {counts.map((_, column) => (
                <TableCell
                  key={column}
                  role="columnheader"
                  align="right"
                  title={labelOf(column, t('missed'))}
                  sx={{ ...nameCell, ...(column === nothing && { fontStyle: 'italic' }) }}
                >
                  {labelOf(column, t('missed'))}
                </TableCell>
              ))}
            </TableRow>
          </TableHead>
          <TableBody>
            {counts.map((row, index) => {
              const total = row.reduce((sum, count) => sum + count, 0);
              return (
                <TableRow key={index} role="row">
                  <TableCell
                    component="th"
                    scope="row"
                    role="rowheader"
                    title={labelOf(index, t('background'))}
                    sx={{ ...rowNameCell, ...(index === nothing && { fontStyle: 'italic' }) }}
                  >
                    {labelOf(index, t('background'))}
                  </TableCell>
                  {row.map((count, column) => {
                    const isActive = index === activeRow && column === activeColumn;
                    const asked = count > 0 && isAsked(questionAt([index, column]), question);
                    return (
                      <TableCell
                        key={column}
                        role="gridcell"
                        data-cell={`${index} ${column}`}
                        tabIndex={isActive ? 0 : -1}
                        align="right"
                        aria-selected={asked}
                        aria-label={`${count}, ${questionWords(questionAt([index, column]), nameOf)}`}
                        onFocus={() => setActive([index, column])}
                        onClick={() => open([index, column], null)}
                        sx={{
                          fontVariantNumeric: 'tabular-nums',
                          fontWeight: index === column ? 650 : 400,
                          cursor: count > 0 ? 'pointer' : 'default',
                          backgroundColor: (theme) =>
                            total === 0
                              ? 'transparent'
                              : theme.alpha(
                                  index === column ? theme.palette.primary.main : theme.palette.warning.main,
                                  (0.4 * count) / total,
                                ),
                          ...(asked && { boxShadow: (theme) => `inset 0 0 0 1px ${theme.palette.primary.main}` }),
                          '&:focus-visible': { outlineOffset: -2 },
                        }}
                      >
                        {count === 0 ? (index === nothing && column === nothing ? '' : '·') : grouped(count)}
                      </TableCell>
                    );
                  })}
                </TableRow>
              );
            })}
          </TableBody>
        </Table>
      </Box>
      {leftOut > 0 && (
        <Typography variant="caption" component="p" color="textSecondary" sx={{ mt: 0.5 }}>
          {t('The {{classIds}} classes with most mistakes; {{count}} others are in the table above.', {
            classIds: classIds.length,
            count: leftOut,
            one: 'The {{classIds}} classes with most mistakes; {{count}} other is in the table above.',
          })}
        </Typography>
      )}
    </>
  );
}

const steps: Readonly<Record<string, Place>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  Home: [0, -Infinity],
  End: [0, Infinity],
};

const cellQuestion = ({ classIds }: Confusion, row: number, column: number) =>
  ({ by: 'cell', trueClassId: classIds[row] ?? null, proposedClassId: classIds[column] ?? null }) as const;
