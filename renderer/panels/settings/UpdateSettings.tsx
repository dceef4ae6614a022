import Box from '@mui/material/Box';
import FormControlLabel from '@mui/material/FormControlLabel';
import Link from '@mui/material/Link';
import Switch from '@mui/material/Switch';
import Typography from '@mui/material/Typography';
import { useQuery } from '@tanstack/react-query';
import type { StudioSettings } from '#preload/domain/settings.ts';
import { said } from '../../language/said.ts';
import { t } from '../../language/language.ts';
import { api, backend } from '../../backend/client.ts';
import { attempt } from '../../shared/notices.ts';
import { RadioChoice } from '../../ui/RadioChoice.tsx';
import { UpdateProgress } from './UpdateProgress.tsx';
import { useUpdateState } from './update-state.ts';

const channels: Record<StudioSettings['updates'], string> = {
  off: t('Off'),
  stable: t('Stable versions'),
  beta: t('Beta versions too'),
};

/** Which newer versions of the program are looked for, and how far it is with one. */
export function UpdateSettings() {
  const { data: studio } = useQuery(api.studio.state.queryOptions());
  const { data: settings } = useQuery(api.studio.settings.queryOptions());
  const state = useUpdateState();
  const channel = settings?.updates ?? 'off';
  return (
    <Box sx={{ display: 'grid', gap: 2, maxWidth: 640 }}>
      <Typography>{t('This is Cuepoint {{version}}.', { version: studio?.version })}</Typography>
      {window.cuepointHost === undefined ? (
        <Typography color="textSecondary">
          {t('You see the studio in a browser. Newer versions are installed where the program runs.')}
        </Typography>
      ) : state && state.cannot !== null ? (
        <>
          <Typography>{said(state.cannot)}</Typography>
          {state.place !== null && (
            <Typography>
              {t('Newer versions:')} <Address text={state.place} />
            </Typography>
          )}
        </>
      ) : (
        <>
          <RadioChoice
            row
            label={t('Look for newer versions when Cuepoint starts')}
            value={channel}
            options={channels}
            onChoose={(updates) => attempt(backend.studio.changeSettings({ updates }))}
          />
          <FormControlLabel
            control={
              <Switch
                checked={settings?.downloadUpdates ?? false}
                disabled={channel === 'off'}
                onChange={(_, downloadUpdates) => attempt(backend.studio.changeSettings({ downloadUpdates }))}
              />
            }
            label={t('Download what is found without asking')}
          />
          <Typography variant="body2" color="textSecondary">
            {channel === 'off'
              ? t('Nobody is asked, and nothing leaves this machine.')
              : t('A newer version takes this one’s place when you quit, never while you work.')}
          </Typography>
          {channel !== 'off' && state && <UpdateProgress stage={state.stage} />}
        </>
      )}
    </Box>
  );
}

/** The studio opens no web pages; an address is there to be read and copied. */
const Address = ({ text }: { readonly text: string }) => (
  <Link component="span" underline="none" color="inherit" sx={{ fontFamily: 'monospace', userSelect: 'all' }}>
    {text}
  </Link>
);
