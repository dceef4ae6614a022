import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { ModelEntry } from '#preload/domain/model.ts';
import { t } from '../../language/language.ts';
import { said } from '../../language/said.ts';
import { providerName, providerWords } from '../../shared/status-words.ts';
import { backend } from '../../backend/client.ts';
import { failureOf } from '../../backend/failures.ts';
import { speedWords } from './library-words.ts';

/** One added model: what it is, how fast it is here, whether it loads, and a check of it against its own reference. */
export function ModelRow(props: {
  readonly model: ModelEntry;
  readonly choice: ReactNode;
  readonly samplingFps: number;
  readonly onRemove: () => void;
}) {
  const { model } = props;
  const check = useMutation({ mutationFn: () => backend.models.check({ name: model.name }) });
  const tryOut = useMutation({ mutationFn: () => backend.models.tryOut({ name: model.name }) });
  return (
    <Box sx={{ borderTop: 1, borderColor: 'divider', py: 1 }}>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
        {props.choice}
        <Box sx={{ flex: 1, minWidth: 0 }}>
          <Box sx={{ fontSize: 14, fontWeight: 550 }}>{model.name}</Box>
          <Box sx={{ fontSize: 12, color: 'text.secondary' }}>
            {[
              model.capabilities.scoresClips && !model.capabilities.embedsFrames
                ? t('{{kind}}, a scorer of clips', { kind: model.kind })
                : model.kind,
              t('{{imageSize}} px', { imageSize: model.imageSize }),
              t('{{dim}} dimensions', { dim: model.dim }),
              ...(model.capabilities.embedsTexts ? [] : [t('no tokenizer: class names cannot be typed')]),
            ].join(' · ')}
          </Box>
          {model.speed !== null && (
            <Box sx={{ fontSize: 12, color: 'text.secondary' }}>
              {speedWords(
                { ...model.speed, measured: true },
                model.capabilities.embedsFrames ? props.samplingFps : null,
              )}{' '}
              ({providerName(model.speed.provider)})
            </Box>
          )}
          <Box
            title={model.folder}
            sx={{
              fontSize: 11.5,
              color: 'text.secondary',
              overflow: 'hidden',
              textOverflow: 'ellipsis',
              whiteSpace: 'nowrap',
            }}
          >
            {model.folder}
          </Box>
        </Box>
        <Button variant="text" loading={tryOut.isPending} onClick={() => tryOut.mutate()}>
          {t('Measure')}
        </Button>
        <Button variant="text" loading={check.isPending} onClick={() => check.mutate()}>
          {t('Check')}
        </Button>
        <Button variant="text" color="inherit" onClick={props.onRemove}>
          {t('Forget')}
        </Button>
      </Box>
      {model.problem !== null && (
        <Alert severity="warning" sx={{ mt: 1 }}>
          {said(model.problem)}
        </Alert>
      )}
      {tryOut.isError && (
        <Alert severity="error" sx={{ mt: 1 }} onClose={() => tryOut.reset()}>
          {failureOf(tryOut.error).message}
        </Alert>
      )}
      {check.isError && (
        <Alert severity="error" sx={{ mt: 1 }} onClose={() => check.reset()}>
          {failureOf(check.error).message}
        </Alert>
      )}
      {check.data && (
        <Alert severity={check.data.passed ? 'success' : 'error'} sx={{ mt: 1 }} onClose={() => check.reset()}>
          {t('{{value}} on {{provider}}.', {
            value: check.data.passed ? t('It computes what it should') : t('Its answers differ from the reference'),
            provider: providerWords(check.data.provider, 'auto'),
          })}
          {Object.entries(check.data.tensors).map(([name, difference]) => (
            <Box key={name} sx={{ fontSize: 12 }}>
              {t('{{name}}: largest difference {{difference}}', { name, difference: difference.toExponential(1) })}
            </Box>
          ))}
        </Alert>
      )}
    </Box>
  );
}
