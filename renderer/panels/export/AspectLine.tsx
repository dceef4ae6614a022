import Box from '@mui/material/Box';
import type { LeftOutAspect, SegmentAspect } from '#preload/domain/segment-aspect.ts';
import { counted } from '../../language/counted.ts';
import { t } from '../../language/language.ts';

const words: Readonly<Record<SegmentAspect, string>> = {
  states: t('states'),
  scores: t('scores'),
  notes: t('notes'),
  annotators: t('annotators'),
  subjects: t('subjects'),
  ambiguous: t('what is ambiguous'),
  locks: t('locks'),
  attributes: t('attributes'),
  points: t('points in time'),
};

/** What is said of segments that a format keeps and, of what these segments say, what it leaves out. */
export function AspectLine(props: {
  readonly keeps: readonly SegmentAspect[];
  readonly leavesOut: readonly LeftOutAspect[];
}) {
  const kept = props.keeps.map((aspect) => words[aspect]).join(', ');
  const lost = props.leavesOut
    .map(({ aspect, count }) => (aspect === 'attributes' ? counted(count, 'attribute') : words[aspect]))
    .join(', ');
  return (
    <Box role="note" aria-label={t('What the format keeps')} sx={{ fontSize: 13, color: 'text.secondary' }}>
      {kept === '' ? t('Keeps times and classes alone.') : t('Keeps: {{aspects}}.', { aspects: kept })}{' '}
      <Box component="span" sx={lost === '' ? {} : { color: 'warning.main' }}>
        {lost === '' ? t('Leaves out nothing that is said here.') : t('Leaves out: {{aspects}}.', { aspects: lost })}
      </Box>
    </Box>
  );
}
