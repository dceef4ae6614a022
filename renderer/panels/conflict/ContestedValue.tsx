import Box from '@mui/material/Box';
import { useClassesById } from '../../backend/project-queries.ts';
import { ClassName, ClassSwatch } from '../../shared/ClassChip.tsx';
import { segmentStateWords } from '../../shared/segment-words.ts';
import { digitsFont } from '../../shared/theme.ts';
import { formatTimecode } from '../../ui/timecode.ts';
import { t } from '../../language/language.ts';

const states: Readonly<Record<string, string>> = {
  ...segmentStateWords,
  unseen: t('Not reviewed'),
  'in-progress': t('Under review'),
  complete: t('Complete'),
};

/** A value of a field as the window shows it elsewhere. */
export function ContestedValue({ field, value }: { readonly field: string; readonly value: unknown }) {
  const classes = useClassesById();
  if (field === 'startUs' || field === 'endUs')
    return <Box sx={{ fontFamily: digitsFont, fontSize: 12.5 }}>{formatTimecode(Number(value))}</Box>;
  if (field === 'classId') return <ClassName of={classes.get(Number(value))} whole />;
  if (field === 'state') return states[value as string] ?? (value as string);
  if (field === 'colour')
    return (
      <>
        <ClassSwatch colour={String(value)} /> {String(value)}
      </>
    );
  if (field === 'parentId' && value !== null) return <ClassName of={classes.get(Number(value))} whole />;
  if (field === 'classIds')
    return Array.isArray(value) ? value.map((id) => classes.get(Number(id))?.name ?? '').join(', ') : t('all classes');
  if (typeof value === 'boolean') return value ? t('yes') : t('no');
  if (Array.isArray(value) && value.length > 0) return value.join(', ');
  const text =
    typeof value === 'number' ? String(value) : typeof value === 'string' && value !== '' ? value : t('none');
  return <Box sx={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap', maxHeight: 160, overflowY: 'auto' }}>{text}</Box>;
}
