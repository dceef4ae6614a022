import Box from '@mui/material/Box';
import { useOthers } from '../../backend/people.ts';
import { nameOf, namesOf } from '../../shared/people-words.ts';
import { PersonAvatar } from '../../ui/PersonAvatar.tsx';
import { t } from '../../language/language.ts';

/** Says who else has a segment selected. */
export function AlsoSelected({ segmentId }: { readonly segmentId: number }) {
  const here = useOthers().filter(({ segmentIds }) => segmentIds.includes(segmentId));
  return (
    <Box
      role="status"
      sx={{ display: here.length === 0 ? 'none' : 'flex', alignItems: 'center', gap: 0.75, fontSize: 12.5 }}
    >
      {here.map((each) => (
        <PersonAvatar key={each.window} name={nameOf(each)} size={18} />
      ))}
      {here.length > 0 &&
        (here.length === 1
          ? t('{{names}} has this selected too', { names: namesOf(here) })
          : t('{{names}} have this selected too', { names: namesOf(here) }))}
    </Box>
  );
}
