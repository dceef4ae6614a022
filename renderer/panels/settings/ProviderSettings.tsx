import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useQuery } from '@tanstack/react-query';
import { executionProvider, type ExecutionProvider } from '#preload/domain/model.ts';
import { t } from '../../language/language.ts';
import { said } from '../../language/said.ts';
import { attempt } from '../../shared/notices.ts';
import { providerName } from '../../shared/status-words.ts';
import { digitsFont } from '../../shared/theme.ts';
import { PlanTrials } from './PlanTrials.tsx';
import { ServerSettings } from './ServerSettings.tsx';
import { ServerTrial, useServerTrial } from './ServerTrial.tsx';
import { api, backend } from '../../backend/client.ts';
import { decimal } from '../../ui/quantities.ts';

/** What computes on this machine: chosen by trial, or by hand; with the trial's own numbers. */
export function ProviderSettings() {
  const { data: settings } = useQuery(api.studio.settings.queryOptions());
  const { data: report } = useQuery(api.studio.provider.queryOptions());
  const { data: hasToken = false } = useQuery(api.studio.hasServerToken.queryOptions());
  const serverTrial = useServerTrial();
  return (
    <Box sx={{ display: 'grid', gap: 2.5, maxWidth: 720 }}>
      <TextField
        select
        label={t('Execution provider')}
        value={settings?.provider ?? 'auto'}
        onChange={(event) =>
          attempt(backend.studio.changeSettings({ provider: event.target.value as 'auto' | ExecutionProvider }))
        }
        helperText={t('By trial, the fastest that gives the same numbers as the CPU is used.')}
        sx={{ maxWidth: 320 }}
      >
        <MenuItem value="auto">{t('Choose by trial')}</MenuItem>
        {executionProvider.options.map((provider) => (
          <MenuItem key={provider} value={provider} disabled={provider === 'remote' && !settings?.server}>
            {provider === 'remote'
              ? t('The server of your lab, below')
              : t('Always {{providerName}}', { providerName: providerName(provider) })}
          </MenuItem>
        ))}
      </TextField>
      {report ? (
        <Box>
          <Typography variant="h3" component="h3" sx={{ mb: 0.5 }}>
            {t('The last trial')}
          </Typography>
          <Table size="small" aria-label={t('Trial of the execution providers')}>
            <TableHead>
              <TableRow>
                <TableCell>{t('Provider')}</TableCell>
                <TableCell align="right">{t('Time of a batch')}</TableCell>
                <TableCell align="right">{t('Difference from the CPU')}</TableCell>
                <TableCell>{t('Result')}</TableCell>
              </TableRow>
            </TableHead>
            <TableBody>
              {report.trials.map((trial) => (
                <TableRow key={trial.provider} selected={trial.provider === report.chosen}>
                  <TableCell>{providerName(trial.provider)}</TableCell>
                  <TableCell align="right" sx={{ fontFamily: digitsFont }}>
                    {trial.milliseconds === null
                      ? '–'
                      : t('{{milliseconds}} ms', { milliseconds: decimal(trial.milliseconds, 1) })}
                  </TableCell>
                  <TableCell align="right" sx={{ fontFamily: digitsFont }}>
                    {trial.maxDifference === null
                      ? '–'
                      : trial.maxDifference === 0
                        ? '0'
                        : trial.maxDifference.toExponential(1)}
                  </TableCell>
                  <TableCell>
                    {trial.provider === report.chosen
                      ? report.forced
                        ? t('in use, as set')
                        : t('in use')
                      : trial.problem === null
                        ? t('works, slower')
                        : said(trial.problem)}
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </Box>
      ) : (
        <Typography variant="body2" color="textSecondary">
          {t('The trial runs when a model is used for the first time.')}
        </Typography>
      )}
      <PlanTrials inUse={settings?.provider ?? 'auto'} />
      {settings && (
        <ServerSettings
          server={settings.server}
          inUse={settings.provider === 'remote'}
          hasToken={hasToken}
          onUse={serverTrial.mutate}
        />
      )}
      {settings?.provider === 'remote' && settings.server && (
        <ServerTrial host={new URL(settings.server.address).host} trial={serverTrial} />
      )}
    </Box>
  );
}
