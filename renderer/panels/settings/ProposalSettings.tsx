import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { t } from '../../language/language.ts';
import { FailureNote } from '../../shared/FailureNote.tsx';
import { attempt } from '../../shared/notices.ts';
import { ThresholdSlider } from '../../shared/ThresholdSlider.tsx';
import { api, backend } from '../../backend/client.ts';
import { useProject } from '../../backend/project-queries.ts';
import { RowsSkeleton } from '../../ui/RowsSkeleton.tsx';
import { LinesField } from './LinesField.tsx';
import { ScorerSettings } from './ScorerSettings.tsx';
import { fileSize } from '../../ui/quantities.ts';

const save = (change: Parameters<typeof backend.projects.changeSettings>[0]): void =>
  attempt(backend.projects.changeSettings(change));

/** How this project's proposals are made and which are shown. */
export function ProposalSettings() {
  const project = useProject();
  if (project.isError) return <FailureNote error={project.error} onRetry={() => void project.refetch()} />;
  if (!project.data) return <RowsSkeleton rows={4} height={64} label={t('Loading the settings')} />;
  const { settings } = project.data;
  return (
    <Box sx={{ display: 'grid', gap: 3, maxWidth: 640 }}>
      <ThresholdSlider />
      <ScorerSettings settings={settings} />
      <Box>
        <SamplingField value={settings.samplingFps} />
        <StoredSizes />
      </Box>
      <SettingChoice
        label={t('Numbers of stored features')}
        value={settings.featureNumbers}
        options={{ float32: t('As the model gives them (float32)'), float16: t('In half precision (float16)') }}
        help={t(
          'Half precision takes half the space on the disk, and changes next to nothing in what is found. Those that are there are halved without their videos. Going back to float32 encodes every video anew: what was rounded away is gone.',
        )}
        onChoose={(featureNumbers) => save({ featureNumbers })}
      />
      <SettingChoice
        label={t('Part of wide pictures')}
        value={settings.framing}
        options={{ middle: t('The middle'), moving: t('Where things move, found for each video') }}
        help={t(
          'Models look at a square. Choose what moves where cameras stand still and actions happen at a side; features are computed anew.',
        )}
        onChoose={(framing) => save({ framing })}
      />
      <SettingChoice
        label={t('Frames in which nothing moves')}
        value={settings.shareStill ? 'share' : 'each'}
        options={{ each: t('Looked at one by one'), share: t('Share the features of the frame before') }}
        help={t(
          'Cameras that stand still film the same picture again and again: sharing its features is several times as fast, and nearly exact. Features are computed anew.',
        )}
        onChoose={(way) => save({ shareStill: way === 'share' })}
      />
      <LinesField
        label={t('Prompt templates')}
        lines={settings.templates}
        help={t('One a line; {} stands for the text of the class. Empty: the built-in list.')}
        placeholder={t('a video of a person doing {}')}
        problem={(line) => (line.includes('{}') ? null : t('“{{line}}” has no {} in it.', { line }))}
        onSave={(templates) => save({ templates })}
      />
      <LinesField
        label={t('Background texts')}
        lines={settings.backgroundTexts}
        help={t('One a line: what a moment looks like in which nothing happens. Empty: the built-in list.')}
        placeholder={t('people standing around')}
        problem={() => null}
        onSave={(backgroundTexts) => save({ backgroundTexts })}
      />
    </Box>
  );
}

/** What more frames a second cost on the disk, in this project's own figures. */
function StoredSizes() {
  const { data } = useQuery(api.projects.storedSizes.queryOptions());
  if (data === undefined) return null;
  return (
    <Box sx={{ mt: 1, fontSize: 12.5, color: 'text.secondary' }}>
      {t('On the disk now: {{parts}}.', {
        parts: [
          t('{{fileSize}} of frame features', { fileSize: fileSize(data.frames) }),
          data.dense > 0 && t('{{fileSize}} of what temporal modules made of them', { fileSize: fileSize(data.dense) }),
          data.proposals > 0 && t('{{fileSize}} of proposals', { fileSize: fileSize(data.proposals) }),
          data.clips > 0 && t('{{fileSize}} of clips', { fileSize: fileSize(data.clips) }),
        ]
          .filter((part) => part !== false)
          .join(', '),
      })}
    </Box>
  );
}

/** One of two ways, stored at once. */
function SettingChoice<Value extends string>(props: {
  readonly label: string;
  readonly value: Value;
  readonly options: Readonly<Record<Value, string>>;
  readonly help: string;
  readonly onChoose: (value: Value) => void;
}) {
  return (
    <TextField
      select
      label={props.label}
      value={props.value}
      onChange={(event) => props.onChoose(event.target.value as Value)}
      helperText={props.help}
      sx={{ maxWidth: 420 }}
    >
      {Object.entries<string>(props.options).map(([value, words]) => (
        <MenuItem key={value} value={value}>
          {words}
        </MenuItem>
      ))}
    </TextField>
  );
}

function SamplingField({ value }: { readonly value: number }) {
  const [text, setText] = useState(String(value));
  const fps = Number(text.replace(',', '.'));
  const valid = fps > 0 && fps <= 60;
  return (
    <TextField
      label={t('Frames looked at per second')}
      value={text}
      error={!valid}
      helperText={
        valid
          ? t('More finds shorter actions and takes longer; 4 is a good start.')
          : t('A number above 0, at most 60.')
      }
      onChange={(event) => setText(event.target.value)}
      onBlur={() => (valid ? fps !== value && save({ samplingFps: fps }) : setText(String(value)))}
      onKeyDown={(event) => event.key === 'Enter' && (event.target as HTMLElement).blur()}
      slotProps={{ htmlInput: { inputMode: 'decimal' } }}
      sx={{ maxWidth: 320 }}
    />
  );
}
