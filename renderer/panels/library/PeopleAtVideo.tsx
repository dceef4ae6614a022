import Box from '@mui/material/Box';
import { t } from '../../language/language.ts';
import { useOthers } from '../../backend/people.ts';
import { nameOf, namesOf } from '../../shared/people-words.ts';
import { PersonAvatar } from '../../ui/PersonAvatar.tsx';

const mostAvatars = 3;

/** Signs of who looks at a video; the row says their names. */
export function PeopleAtVideo({ videoId }: { readonly videoId: number }) {
  const here = useOthers().filter((each) => each.videoId === videoId);
  if (here.length === 0) return null;
  return (
    <Box title={t('{{names}} here', { names: namesOf(here) })} sx={{ display: 'flex', flexShrink: 0 }}>
      {here.slice(0, mostAvatars).map((each) => (
        <PersonAvatar key={each.window} name={nameOf(each)} size={18} />
      ))}
    </Box>
  );
}
