import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import { useState } from 'react';
import type { Span } from '#preload/domain/span.ts';
import { t } from '../../../language/language.ts';
import { useClasses } from '../../../backend/project-queries.ts';
import { ClassField, type ChosenClass } from '../../../shared/ClassField.tsx';
import { useStudio } from '../../../shared/studio-state.ts';
import { RadioChoice } from '../../../ui/RadioChoice.tsx';
import { selectedShown } from '../selected-segments.ts';
import { markedSpan, useTimeline } from '../timeline-view.ts';
import { countWindows, fixedWindows, type WindowPlan } from './fixed-windows.ts';
import { makeMany } from './make-many.ts';
import { ManyDialog } from './ManyDialog.tsx';
import { SecondsField, typedUs } from './SecondsField.tsx';
import { decimal } from '../../../ui/quantities.ts';

/** Where windows can be laid: what is there of it now. */
function placesNow(): Readonly<Record<'video' | 'marks' | 'selection', readonly Span[]>> {
  const view = useTimeline.getState();
  const marked = markedSpan(view);
  return {
    video: view.table ? [{ startUs: view.table.firstStartUs, endUs: view.table.lastEndUs }] : [],
    marks: marked ? [marked] : [],
    selection: selectedShown(useStudio.getState()),
  };
}

const names = {
  video: t('The whole video'),
  marks: t('Between the marks'),
  selection: t('The selected segments'),
} as const;

/** Fills time with windows of one length: for clips, audits and frame-wise labels. */
export function WindowsDialog({ onClose }: { readonly onClose: () => void }) {
  const { data: classes = [] } = useClasses();
  const { selectedVideoId, focusedClassId } = useStudio.getState();
  const [places] = useState(placesNow);
  const there = (Object.keys(names) as (keyof typeof names)[]).filter((each) => places[each].length > 0);
  const [place, setPlace] = useState(there.at(-1) ?? 'video');
  const [length, setLength] = useState('2');
  const [stride, setStride] = useState('2');
  const [cutsLast, setCutsLast] = useState(false);
  const [chosen, setChosen] = useState<ChosenClass | null>(
    classes.find(({ id }) => id === focusedClassId) ?? classes[0] ?? null,
  );
  const { table } = useTimeline.getState();
  const frameUs = table ? Math.ceil((table.lastEndUs - table.firstStartUs) / table.frameCount) : 1;
  const [lengthUs, strideUs] = [typedUs(length), typedUs(stride)];
  const missing =
    chosen === null
      ? t('Choose a class.')
      : lengthUs === null || strideUs === null
        ? t('Say both in seconds.')
        : Math.min(lengthUs, strideUs) < frameUs
          ? t('Neither can be shorter than a frame, {{frameUs}} s.', { frameUs: decimal(frameUs / 1e6, 3) })
          : null;
  const plan: WindowPlan = { lengthUs: lengthUs ?? 1, strideUs: strideUs ?? 1, last: cutsLast ? 'cut' : 'drop' };
  const count = missing === null ? places[place].reduce((sum, span) => sum + countWindows(span, plan), 0) : 0;
  return (
    <ManyDialog
      title={t('Fill with windows')}
      missing={missing}
      count={count}
      onClose={onClose}
      onMake={async () =>
        makeMany(
          selectedVideoId!,
          'windows',
          places[place].flatMap((span) => fixedWindows(span, plan)),
          chosen!,
        )
      }
    >
      <ClassField label={t('Class')} classes={classes} value={chosen} onChange={setChosen} makesNew />
      <Box sx={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 1.5 }}>
        <SecondsField label={t('Length, seconds')} value={length} onChange={setLength} autoFocus />
        <SecondsField label={t('From start to start, seconds')} value={stride} onChange={setStride} />
      </Box>
      <RadioChoice
        label={t('Where')}
        value={place}
        onChoose={setPlace}
        options={Object.fromEntries(there.map((each) => [each, names[each]])) as typeof names}
      />
      <FormControlLabel
        control={<Checkbox size="small" checked={cutsLast} onChange={(_, on) => setCutsLast(on)} />}
        label={t('A shorter one at the end too')}
      />
    </ManyDialog>
  );
}
