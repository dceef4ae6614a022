import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useState } from 'react';
import type { LearnedMoment } from '#preload/domain/judgement.ts';
import { counted } from '../../language/counted.ts';
import { isAsBefore, isWorse } from './brought-words.ts';
import { ClassOutcome, type OutcomeOfClass } from './ClassOutcome.tsx';

/** As many classes as are shown before they are asked for. */
const few = 6;

/** What learning brought class by class: what became worse first, then what changed most; those as before on request. */
export function ClassOutcomes(props: {
  readonly label: string;
  readonly classes: readonly OutcomeOfClass[];
  readonly moments: readonly LearnedMoment[];
}) {
  const { classes, moments } = props;
  const [all, setAll] = useState(false);
  if (classes.length === 0) return null;
  const sorted = classes.toSorted(
    (a, b) =>
      Number(isWorse(b.comparison)) - Number(isWorse(a.comparison)) ||
      Number(isAsBefore(a.comparison)) - Number(isAsBefore(b.comparison)) ||
      change(b) - change(a),
  );
  const shown = all ? sorted : sorted.slice(0, few);
  const rest = sorted.length - shown.length;
  return (
    <div>
      <Box component="ul" aria-label={props.label} sx={{ m: 0, p: 0, listStyle: 'none' }}>
        {shown.map((one) => (
          <ClassOutcome key={one.classId} of={one} moments={moments.filter(({ classId }) => classId === one.classId)} />
        ))}
      </Box>
      {rest > 0 && (
        <Button size="small" color="inherit" onClick={() => setAll(true)}>
          {counted(rest, 'more class', 'more classes')}
        </Button>
      )}
    </div>
  );
}

const change = ({ comparison: { before, after } }: OutcomeOfClass): number => Math.abs(after - before);
