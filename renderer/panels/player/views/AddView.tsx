import Autocomplete, { createFilterOptions } from '@mui/material/Autocomplete';
import TextField from '@mui/material/TextField';
import type { Video } from '#preload/domain/video.ts';
import { t } from '../../../language/language.ts';
import { useVideos } from '../../../backend/project-queries.ts';
import { focusPaperOf } from '../OverWindow.tsx';
import { addView } from './view-actions.ts';

/** Of a large library a few are listed; typing finds the rest. */
const filterOptions = createFilterOptions<Video>({ limit: 40 });
const noVideos: readonly Video[] = [];

/** Finds another video of the project by its name, and puts it beside the selected one. */
export function AddView({ videoId, shownIds }: { readonly videoId: number; readonly shownIds: readonly number[] }) {
  const { data: videos = noVideos } = useVideos();
  const others = videos.filter(({ id }) => id !== videoId && !shownIds.includes(id));
  return (
    <Autocomplete<Video>
      // Another list begins with an empty field.
      key={shownIds.join()}
      size="small"
      autoHighlight
      options={others}
      filterOptions={filterOptions}
      getOptionLabel={({ name }) => name}
      getOptionKey={({ id }) => id}
      noOptionsText={others.length === 0 ? t('There is no other video in this project.') : t('No video of that name.')}
      onChange={(_event, video) => {
        if (!video) return;
        if (document.activeElement) focusPaperOf(document.activeElement);
        addView(video.id);
      }}
      renderInput={(params) => (
        <TextField {...params} label={t('Put another video beside this one')} autoFocus={shownIds.length === 0} />
      )}
    />
  );
}
