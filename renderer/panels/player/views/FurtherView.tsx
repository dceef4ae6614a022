import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { SceneView } from '#preload/domain/scene.ts';
import type { Video } from '#preload/domain/video.ts';
import { t } from '../../../language/language.ts';
import { useFrameTable } from '../../../backend/frame-tables.ts';
import { useVideo } from '../../../backend/project-queries.ts';
import { Follower } from '../../../playback/follower.ts';
import { shuttle } from '../../../playback/playback.ts';
import { Film, type TakeMedia } from '../picture/Film.tsx';
import { PictureMap } from '../picture/PictureMap.tsx';
import { createZoom } from '../picture/picture-zoom.ts';
import { StillPictures } from '../picture/StillPictures.tsx';
import { ZoomedPicture } from '../picture/ZoomedPicture.tsx';
import { offsetWords } from './offset-words.ts';
import { useChosenView } from './scenes.ts';

/** Another video of the scene, on the moment that the selected one shows. */
export function FurtherView({ view, isChosen }: { readonly view: SceneView; readonly isChosen: boolean }) {
  const video = useVideo(view.videoId);
  return video ? <View key={`${video.id} ${video.playback}`} video={video} view={view} isChosen={isChosen} /> : null;
}

function View(props: { readonly video: Video; readonly view: SceneView; readonly isChosen: boolean }) {
  const { video, view, isChosen } = props;
  const { data: table = null } = useFrameTable(video.id);
  const [zoom] = useState(createZoom);
  const [follower, setFollower] = useState<Follower | null>(null);
  const offset = useRef(view.offsetUs);
  const take = useCallback<TakeMedia>((times, media) => {
    const made = new Follower(shuttle, times, media, offset.current);
    setFollower(made);
    return () => {
      made.dispose();
      setFollower(null);
    };
  }, []);
  useEffect(() => {
    offset.current = view.offsetUs;
    follower?.setOffset(view.offsetUs);
  }, [follower, view.offsetUs]);
  const Picture = video.playback === 'proxy-pending' ? StillPictures : Film;
  return (
    <Box
      role="group"
      aria-label={
        isChosen
          ? t('View {{name}}, {{offset}}, chosen', { name: video.name, offset: offsetWords(view.offsetUs) })
          : t('View {{name}}, {{offset}}', { name: video.name, offset: offsetWords(view.offsetUs) })
      }
      sx={{ position: 'relative', minWidth: 0, minHeight: 0, overflow: 'hidden', bgcolor: 'surface.stage' }}
    >
      {video.missing ? (
        <NoPicture>{t('The file is not where it was.')}</NoPicture>
      ) : (
        <>
          <ZoomedPicture zoom={zoom}>
            <Picture video={video} table={table} take={take} />
          </ZoomedPicture>
          {follower && <BeyondEnds follower={follower} />}
        </>
      )}
      <ButtonBase
        onClick={() => useChosenView.setState({ videoId: video.id })}
        title={t('{{name}}: a click makes it the view that keys move in time', { name: video.name })}
        sx={{
          position: 'absolute',
          top: 8,
          left: 8,
          // Beside the map of a zoomed picture, and in a narrow view at least half of it, in two lines.
          maxWidth: 'max(50%, 100% - 116px)',
          flexWrap: 'wrap',
          justifyContent: 'start',
          px: 0.875,
          borderRadius: 1,
          bgcolor: 'rgba(0, 0, 0, 0.62)',
          color: '#fff',
          fontSize: 12,
          lineHeight: '20px',
          gap: 0.75,
          ...(isChosen && { boxShadow: '0 0 0 1.5px #7cb8ff' }),
        }}
      >
        <Box
          component="span"
          sx={{ maxWidth: '100%', overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}
        >
          {video.name}
        </Box>
        <Box component="span" sx={{ opacity: 0.75, whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' }}>
          {offsetWords(view.offsetUs)}
        </Box>
      </ButtonBase>
      <Box sx={{ position: 'absolute', top: 8, right: 8 }}>
        <PictureMap zoom={zoom} />
      </Box>
    </Box>
  );
}

function BeyondEnds({ follower }: { readonly follower: Follower }) {
  const hasPicture = useStore(follower.state, (state) => state.hasPicture);
  return hasPicture ? null : <NoPicture>{t('No picture of this view at this time')}</NoPicture>;
}

const NoPicture = ({ children }: { readonly children: string }) => (
  <Box
    sx={{
      position: 'absolute',
      inset: 0,
      display: 'grid',
      placeItems: 'center',
      px: 2,
      textAlign: 'center',
      bgcolor: 'surface.stage',
      color: 'rgba(255, 255, 255, 0.7)',
      fontSize: 13,
    }}
  >
    {children}
  </Box>
);
