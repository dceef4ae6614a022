import CloseIcon from '@mui/icons-material/Close';
import Box from '@mui/material/Box';
import Dialog from '@mui/material/Dialog';
import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { t } from '../../language/language.ts';
import { IconAction } from '../../ui/IconAction.tsx';
import { DisplaySettings } from './DisplaySettings.tsx';
import { ModelSettings } from './ModelSettings.tsx';
import { ProposalSettings } from './ProposalSettings.tsx';
import { ProviderSettings } from './ProviderSettings.tsx';
import { UpdateSettings } from './UpdateSettings.tsx';

const tabs = {
  models: { label: t('Models'), Page: ModelSettings, needsProject: false },
  provider: { label: t('Provider'), Page: ProviderSettings, needsProject: false },
  proposals: { label: t('Proposals'), Page: ProposalSettings, needsProject: true },
  display: { label: t('You and display'), Page: DisplaySettings, needsProject: false },
  updates: { label: t('Updates'), Page: UpdateSettings, needsProject: false },
} as const;
export type SettingsTab = keyof typeof tabs;

/** What belongs to the project (model, sampling, prompts) and to this machine (provider, theme). Each change holds at once. */
export function SettingsDialog(props: {
  readonly start: SettingsTab;
  readonly hasProject: boolean;
  readonly onClose: () => void;
}) {
  const [tab, setTab] = useState<SettingsTab>(props.start);
  const { Page } = tabs[tab];
  return (
    <Dialog
      open
      onClose={props.onClose}
      maxWidth="md"
      fullWidth
      aria-labelledby="settings-title"
      slotProps={{ paper: { sx: { height: 720, maxHeight: '90vh' } } }}
    >
      <Box sx={{ display: 'flex', alignItems: 'center', pl: 3, pr: 1.5, pt: 1.5 }}>
        <Typography id="settings-title" variant="h2" sx={{ flex: 1 }}>
          {t('Settings')}
        </Typography>
        <IconAction label={t('Close')} onClick={props.onClose}>
          <CloseIcon fontSize="small" />
        </IconAction>
      </Box>
      <Tabs
        value={tab}
        onChange={(_, next: SettingsTab) => setTab(next)}
        sx={{ px: 2, borderBottom: 1, borderColor: 'divider', minHeight: 40 }}
      >
        {(Object.keys(tabs) as SettingsTab[])
          .filter((name) => props.hasProject || !tabs[name].needsProject)
          .map((name) => (
            <Tab key={name} value={name} label={tabs[name].label} id={`settings-tab-${name}`} sx={{ minHeight: 40 }} />
          ))}
      </Tabs>
      <Box role="tabpanel" aria-labelledby={`settings-tab-${tab}`} sx={{ p: 3, overflowY: 'auto', flex: 1 }}>
        <Page hasProject={props.hasProject} />
      </Box>
    </Dialog>
  );
}
