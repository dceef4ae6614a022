import DeleteOutline from '@mui/icons-material/DeleteOutlined';
import PauseOutlined from '@mui/icons-material/PauseOutlined';
import PlayArrowOutlined from '@mui/icons-material/PlayArrowOutlined';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import LinearProgress from '@mui/material/LinearProgress';
import type { ModelDownload } from '#preload/domain/model-library.ts';
import { failureOf } from '../../backend/failures.ts';
import { t } from '../../language/language.ts';
import { backend } from '../../backend/client.ts';
import { attempt } from '../../shared/notices.ts';
import { IconAction } from '../../ui/IconAction.tsx';
import { downloadWords } from './library-words.ts';

/** How a download stands, with what can be done about it. What failed can be tried again. */
export function DownloadState({ download, title }: { readonly download: ModelDownload; readonly title: string }) {
  const { repository, revision, state, doneBytes, totalBytes } = download;
  const isUnderWay = state === 'running' || state === 'opening';
  const share = totalBytes === null || totalBytes === 0 ? null : Math.min(100, (100 * doneBytes) / totalBytes);
  return (
    <Box sx={{ mt: 1 }}>
      {(isUnderWay || share !== null) && (
        <LinearProgress
          variant={state === 'opening' || (isUnderWay && share === null) ? 'indeterminate' : 'determinate'}
          value={share ?? 0}
          color={state === 'failed' ? 'error' : 'primary'}
          aria-label={t('Download of {{title}}', { title })}
          sx={{ borderRadius: 2, opacity: isUnderWay ? 1 : 0.6 }}
        />
      )}
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 0.5, minHeight: 34 }}>
        <Box sx={{ flex: 1, fontSize: 12, color: 'text.secondary', fontVariantNumeric: 'tabular-nums' }}>
          {downloadWords(download)}
        </Box>
        {state === 'running' && (
          <IconAction
            label={t('Pause the download of {{title}}', { title })}
            onClick={() => attempt(backend.models.pauseDownload({ repository }))}
          >
            <PauseOutlined fontSize="small" />
          </IconAction>
        )}
        {!isUnderWay && (
          <IconAction
            label={t('Go on with the download of {{title}}', { title })}
            onClick={() => attempt(backend.models.startDownload({ repository, revision }))}
          >
            <PlayArrowOutlined fontSize="small" />
          </IconAction>
        )}
        {state !== 'opening' && (
          <IconAction
            label={t('Give up the download of {{title}}', { title })}
            onClick={() => attempt(backend.models.discardDownload({ repository }))}
          >
            <DeleteOutline fontSize="small" />
          </IconAction>
        )}
      </Box>
      {state === 'failed' && download.failure && (
        <Alert severity="error" sx={{ overflowWrap: 'anywhere' }}>
          {failureOf(download.failure).message}
        </Alert>
      )}
    </Box>
  );
}
