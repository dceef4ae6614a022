import Box from '@mui/material/Box';
import FormControlLabel from '@mui/material/FormControlLabel';
import Switch from '@mui/material/Switch';
import { useQuery } from '@tanstack/react-query';
import type { StudioSettings } from '#preload/domain/settings.ts';
import { t } from '../../language/language.ts';
import { languageTags, ownName } from '../../language/choose-language.ts';
import { attempt } from '../../shared/notices.ts';
import { useStudio } from '../../shared/studio-state.ts';
import { RadioChoice } from '../../ui/RadioChoice.tsx';
import { AnnotatorField } from './AnnotatorField.tsx';
import { api, backend } from '../../backend/client.ts';

const themes: Record<StudioSettings['theme'], string> = {
  dark: t('Dark'),
  light: t('Light'),
  system: t('As the system'),
};

const densities: Record<StudioSettings['density'], string> = { comfortable: t('Comfortable'), compact: t('Compact') };
const motions: Record<StudioSettings['motion'], string> = { system: t('As the system'), reduced: t('Reduced') };
const pointers: Record<StudioSettings['pointers'], string> = { system: t('As the system'), large: t('Large') };

const languages: Readonly<Record<string, string>> = {
  system: t('As the system'),
  ...Object.fromEntries(languageTags.map((tag) => [tag, ownName(tag)])),
};

/** Tables of words are made once, as the window is loaded. */
async function speakAnew(language: string): Promise<void> {
  await backend.studio.changeSettings({ language });
  globalThis.location.reload();
}

/** Who works at this machine, and how the studio looks here. */
export function DisplaySettings() {
  const { data: settings } = useQuery(api.studio.settings.queryOptions());
  const showRejected = useStudio((studio) => studio.showRejected);
  return (
    <Box sx={{ display: 'grid', gap: 2.5 }}>
      {settings && <AnnotatorField annotator={settings.annotator} />}
      <RadioChoice
        row
        label={t('Theme')}
        value={settings?.theme ?? 'dark'}
        options={themes}
        onChoose={(theme) => attempt(backend.studio.changeSettings({ theme }))}
      />
      <RadioChoice
        row
        label={t('Language')}
        value={settings?.language ?? 'system'}
        options={languages}
        onChoose={(language) => attempt(speakAnew(language))}
        hint={t(
          'Changes the words, numbers and dates of this window, which is loaded anew. Names of formats, the help and the command line are in English for now, as is what an older version kept.',
        )}
      />
      <RadioChoice
        row
        label={t('Density')}
        value={settings?.density ?? 'comfortable'}
        options={densities}
        onChoose={(density) => attempt(backend.studio.changeSettings({ density }))}
        hint={t('Compact shows more rows of every list; letters stay as large as they are.')}
      />
      <RadioChoice
        row
        label={t('Motion')}
        value={settings?.motion ?? 'system'}
        options={motions}
        onChoose={(motion) => attempt(backend.studio.changeSettings({ motion }))}
        hint={t('Reduced: clips in lists stand still, and nothing fades or slides. The player plays as ever.')}
      />
      <RadioChoice
        row
        label={t('Pointers and playhead in the timeline')}
        value={settings?.pointers ?? 'system'}
        options={pointers}
        onChoose={(chosen) => attempt(backend.studio.changeSettings({ pointers: chosen }))}
      />
      <FormControlLabel
        control={
          <Switch
            checked={showRejected}
            onChange={(_, checked) => useStudio.getState().show({ showRejected: checked })}
          />
        }
        label={t('Show rejected segments in the timeline')}
      />
    </Box>
  );
}
