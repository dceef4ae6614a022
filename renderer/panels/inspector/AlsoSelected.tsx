import Box from '@mui/material/Box';
import { useOthers } from '../../backend/people.ts';
import { nameOf, namesOf } from '../../shared/people-words.ts';
import { PersonAvatar } from '../../ui/PersonAvatar.tsx';

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
      {here.length > 0 && `${namesOf(here)} ${here.length === 1 ? 'has' : 'have'} this selected too`}
    </Box>
  );
}
