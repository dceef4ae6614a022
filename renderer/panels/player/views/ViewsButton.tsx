import ViewColumn from '@mui/icons-material/ViewColumnOutlined';
import Typography from '@mui/material/Typography';
import { mostViews } from '#preload/domain/scene.ts';
import { t } from '../../../language/language.ts';
import { useStudio } from '../../../shared/studio-state.ts';
import { OverWindow } from '../OverWindow.tsx';
import { AddView } from './AddView.tsx';
import { useViewsBeside } from './scenes.ts';
import { useViewsDialog } from './views-dialog.ts';
import { ViewRow } from './ViewRow.tsx';

/** The further views of the scene: a button, and what it opens. */
export function ViewsButton() {
  const videoId = useStudio((studio) => studio.selectedVideoId);
  const views = useViewsBeside(videoId);
  return (
    <OverWindow
      command="views.arrange"
      icon={<ViewColumn fontSize="small" />}
      pressed={views.length > 0}
      useOpen={useViewsDialog}
      label={t('Views of this scene')}
      widthPx={460}
    >
      <Typography variant="h3" component="h2">
        {t('Views of this scene')}
      </Typography>
      {views.length === 0 && (
        <Typography variant="body2" color="text.secondary">
          {t(
            'Other videos that filmed the same at once play beside this one. Labels stay those of the selected video.',
          )}
        </Typography>
      )}
      {views.map((view) => (
        <ViewRow key={view.videoId} view={view} />
      ))}
      {views.length + 1 < mostViews && videoId !== null && (
        <AddView videoId={videoId} shownIds={views.map((view) => view.videoId)} />
      )}
    </OverWindow>
  );
}
