import CheckCircle from '@mui/icons-material/CheckCircle';
import DownloadOutlined from '@mui/icons-material/DownloadOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Chip from '@mui/material/Chip';
import type { LibraryModel, ModelDownload } from '#preload/domain/model-library.ts';
import { t } from '../../language/language.ts';
import { said } from '../../language/said.ts';
import { backend } from '../../backend/client.ts';
import { attempt } from '../../shared/notices.ts';
import { DownloadState } from './DownloadState.tsx';
import { bytesWords, speedWords } from './library-words.ts';

type ListedModel = LibraryModel & {
  readonly added: string | null;
  readonly speed: { readonly framesPerSecond: number; readonly measured: boolean } | null;
};

/** One model of the library: what it is good at, what it costs, and its download. */
export function LibraryRow(props: {
  readonly model: ListedModel;
  readonly recommended: boolean;
  readonly download: ModelDownload | undefined;
  readonly freeBytes: number;
  readonly samplingFps: number;
}) {
  const { model, download } = props;
  const bytes = model.megabytes * 1e6;
  const fits = bytes <= props.freeBytes;
  const facts = [
    model.use === 'clips' ? t('a scorer of clips') : null,
    model.licence,
    `${model.imageSize} px`,
    model.speed && speedWords(model.speed, model.use === 'clips' ? null : props.samplingFps),
  ].filter((fact) => fact !== null);
  return (
    <Box component="li" aria-label={model.title} sx={{ py: 1.5, borderTop: 1, borderColor: 'divider' }}>
      <Box sx={{ display: 'flex', gap: 2, alignItems: 'flex-start' }}>
        <Box sx={{ flex: 1, minWidth: 0, display: 'grid', gap: 0.25 }}>
          <Box sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
            <Box component="span" sx={{ fontSize: 14, fontWeight: 600 }}>
              {model.title}
            </Box>
            {props.recommended && <Chip size="small" color="primary" label={t('Recommended')} />}
          </Box>
          <Box sx={{ fontSize: 13, textWrap: 'pretty' }}>{said({ sentence: model.goodAt, values: {} })}</Box>
          <Box sx={{ fontSize: 12, color: 'text.secondary' }}>{facts.join(' · ')}</Box>
          <Box sx={{ fontSize: 11.5, color: 'text.secondary', overflowWrap: 'anywhere' }}>{model.repository}</Box>
        </Box>
        {model.added !== null ? (
          <Box sx={{ display: 'flex', alignItems: 'center', gap: 0.5, fontSize: 13, color: 'success.main', py: 0.5 }}>
            <CheckCircle sx={{ fontSize: 18 }} aria-hidden /> {t('Here')}
          </Box>
        ) : (
          download === undefined && (
            <Button
              variant={props.recommended ? 'contained' : 'outlined'}
              startIcon={<DownloadOutlined />}
              disabled={!fits}
              aria-label={t('Download {{title}}, {{bytes}}', { title: model.title, bytes: bytesWords(bytes) })}
              onClick={() =>
                attempt(backend.models.startDownload({ repository: model.repository, revision: model.revision }))
              }
              sx={{ whiteSpace: 'nowrap', flexShrink: 0 }}
            >
              {bytesWords(bytes)}
            </Button>
          )
        )}
      </Box>
      {model.added === null && download === undefined && !fits && (
        <Box sx={{ fontSize: 12, color: 'warning.main', mt: 0.5 }}>
          {t('There is room for {{bytes}} only. Free some space first.', { bytes: bytesWords(props.freeBytes) })}
        </Box>
      )}
      {download && <DownloadState download={download} title={model.title} />}
    </Box>
  );
}
