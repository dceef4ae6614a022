import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { FeatureNumbers, Framing } from '#preload/domain/settings.ts';
import { sizeWords } from '#preload/domain/size-words.ts';
import { FailureNote } from '../../shared/FailureNote.tsx';
import { attempt } from '../../shared/notices.ts';
import { ThresholdSlider } from '../../shared/ThresholdSlider.tsx';
import { api, backend } from '../../backend/client.ts';
import { useProject } from '../../backend/project-queries.ts';
import { RowsSkeleton } from '../../ui/RowsSkeleton.tsx';
import { LinesField } from './LinesField.tsx';
import { ScorerSettings } from './ScorerSettings.tsx';

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
      <FeatureNumbersField value={settings.featureNumbers} />
      <FramingField value={settings.framing} />
      <ShareStillField value={settings.shareStill} />
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
      On the disk now: {sizeWords(data.frames)} of frame features
      {data.dense > 0 && `, ${sizeWords(data.dense)} of what temporal modules made of them`}
      {data.proposals > 0 && `, ${sizeWords(data.proposals)} of proposals`}
      {data.clips > 0 && `, ${sizeWords(data.clips)} of clips`}.
    </Box>
  );
}

/** What of a wide or tall picture a model that takes squares is shown. */
function FramingField({ value }: { readonly value: Framing }) {
  return (
    <TextField
      select
      label="Part of wide pictures"
      value={value}
      onChange={(event) => save({ framing: event.target.value as Framing })}
      helperText="Models look at a square. Choose what moves where cameras stand still and actions happen at a side; features are computed anew."
      sx={{ maxWidth: 420 }}
    >
      <MenuItem value="middle">The middle</MenuItem>
      <MenuItem value="moving">Where things move, found for each video</MenuItem>
    </TextField>
  );
}

/** How much room features take on the disk. */
function FeatureNumbersField({ value }: { readonly value: FeatureNumbers }) {
  return (
    <TextField
      select
      label="Numbers of stored features"
      value={value}
      onChange={(event) => save({ featureNumbers: event.target.value as FeatureNumbers })}
      helperText="Half precision takes half the space on the disk, and changes next to nothing in what is found. Those that are there are halved without their videos. Going back to float32 encodes every video anew: what was rounded away is gone."
      sx={{ maxWidth: 420 }}
    >
      <MenuItem value="float32">As the model gives them (float32)</MenuItem>
      <MenuItem value="float16">In half precision (float16)</MenuItem>
    </TextField>
  );
}

/** Whether frames in which nothing moves are looked at one by one. */
function ShareStillField({ value }: { readonly value: boolean }) {
  return (
    <TextField
      select
      label="Frames in which nothing moves"
      value={value ? 'share' : 'each'}
      onChange={(event) => save({ shareStill: event.target.value === 'share' })}
      helperText="Cameras that stand still film the same picture again and again: sharing its features is several times as fast, and nearly exact. Features are computed anew."
      sx={{ maxWidth: 420 }}
    >
      <MenuItem value="each">Looked at one by one</MenuItem>
      <MenuItem value="share">Share the features of the frame before</MenuItem>
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
