import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
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
  if (!project.data) return <RowsSkeleton rows={4} height={64} label="Loading the settings" />;
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
        label="Numbers of stored features"
        value={settings.featureNumbers}
        options={{ float32: 'As the model gives them (float32)', float16: 'In half precision (float16)' }}
        help="Half precision takes half the space on the disk, and changes next to nothing in what is found. Those that are there are halved without their videos. Going back to float32 encodes every video anew: what was rounded away is gone."
        onChoose={(featureNumbers) => save({ featureNumbers })}
      />
      <SettingChoice
        label="Part of wide pictures"
        value={settings.framing}
        options={{ middle: 'The middle', moving: 'Where things move, found for each video' }}
        help="Models look at a square. Choose what moves where cameras stand still and actions happen at a side; features are computed anew."
        onChoose={(framing) => save({ framing })}
      />
      <SettingChoice
        label="Frames in which nothing moves"
        value={settings.shareStill ? 'share' : 'each'}
        options={{ each: 'Looked at one by one', share: 'Share the features of the frame before' }}
        help="Cameras that stand still film the same picture again and again: sharing its features is several times as fast, and nearly exact. Features are computed anew."
        onChoose={(way) => save({ shareStill: way === 'share' })}
      />
      <LinesField
        label="Prompt templates"
        lines={settings.templates}
        help="One a line; {} stands for the text of the class. Empty: the built-in list."
        placeholder="a video of a person doing {}"
        problem={(line) => (line.includes('{}') ? null : `“${line}” has no {} in it.`)}
        onSave={(templates) => save({ templates })}
      />
      <LinesField
        label="Background texts"
        lines={settings.backgroundTexts}
        help="One a line: what a moment looks like in which nothing happens. Empty: the built-in list."
        placeholder="people standing around"
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
      On the disk now: {fileSize(data.frames)} of frame features
      {data.dense > 0 && `, ${fileSize(data.dense)} of what temporal modules made of them`}
      {data.proposals > 0 && `, ${fileSize(data.proposals)} of proposals`}
      {data.clips > 0 && `, ${fileSize(data.clips)} of clips`}.
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
      label="Frames looked at per second"
      value={text}
      error={!valid}
      helperText={
        valid ? 'More finds shorter actions and takes longer; 4 is a good start.' : 'A number above 0, at most 60.'
      }
      onChange={(event) => setText(event.target.value)}
      onBlur={() => (valid ? fps !== value && save({ samplingFps: fps }) : setText(String(value)))}
      onKeyDown={(event) => event.key === 'Enter' && (event.target as HTMLElement).blur()}
      slotProps={{ htmlInput: { inputMode: 'decimal' } }}
      sx={{ maxWidth: 320 }}
    />
  );
}
