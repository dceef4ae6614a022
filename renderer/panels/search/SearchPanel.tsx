import CloseOutlined from '@mui/icons-material/CloseOutlined';
import ImageSearchOutlined from '@mui/icons-material/ImageSearchOutlined';
import MemoryOutlined from '@mui/icons-material/MemoryOutlined';
import SearchOutlined from '@mui/icons-material/SearchOutlined';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import InputAdornment from '@mui/material/InputAdornment';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { t } from '../../language/language.ts';
import { runCommand } from '../../shared/commands.ts';
import { FailureNote } from '../../shared/FailureNote.tsx';
import { firstField } from '../../shared/show-panel.ts';
import { useStudio, type SearchedSegment, type StudioView } from '../../shared/studio-state.ts';
import { tourAnchor } from '../../shared/tour-anchors.ts';
import { api, backend } from '../../backend/client.ts';
import { useClasses, useProject } from '../../backend/project-queries.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { IconAction } from '../../ui/IconAction.tsx';
import { PanelFrame } from '../../ui/PanelFrame.tsx';
import { RowsSkeleton } from '../../ui/RowsSkeleton.tsx';
import { formatShortTime } from '../../ui/timecode.ts';
import { ChoosePicture, PictureTarget } from './PictureTarget.tsx';
import { momentHeight, MomentList } from './MomentList.tsx';
import { said } from '../../language/said.ts';

/** A text or a segment in, moments of all videos out, best first, from the features that are stored. */
export function SearchPanel() {
  const { data: project } = useProject();
  const { data: classes = [] } = useClasses();
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState('');
  const like = useStudio((studio) => studio.searchedLike);
  const question = questionOf(like, asked);
  const moments = useQuery({
    queryKey: [...api.analysis.search.key(), nameOf(like) ?? question],
    queryFn: async ({ signal }) => backend.analysis.search({ ...question, top: 100 }, { signal }),
    enabled: like !== null || asked !== '',
    gcTime: 0,
  });
  const nothingAsked = like === null && asked === '';
  if (project && project.settings.model === null) {
    return (
      <PanelFrame title={t('Search')} scope="search" hold={tourAnchor('search-panel')}>
        <EmptyState
          icon={<MemoryOutlined />}
          title={t('No model yet')}
          action={
            <Button variant="outlined" onClick={() => runCommand('window.models')}>
              {t('Choose a model…')}
            </Button>
          }
        >
          {t('Searching by words needs a model that reads both pictures and text.')}
        </EmptyState>
      </PanelFrame>
    );
  }
  const leaveLike = (): void => useStudio.getState().show({ searchedLike: null });
  return (
    <PictureTarget>
      <PanelFrame
        title={t('Search')}
        scope="search"
        hold={tourAnchor('search-panel')}
        aside={!nothingAsked && moments.data ? moments.data.moments.length : undefined}
      >
        <form
          role="search"
          onSubmit={(event) => {
            event.preventDefault();
            const text = typed.trim();
            if (like === null && text === asked) void moments.refetch();
            if (text !== '') leaveLike();
            setAsked(text);
          }}
        >
          <TextField
            fullWidth
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            placeholder={t('a person jumps over a bar')}
            slotProps={{
              htmlInput: { ...firstField, 'aria-label': t('Search moments by text'), type: 'search', maxLength: 1000 },
              input: {
                ref: tourAnchor('search'),
                startAdornment: (
                  <InputAdornment position="start">
                    <SearchOutlined fontSize="small" />
                  </InputAdornment>
                ),
                endAdornment: (
                  <InputAdornment position="end">
                    <ChoosePicture />
                  </InputAdornment>
                ),
                sx: { height: 34, pl: 1, bgcolor: 'surface.base' },
              },
            }}
            sx={{ px: 1.5, pb: 1 }}
          />
        </form>
        {like !== null && (
          <Box sx={{ pl: 1.5, pr: 0.75, pb: 1, display: 'flex', alignItems: 'center', gap: 0.5 }}>
            {'picture' in like && (
              <img alt="" src={like.preview} style={{ height: 44, maxWidth: 90, objectFit: 'contain' }} />
            )}
            <Typography variant="body2" component="h3" noWrap sx={{ flex: 1, minWidth: 0 }}>
              {likeWords(like, classes)}
            </Typography>
            <IconAction label={t('Search by words again')} onClick={leaveLike}>
              <CloseOutlined fontSize="small" />
            </IconAction>
          </Box>
        )}
        {nothingAsked ? (
          <EmptyState icon={<ImageSearchOutlined />} title={t('Find a moment by words')}>
            {t(
              'Describe what happens, in the model’s language, and press Enter. Or give a picture: choose, paste or drop one here. Or select a segment and ask for more like it. Only videos the model has looked at are searched.',
            )}
          </EmptyState>
        ) : moments.isFetching ? (
          <RowsSkeleton rows={6} height={momentHeight} label={t('Searching')} />
        ) : moments.isError ? (
          <FailureNote error={moments.error} onRetry={() => void moments.refetch()} />
        ) : moments.data?.moments.length === 0 ? (
          like === null ? (
            <EmptyState
              icon={<ImageSearchOutlined />}
              title={t('Nothing to search yet')}
              action={
                <Button variant="outlined" onClick={() => runCommand('analysis.propose')}>
                  {t('Look at the videos')}
                </Button>
              }
            >
              {t('The model has not looked at any video yet.')}
            </EmptyState>
          ) : (
            <EmptyState icon={<ImageSearchOutlined />} title={t('Nothing else is like it')}>
              {t('Only videos the model has looked at are searched.')}
            </EmptyState>
          )
        ) : (
          <>
            {moments.data?.warnings.map(said).map((warning) => (
              <Alert key={warning} severity="warning" sx={{ mx: 1.5, mb: 1 }}>
                {warning}
              </Alert>
            ))}
            <MomentList key={nameOf(like) ?? JSON.stringify(question)} moments={moments.data?.moments ?? []} />
          </>
        )}
      </PanelFrame>
    </PictureTarget>
  );
}

type Like = NonNullable<StudioView['searchedLike']>;

function questionOf(like: Like | null, text: string) {
  if (like === null) return { text };
  if ('picture' in like) return { picture: like.picture };
  const { videoId, startUs, endUs } = like;
  return { like: { videoId, startUs, endUs } };
}

const pictureNames = new WeakMap<object, string>();

/** A picture is a megabyte of text: its query goes by a short name. Null for what is no picture. */
function nameOf(like: Like | null): string | null {
  if (like === null || !('picture' in like)) return null;
  const name = pictureNames.get(like) ?? t('picture {{crypto}}', { crypto: crypto.randomUUID() });
  pictureNames.set(like, name);
  return name;
}

/** `Like jumping, 0:12.4`. */
const likeWords = (like: Like, classes: readonly { readonly id: number; readonly name: string }[]) =>
  'picture' in like ? t('Like {{name}}', { name: like.name }) : segmentWords(like, classes);

const segmentWords = (
  { classId, startUs }: SearchedSegment,
  classes: readonly { readonly id: number; readonly name: string }[],
) =>
  t('Like {{name}}, {{time}}', {
    name: classes.find(({ id }) => id === classId)?.name ?? t('a segment'),
    time: formatShortTime(startUs, 1),
  });
