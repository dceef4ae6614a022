import CloseIcon from '@mui/icons-material/Close';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { ClipQuestion, MeasuredOn, QualityClip } from '#preload/domain/quality.ts';
import type { Video } from '#preload/domain/video.ts';
import { t } from '../../language/language.ts';
import { counted } from '../../language/counted.ts';
import { useVideos } from '../../backend/project-queries.ts';
import { FailureNote } from '../../shared/FailureNote.tsx';
import { LoopingClip } from '../../shared/LoopingClip.tsx';
import { notify } from '../../shared/notices.ts';
import { showClip } from '../../shared/show-clip.ts';
import { useStudio } from '../../shared/studio-state.ts';
import { shortDuration } from '../../ui/durations.ts';
import { IconAction } from '../../ui/IconAction.tsx';
import { percent } from '../../ui/quantities.ts';
import { RowsSkeleton } from '../../ui/RowsSkeleton.tsx';
import { formatShortTime } from '../../ui/timecode.ts';
import { optionAttributes, optionId } from '../../ui/VirtualListbox.tsx';
import { numbersId, useQualityChoice } from './quality-choice.ts';
import { outcomeWords, questionWords } from './quality-words.ts';
import { useNameOf, useQualityClips } from './queries.ts';

const columns = 2;
const gapPx = 8;
const captionPx = 38;
/** Of the whole pane, whose width is fixed but in a narrow window. */
const cardPx = 168;
const rowPx = Math.round((cardPx * 9) / 16) + captionPx + gapPx;

/** The clips behind a number, playing; one that is pressed is where the studio goes. */
export function ClipsBehind(props: {
  readonly on: MeasuredOn;
  readonly question: ClipQuestion;
  readonly onLeave: () => void;
}) {
  const { on, question } = props;
  const nameOf = useNameOf();
  const found = useQualityClips(on, question);
  const words = questionWords(question, nameOf);
  return (
    <Box
      component="section"
      aria-label={t('Clips: {{words}}', { words })}
      sx={{
        flex: 1,
        minWidth: 0,
        minHeight: 0,
        display: 'flex',
        flexDirection: 'column',
      }}
    >
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, pl: 1.5, pr: 0.75, minHeight: 40, flexShrink: 0 }}>
        <Typography variant="h3" component="h3" noWrap title={words} sx={{ flex: 1, minWidth: 0 }}>
          {words}
        </Typography>
        <Typography variant="caption" color="textSecondary" role="status" noWrap>
          {found.data ? clipCount(found.data) : ''}
        </Typography>
        <IconAction label={t('Close the clips')} onClick={closeClips}>
          <CloseIcon fontSize="small" />
        </IconAction>
      </Box>
      {found.isError && !found.data ? (
        <FailureNote error={found.error} onRetry={() => void found.refetch()} />
      ) : found.data === undefined ? (
        <RowsSkeleton rows={3} height={rowPx} label={t('Loading the clips')} />
      ) : found.data.clips.length === 0 ? (
        <Typography variant="body2" sx={{ p: 2 }} color="textSecondary">
          {t('There is nothing behind this number.')}
        </Typography>
      ) : (
        <Clips key={JSON.stringify(question)} clips={found.data.clips} label={words} onLeave={props.onLeave} />
      )}
    </Box>
  );
}

/** The hand goes back to the number, or to what it stands in: what had the focus goes away. */
function closeClips(): void {
  const { pressed } = useQualityChoice.getState();
  useQualityChoice.setState({ question: null, pressed: null });
  const place = pressed?.element.isConnected === true ? pressed.element : document.getElementById(numbersId);
  place?.focus();
}

const clipCount = ({ total, clips }: { readonly total: number; readonly clips: readonly unknown[] }): string =>
  clips.length < total
    ? t('the first {{clips}} of {{total}} clips', { clips: clips.length, total })
    : counted(total, 'clip');

function Clips(props: {
  readonly clips: readonly QualityClip[];
  readonly label: string;
  readonly onLeave: () => void;
}) {
  const { clips } = props;
  const nameOf = useNameOf();
  const { data: videos = [] } = useVideos();
  const videoOf = useMemo(() => new Map(videos.map((video) => [video.id, video])), [videos]);
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const virtual = useVirtualizer({
    count: Math.ceil(clips.length / columns),
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    paddingEnd: gapPx,
    overscan: 1,
  });
  useEffect(() => virtual.scrollToIndex(Math.floor(active / columns), { align: 'auto' }), [active, virtual]);
  const pressed = useQualityChoice((choice) => choice.pressed);
  useEffect(() => {
    if (pressed !== null) scroller.current?.focus();
  }, [pressed]);
  const go = (index: number): void => {
    const clip = clips[index];
    if (!clip) return;
    props.onLeave();
    showClip(clip);
    notify([captionOf(clip, nameOf), ...sureness(clip)].join(', '), 'info', {
      label: t('Back to quality'),
      run: () => useStudio.getState().show({ dialog: 'quality' }),
    });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      go(active);
      return;
    }
    if (event.key === 'Escape' && pressed?.element.isConnected === true) {
      // Back to the number; a second press closes all.
      event.stopPropagation();
      pressed.element.focus();
      return;
    }
    const step = steps[event.key];
    if (step === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    setActive(Math.min(Math.max(active + step, 0), clips.length - 1));
  };
  return (
    <Box
      ref={scroller}
      role="listbox"
      aria-label={props.label}
      aria-activedescendant={optionId('quality-clip', active)}
      tabIndex={0}
      onKeyDown={onKeyDown}
      sx={{ flex: 1, minHeight: 0, overflowY: 'auto', outlineOffset: -2, userSelect: 'none' }}
    >
      <Box sx={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {virtual.getVirtualItems().flatMap((row) =>
          clips.slice(row.index * columns, (row.index + 1) * columns).map((clip, column) => {
            const index = row.index * columns + column;
            return (
              <Box
                key={index}
                {...optionAttributes({
                  id: optionId('quality-clip', index),
                  index,
                  count: clips.length,
                  selected: index === active,
                })}
                onClick={() => {
                  setActive(index);
                  go(index);
                }}
                style={{ top: row.start + gapPx / 2, left: gapPx + column * (cardPx + gapPx), width: cardPx }}
                sx={{
                  position: 'absolute',
                  borderRadius: 1,
                  overflow: 'hidden',
                  cursor: 'pointer',
                  bgcolor: 'surface.raised',
                  outline: (theme) =>
                    index === active ? `2px solid ${theme.palette.primary.main}` : `1px solid ${theme.palette.divider}`,
                }}
              >
                <Card clip={clip} video={videoOf.get(clip.videoId)} nameOf={nameOf} />
              </Box>
            );
          }),
        )}
      </Box>
    </Box>
  );
}

const steps: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowLeft: -1,
  ArrowDown: columns,
  ArrowUp: -columns,
  PageDown: 4 * columns,
  PageUp: -4 * columns,
  Home: -Infinity,
  End: Infinity,
};

const oneLine = { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' } as const;

function Card(props: {
  readonly clip: QualityClip;
  readonly video: Video | undefined;
  readonly nameOf: (classId: number) => string;
}) {
  const { clip, video, nameOf } = props;
  const caption = captionOf(clip, nameOf);
  const sure = sureness(clip);
  const at = `${formatShortTime(clip.startUs, 1)} · ${shortDuration(clip.endUs - clip.startUs)} · ${video?.name ?? t('a video')}`;
  return (
    <>
      <LoopingClip span={clip} video={video} />
      <Box sx={{ height: captionPx, px: 0.75, py: 0.25, fontSize: 12, lineHeight: 1.35 }}>
        <Box title={[caption, ...sure].join(', ')} sx={{ display: 'flex', gap: 0.75 }}>
          <Box sx={{ ...oneLine, flex: 1 }}>{caption}</Box>
          <span>{sure}</span>
        </Box>
        <Box title={at} sx={{ ...oneLine, fontSize: 11, color: 'text.secondary' }}>
          {at}
        </Box>
      </Box>
    </>
  );
}

/** `jump: found`; `jump, proposed as run`. */
function captionOf({ outcome, trueClassId, proposedClassId }: QualityClip, nameOf: (id: number) => string): string {
  if (outcome === 'misnamed') return questionWords({ by: 'cell', trueClassId, proposedClassId }, nameOf);
  return `${nameOf((trueClassId ?? proposedClassId)!)}: ${outcomeWords[outcome]}`;
}

/** How sure the proposal was: `83 %`; nothing where there was none. */
const sureness = ({ score }: QualityClip): readonly string[] => (score === null ? [] : [percent(score)]);
