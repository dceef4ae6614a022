import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { inferenceServer, type InferenceServer } from '#preload/domain/inference-server.ts';
import { t } from '../../language/language.ts';
import { backend } from '../../backend/client.ts';
import { attempt } from '../../shared/notices.ts';
import { useDraft } from '../../ui/draft.ts';
import { AuthorityField } from './AuthorityField.tsx';

const fresh: InferenceServer = {
  address: '',
  model: '',
  version: '',
  authority: '',
  batch: 16,
  requests: 2,
  goOnLocally: false,
};

interface ServerSettingsProps {
  /** As it is kept; null where none is. */
  readonly server: InferenceServer | null;
  readonly inUse: boolean;
  /** Whether a token for it is kept. */
  readonly hasToken: boolean;
  /** A server was set to be used. */
  readonly onUse: () => void;
}

/** The server of the lab that computes instead of this machine, and what leaves the machine then. */
export function ServerSettings({ server, inUse, hasToken, onUse }: ServerSettingsProps) {
  const { text: written, write } = useDraft(JSON.stringify(server ?? fresh));
  const draft = JSON.parse(written) as InferenceServer;
  const setDraft = (next: InferenceServer): void => write(JSON.stringify(next));
  const [token, setToken] = useState('');
  const parsed = inferenceServer.safeParse(draft);
  const problemOf = (field: keyof InferenceServer): string | undefined =>
    draft[field] === '' ? undefined : parsed.error?.issues.find(({ path }) => path[0] === field)?.message;
  const host = parsed.success ? new URL(parsed.data.address).host : t('the server');
  const text = (field: 'address' | 'model' | 'version', label: string, help: string) => (
    <TextField
      label={label}
      value={draft[field]}
      onChange={(event) => setDraft({ ...draft, [field]: event.target.value })}
      error={problemOf(field) !== undefined}
      helperText={problemOf(field) ?? help}
    />
  );
  const count = (field: 'batch' | 'requests', label: string) => (
    <TextField
      type="number"
      label={label}
      value={draft[field]}
      onChange={(event) => setDraft({ ...draft, [field]: Number(event.target.value) })}
      error={problemOf(field) !== undefined}
      helperText={problemOf(field)}
      sx={{ flex: 1 }}
    />
  );
  const use = async () => {
    await backend.studio.changeSettings({ server: parsed.data!, provider: 'remote' });
    if (token !== '') await backend.studio.setServerToken({ token });
    setToken('');
    onUse();
  };
  return (
    <Box component="section" aria-label={t('Inference server')} sx={{ display: 'grid', gap: 2, maxWidth: 560 }}>
      <Box>
        <Typography variant="h3" component="h3" sx={{ mb: 0.5 }}>
          {t('A server of your lab')}
        </Typography>
        <Typography variant="body2" color="textSecondary">
          {t(
            'Triton, KServe or another that speaks the Open Inference Protocol, with a model that “cuepoint models export” wrote. Its answers are compared with this machine’s before they are used.',
          )}
        </Typography>
      </Box>
      {text('address', t('Address'), t('http:// or https://, or grpc:// or grpcs:// for gRPC'))}
      {/^(https|grpcs):/.test(draft.address) && (
        <AuthorityField
          value={draft.authority}
          problem={problemOf('authority')}
          onChange={(authority) => setDraft({ ...draft, authority })}
        />
      )}
      {text('model', t('Name of the model there'), t('Without “-frames”: the name that the export said'))}
      {text('version', t('Version'), t('Empty: the server’s choice'))}
      <TextField
        type="password"
        label={t('Token')}
        value={token}
        onChange={(event) => setToken(event.target.value)}
        helperText={hasToken ? t('A token is kept; another one replaces it.') : t('If the server asks for one.')}
        autoComplete="off"
      />
      {hasToken && (
        <Button sx={{ justifySelf: 'start' }} onClick={() => attempt(backend.studio.setServerToken({ token: null }))}>
          {t('Forget the token')}
        </Button>
      )}
      <Box sx={{ display: 'flex', gap: 2 }}>
        {count('batch', t('Frames in a request'))}
        {count('requests', t('Requests at once'))}
      </Box>
      <FormControlLabel
        control={
          <Checkbox
            checked={draft.goOnLocally}
            onChange={(event) => setDraft({ ...draft, goOnLocally: event.target.checked })}
          />
        }
        label={t('Compute on this machine while the server is away; otherwise work waits for it')}
      />
      <Alert severity="warning">
        {/^(http|grpc):/.test(draft.address)
          ? t(
              'Frames of your videos and the texts that you type leave this machine: whoever runs {{host}} can see and keep them, and so can whoever is on the way there, since this address has no TLS.',
              { host },
            )
          : t(
              'Frames of your videos and the texts that you type leave this machine: whoever runs {{host}} can see and keep them.',
              { host },
            )}
      </Alert>
      <Box sx={{ display: 'flex', gap: 1 }}>
        <Button variant="contained" disabled={!parsed.success} onClick={() => attempt(use())}>
          {inUse ? t('Save') : t('Send frames to {{host}}', { host })}
        </Button>
        {inUse && (
          <Button onClick={() => attempt(backend.studio.changeSettings({ provider: 'auto' }))}>
            {t('Compute on this machine again')}
          </Button>
        )}
      </Box>
    </Box>
  );
}
