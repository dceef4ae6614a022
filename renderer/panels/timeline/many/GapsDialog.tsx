import { useState } from 'react';
import { t } from '../../../language/language.ts';
import { useClasses, useSegments } from '../../../backend/project-queries.ts';
import { ClassField, type ChosenClass } from '../../../shared/ClassField.tsx';
import { useStudio } from '../../../shared/studio-state.ts';
import { useTimeline } from '../timeline-view.ts';
import { gapsBetween } from './gaps-between.ts';
import { makeMany } from './make-many.ts';
import { ManyDialog } from './ManyDialog.tsx';
import { SecondsField, typedUs } from './SecondsField.tsx';

/** Inverts a class: what none of its accepted segments covers becomes segments of another. */
export function GapsDialog({ onClose }: { readonly onClose: () => void }) {
  const { data: classes = [] } = useClasses();
  const { selectedVideoId: videoId, focusedClassId } = useStudio.getState();
  const { data: segments = [] } = useSegments(videoId);
  const [from, setFrom] = useState<ChosenClass | null>(
    classes.find(({ id }) => id === focusedClassId) ?? classes[0] ?? null,
  );
  const [to, setTo] = useState<ChosenClass | null>(null);
  const [least, setLeast] = useState('0');
  const { table } = useTimeline.getState();
  const leastUs = typedUs(least);
  const missing =
    from === null || to === null
      ? t('Choose both classes.')
      : leastUs === null
        ? t('Say the shortest gap in seconds.')
        : from.id === to.id
          ? t('Choose another class for the gaps.')
          : null;
  const own = segments.filter(({ classId, state }) => classId === from?.id && state === 'accepted');
  const gaps =
    missing === null && table
      ? gapsBetween({ startUs: table.firstStartUs, endUs: table.lastEndUs }, own, leastUs!)
      : [];
  return (
    <ManyDialog
      title={t('Make segments of the gaps')}
      missing={missing}
      count={gaps.length}
      onClose={onClose}
      onMake={async () => makeMany(videoId!, 'gaps', gaps, to!)}
    >
      <ClassField label={t('Between accepted segments of')} classes={classes} value={from} onChange={setFrom} />
      <ClassField label={t('The gaps become')} classes={classes} value={to} onChange={setTo} makesNew autoFocus />
      <SecondsField label={t('Leave out gaps shorter than, seconds')} value={least} onChange={setLeast} />
    </ManyDialog>
  );
}
