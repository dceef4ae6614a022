import Box from '@mui/material/Box';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import type { Segment } from '#preload/domain/segment.ts';
import { t } from '../../language/language.ts';
import { counted } from '../../language/counted.ts';
import { attempt, notify } from '../../shared/notices.ts';
import { digitsFont } from '../../shared/theme.ts';
import { backend } from '../../backend/client.ts';
import { useFrameTable } from '../../backend/frame-tables.ts';
import { useLongerThanPoint } from '../../backend/longer-than-point.ts';
import { shuttle } from '../../playback/playback.ts';
import { useDraft } from '../../ui/draft.ts';
import { formatTimecode } from '../../ui/timecode.ts';
import { typedTimeUs } from '../../ui/durations.ts';
import { decimal } from '../../ui/quantities.ts';

/** Start and end as exact times, editable; typed values snap to frames. */
export function SegmentTimes({ segment }: { readonly segment: Segment }) {
  const { data: table } = useFrameTable(segment.videoId);
  const range = table?.frameRange(segment);
  const isLonger = useLongerThanPoint(segment);
  // What somebody saw who began to type: who moves an edge meanwhile is not overwritten unasked.
  const [began, setBegan] = useState(segment);
  const commit = (edge: 'startUs' | 'endUs', text: string): void => {
    const typed = table && typedTimeUs(text, (frame) => table.startUs(frame));
    if (!table || typed === undefined) {
      notify(t('Type a time such as 1:23.458 or 83.458, or a frame such as f500.'), 'warning');
      return;
    }
    const us = table.snapUs(typed);
    if (us === segment[edge]) return;
    const span = { startUs: segment.startUs, endUs: segment.endUs, [edge]: us };
    if (span.endUs <= span.startUs) {
      notify(t('The end must come after the start.'), 'warning');
      return;
    }
    attempt(
      backend.segments.update({
        segmentIds: [segment.id],
        ...span,
        seen: [{ startUs: began.startUs, endUs: began.endUs }],
      }),
    );
  };
  return (
    <Box>
      <Box sx={{ display: 'flex', gap: 1 }}>
        <TimeField
          label={t('Start')}
          us={segment.startUs}
          frame={range?.startFrame}
          onCommit={(text) => commit('startUs', text)}
          onBegin={() => {
            setBegan(segment);
            shuttle.goToTime(segment.startUs);
          }}
        />
        <TimeField
          label={t('End')}
          us={segment.endUs}
          frame={range?.endFrame}
          onCommit={(text) => commit('endUs', text)}
          onBegin={() => {
            setBegan(segment);
            if (range) shuttle.goToFrame(range.endFrame - 1);
          }}
        />
      </Box>
      <Box sx={{ mt: 0.5, fontSize: 11.5, color: 'text.secondary' }}>
        {t('{{endUs}} s{{range}} · the end is not part of it', {
          endUs: decimal((segment.endUs - segment.startUs) / 1e6, 3),
          range: range ? ` · ${counted(range.endFrame - range.startFrame, 'frame')}` : '',
        })}
      </Box>
      {isLonger && (
        <Box sx={{ mt: 0.5, fontSize: 11.5, color: 'text.secondary' }}>
          {t('It is longer than the one frame of its class, from before that was made points, and is kept so.')}
        </Box>
      )}
    </Box>
  );
}

function TimeField(props: {
  readonly label: string;
  readonly us: number;
  readonly frame: number | undefined;
  readonly onCommit: (text: string) => void;
  readonly onBegin: () => void;
}) {
  const shown = formatTimecode(props.us);
  const { text, write, drop } = useDraft(shown);
  return (
    <TextField
      label={props.label}
      value={text}
      onChange={(event) => write(event.target.value)}
      onFocus={(event) => {
        event.target.select();
        props.onBegin();
      }}
      onBlur={() => {
        if (text !== shown) props.onCommit(text);
        drop();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') drop();
        if (event.key === 'Enter') (event.target as HTMLElement).blur();
      }}
      helperText={props.frame === undefined ? ' ' : t('frame {{frame}}', { frame: String(props.frame) })}
      slotProps={{
        input: { sx: { '& input': { fontFamily: digitsFont, fontSize: 12, px: 1 } } },
        htmlInput: { 'aria-label': t('{{label}} of the segment', { label: props.label }), spellCheck: false },
        formHelperText: { sx: { mx: 0.5, mt: '2px', fontSize: 11 } },
      }}
      sx={{ flex: 1 }}
    />
  );
}
