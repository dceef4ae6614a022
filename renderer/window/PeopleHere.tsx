import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useState } from 'react';
import type { PresentWindow } from '#preload/contract/people.ts';
import { counted } from '../language/counted.ts';
import { t } from '../language/language.ts';
import { backend } from '../backend/client.ts';
import { useOthers } from '../backend/people.ts';
import { useVideos } from '../backend/project-queries.ts';
import { attempt } from '../shared/notices.ts';
import { nameOf, namesOf } from '../shared/people-words.ts';
import { showMoment } from '../shared/show-moment.ts';
import { useStudio } from '../shared/studio-state.ts';
import { PersonAvatar } from '../ui/PersonAvatar.tsx';

const mostAvatars = 4;

/** Who else has the project open: signs that open a list, which says what each looks at and goes there. */
export function PeopleHere() {
  const others = useOthers();
  const { data: videos } = useVideos();
  const [menuAt, setMenuAt] = useState<HTMLElement | null>(null);
  if (others.length === 0) return null;
  const place = ({ videoId, segmentIds }: PresentWindow): string => {
    const video = videos?.find(({ id }) => id === videoId);
    if (!video) return t('in this project');
    const { name } = video;
    return segmentIds.length === 0
      ? t('at {{name}}', { name })
      : t('at {{name}}, {{segments}}', { name, segments: counted(segmentIds.length, 'segment') });
  };
  const shown = others.slice(0, others.length > mostAvatars ? mostAvatars - 1 : mostAvatars);
  return (
    <>
      <ButtonBase
        aria-haspopup="menu"
        aria-label={t('Also here: {{names}}', { names: namesOf(others) })}
        title={t('Also here: {{names}}', { names: namesOf(others) })}
        onClick={(event) => setMenuAt(event.currentTarget)}
        sx={{ borderRadius: 3, px: 0.5, py: 0.25, mr: 0.5, flexShrink: 0 }}
      >
        {shown.map((each) => (
          <Box
            key={each.window}
            sx={{ ml: '-5px', border: '2px solid', borderColor: 'surface.panel', borderRadius: '50%' }}
          >
            <PersonAvatar name={nameOf(each)} />
          </Box>
        ))}
        {others.length > shown.length && (
          <Box sx={{ ml: 0.5, fontSize: 12, color: 'text.secondary' }}>+{others.length - shown.length}</Box>
        )}
      </ButtonBase>
      <Menu anchorEl={menuAt} open={menuAt !== null} onClose={() => setMenuAt(null)}>
        {others.map((each) => (
          <MenuItem
            key={each.window}
            disabled={each.videoId === null}
            onClick={() => {
              setMenuAt(null);
              attempt(goWhere(each));
            }}
            sx={{ gap: 1, fontSize: 13 }}
          >
            <PersonAvatar name={nameOf(each)} size={22} />
            <span>{nameOf(each)}</span>
            <Box
              component="span"
              sx={{
                color: 'text.secondary',
                ml: 'auto',
                pl: 2,
                maxWidth: 320,
                overflow: 'hidden',
                textOverflow: 'ellipsis',
              }}
            >
              {place(each)}
            </Box>
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}

/** Shows what somebody looks at, and selects nothing: two hands on one segment are what this is to avoid. */
async function goWhere({ videoId, segmentIds }: PresentWindow): Promise<void> {
  if (videoId === null) return;
  useStudio.getState().selectVideo(videoId);
  const [segment] = await backend.segments.some({ segmentIds: segmentIds.slice(0, 1) });
  if (segment) showMoment(videoId, segment, 'seek');
}
