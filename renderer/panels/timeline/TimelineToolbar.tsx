import Add from '@mui/icons-material/Add';
import CallMerge from '@mui/icons-material/CallMerge';
import CenterFocusStrong from '@mui/icons-material/CenterFocusStrong';
import ContentCut from '@mui/icons-material/ContentCut';
import DeleteOutline from '@mui/icons-material/DeleteOutlined';
import FitScreen from '@mui/icons-material/FitScreen';
import Layers from '@mui/icons-material/LayersOutlined';
import Remove from '@mui/icons-material/Remove';
import Grain from '@mui/icons-material/AlignHorizontalCenter';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Menu from '@mui/material/Menu';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import type { Video } from '#preload/domain/video.ts';
import { t } from '../../language/language.ts';
import { counted } from '../../language/counted.ts';
import { CommandIcon } from '../../shared/CommandIcon.tsx';
import { runCommand } from '../../shared/commands.ts';
import { useStudio } from '../../shared/studio-state.ts';
import { MenuChoice, MenuHeading } from '../../ui/MenuChoice.tsx';
import { HelpOnPanel } from '../../ui/HelpOnPanel.tsx';
import { IconAction } from '../../ui/IconAction.tsx';
import { shortDuration } from '../../ui/durations.ts';
import { reactionTimesMs, usePreferences } from './timeline-preferences.ts';
import { useAskedParts } from './queries.ts';
import { markedSpan, useTimeline } from './timeline-view.ts';
import type { ShownTracks } from './track-bands.ts';
import { SeriesChoices } from './series/SeriesChoices.tsx';
import { formatShortTime } from '../../ui/timecode.ts';

/** Said where somebody is to label a part only; the timeline veils the rest. */
function AskedParts({ videoId }: { readonly videoId: number }) {
  const parts = useAskedParts(videoId);
  if (parts.length === 0) return null;
  const words = parts.map(({ startUs, endUs }) => `${formatShortTime(startUs, 1)}–${formatShortTime(endUs, 1)}`);
  return (
    <Typography variant="body2" noWrap sx={{ ml: 1.5, color: 'warning.main', minWidth: 0 }}>
      {t('Yours: {{words}}', { words: words.join(', ') })}
    </Typography>
  );
}

const wide = '@container (min-width: 620px)';
const middling = '@container (min-width: 470px)';

/** What is shown and selected, and the tools that have a button. */
export function TimelineToolbar({ video }: { readonly video: Video }) {
  const snapping = usePreferences((preferences) => preferences.snapping);
  const layout = useTimeline((view) => view.layout);
  const table = useTimeline((view) => view.table);
  // What is shown decides which tools can be used.
  const shown = [layout, table];
  return (
    <Box sx={{ display: 'flex', alignItems: 'center', gap: 0.25, minHeight: 38, flexShrink: 0, pl: 1.5, pr: 0.75 }}>
      <Typography variant="h3" component="h2" sx={{ display: 'none', [wide]: { display: 'block' }, mr: 1 }}>
        {t('Timeline')}
      </Typography>
      <Summary video={video} />
      <AskedParts videoId={video.id} />
      <Box sx={{ flex: 1, minWidth: 4 }} />
      <Marks />
      <Box component="span" sx={{ display: 'none', [middling]: { display: 'inline-flex' } }}>
        <CommandIcon command="segments.split" dependsOn={shown}>
          <ContentCut fontSize="small" />
        </CommandIcon>
        <CommandIcon command="segments.merge" dependsOn={shown}>
          <CallMerge fontSize="small" />
        </CommandIcon>
        <CommandIcon command="segments.remove" dependsOn={shown}>
          <DeleteOutline fontSize="small" />
        </CommandIcon>
        <Gap />
        <CommandIcon command="timeline.snapping" pressed={snapping}>
          <Grain fontSize="small" />
        </CommandIcon>
      </Box>
      <TracksMenu videoId={video.id} />
      <Gap />
      <CommandIcon command="timeline.fit-segment" dependsOn={shown}>
        <CenterFocusStrong fontSize="small" />
      </CommandIcon>
      <CommandIcon command="timeline.fit-video" dependsOn={shown}>
        <FitScreen fontSize="small" />
      </CommandIcon>
      <CommandIcon command="timeline.zoom-out" dependsOn={shown}>
        <Remove fontSize="small" />
      </CommandIcon>
      <CommandIcon command="timeline.zoom-in" dependsOn={shown}>
        <Add fontSize="small" />
      </CommandIcon>
      <Box component="span" sx={{ display: 'none', [middling]: { display: 'inline-flex' } }}>
        <HelpOnPanel scope="timeline" label={t('Help on the timeline')} />
      </Box>
    </Box>
  );
}

const Gap = () => (
  <Box
    aria-hidden
    sx={{ width: '1px', height: 18, mx: 0.75, bgcolor: 'divider', alignSelf: 'center', flexShrink: 0 }}
  />
);

function Summary({ video }: { readonly video: Video }) {
  const selected = useStudio((studio) => studio.selectedSegmentIds.length);
  const count = useTimeline((view) => view.layout.rows.reduce((sum, row) => sum + row.segments.length, 0));
  return (
    <Typography variant="caption" color="text.secondary" noWrap sx={{ minWidth: 0 }}>
      {shortDuration(video.facts.endUs)} · {counted(count, 'segment')}
      {selected > 0 && ` ${t('· {{selected}} selected', { selected })}`}
    </Typography>
  );
}

/** The marks, and the button that makes a segment of them. */
function Marks() {
  const span = useTimeline(markedSpanLength);
  const open = useTimeline((view) => (view.markInUs !== null) !== (view.markOutUs !== null));
  if (span === null && !open) return null;
  return (
    <Button
      size="small"
      variant="outlined"
      disabled={span === null}
      onClick={() => runCommand('segments.create')}
      sx={{ mr: 1, py: 0, whiteSpace: 'nowrap' }}
    >
      {span === null ? t('One mark set') : t('Make segment, {{time}}', { time: shortDuration(span) })}
    </Button>
  );
}

const markedSpanLength = (view: Parameters<typeof markedSpan>[0]): number | null => {
  const span = markedSpan(view);
  return span && span.endUs - span.startUs;
};

const trackNames: Readonly<Record<keyof ShownTracks, string>> = {
  filmstrip: t('Film'),
  waveform: t('Sound'),
  spectrogram: t('Spectrogram of the sound'),
  curves: t('Actionness and scores'),
};

const emptyRowsWords = { whole: t('Whole'), thin: t('Thin'), hidden: t('Hidden') } as const;

function TracksMenu({ videoId }: { readonly videoId: number }) {
  const tracks = usePreferences((preferences) => preferences.tracks);
  const reactionMs = usePreferences((preferences) => preferences.reactionMs);
  const zoomsInReview = usePreferences((preferences) => preferences.zoomsInReview);
  const compactRows = usePreferences((preferences) => preferences.compactRows);
  const changes = usePreferences((preferences) => preferences.changes);
  const classScores = usePreferences((preferences) => preferences.classScores);
  const emptyRows = usePreferences((preferences) => preferences.emptyRows);
  const rejected = useStudio((studio) => studio.showRejected);
  const show = useStudio((studio) => studio.show);
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  return (
    <>
      <IconAction label={t('What the timeline shows')} onClick={(event) => setAnchor(event.currentTarget)}>
        <Layers fontSize="small" />
      </IconAction>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        {Object.entries(trackNames).map(([track, name]) => {
          const on = tracks[track as keyof ShownTracks];
          return (
            <MenuChoice
              key={track}
              kind="checkbox"
              chosen={on}
              onClick={() => usePreferences.setState({ tracks: { ...tracks, [track]: !on } })}
            >
              {name}
            </MenuChoice>
          );
        })}
        <SeriesChoices videoId={videoId} onAdd={() => setAnchor(null)} />
        <MenuChoice kind="checkbox" chosen={changes} onClick={() => usePreferences.setState({ changes: !changes })}>
          {t('Changes of the picture')}
        </MenuChoice>
        <MenuChoice
          kind="checkbox"
          chosen={classScores}
          onClick={() => usePreferences.setState({ classScores: !classScores })}
        >
          {t('Scores in the rows')}
        </MenuChoice>
        <MenuChoice kind="checkbox" chosen={rejected} onClick={() => show({ showRejected: !rejected })}>
          {t('Rejected segments')}
        </MenuChoice>
        <MenuChoice
          kind="checkbox"
          chosen={zoomsInReview}
          onClick={() => usePreferences.setState({ zoomsInReview: !zoomsInReview })}
        >
          {t('Reviewing: close in on the segment')}
        </MenuChoice>
        <MenuChoice
          kind="checkbox"
          chosen={compactRows}
          onClick={() => usePreferences.setState({ compactRows: !compactRows })}
        >
          {t('Low rows')}
        </MenuChoice>
        <MenuHeading>{t('Rows without segments')}</MenuHeading>
        {(Object.keys(emptyRowsWords) as (keyof typeof emptyRowsWords)[]).map((each) => (
          <MenuChoice
            key={each}
            kind="radio"
            chosen={each === emptyRows}
            onClick={() => usePreferences.setState({ emptyRows: each })}
          >
            {emptyRowsWords[each]}
          </MenuChoice>
        ))}
        <MenuHeading>{t('Reaction time taken off painted segments')}</MenuHeading>
        {reactionTimesMs.map((each) => (
          <MenuChoice
            key={each}
            kind="radio"
            chosen={each === reactionMs}
            onClick={() => usePreferences.setState({ reactionMs: each })}
          >
            {each === 0 ? t('None') : `${each / 1000} s`}
          </MenuChoice>
        ))}
      </Menu>
    </>
  );
}
