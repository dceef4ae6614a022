import MoreVert from '@mui/icons-material/MoreVert';
import LinkOffOutlined from '@mui/icons-material/LinkOffOutlined';
import WarningAmberOutlined from '@mui/icons-material/WarningAmberOutlined';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import type { Job } from '#preload/domain/job.ts';
import type { Video } from '#preload/domain/video.ts';
import { t } from '../../language/language.ts';
import { said } from '../../language/said.ts';
import { Thumbnail } from '../../shared/Thumbnail.tsx';
import { shortDuration } from '../../ui/durations.ts';
import { MiddleEllipsis } from '../../ui/MiddleEllipsis.tsx';
import { ListOption, type OptionPlace } from '../../ui/VirtualListbox.tsx';
import { splitWords } from '../../shared/split-words.ts';
import { PeopleAtVideo } from './PeopleAtVideo.tsx';
import { videoProblem } from './video-problem.ts';
import { runCommand } from '../../shared/commands.ts';
import { percent } from '../../ui/quantities.ts';

export const rowHeight = 60;

/** One video: picture, name, length, counts, reviewed share, and a word where something is wrong. */
export function VideoRow(props: {
  readonly place: OptionPlace;
  readonly video: Video;
  readonly job: Job | undefined;
  /** The newest job that made, or makes, its copy for the player. */
  readonly copying: Job | undefined;
  readonly onSelect: () => void;
  readonly onMenu: (at: { top: number; left: number }) => void;
}) {
  const { place, video, job } = props;
  const problem = videoProblem(video, props.copying);
  return (
    <ListOption
      place={place}
      label={spoken(video, problem?.text, job)}
      onClick={props.onSelect}
      onContextMenu={(event) => {
        event.preventDefault();
        props.onMenu({ top: event.clientY, left: event.clientX });
      }}
      sx={{ '& .more': { display: 'none' }, '&:hover .more': { display: 'inline-flex' } }}
    >
      <Box sx={{ position: 'relative', flexShrink: 0 }}>
        {video.missing ? (
          <Box sx={{ width: 76, height: 44, borderRadius: 0.75, bgcolor: 'surface.stage' }} />
        ) : (
          <Thumbnail
            videoId={video.id}
            atUs={video.facts.firstFrameUs + (video.facts.endUs - video.facts.firstFrameUs) / 3}
            width={76}
            height={44}
            fit="contain"
          />
        )}
        <Box
          component="span"
          sx={{
            position: 'absolute',
            right: 2,
            bottom: 2,
            px: '4px',
            fontSize: 10.5,
            lineHeight: '15px',
            borderRadius: '3px',
            color: '#fff',
            bgcolor: 'rgb(0 0 0 / 72%)',
          }}
        >
          {shortDuration(video.facts.endUs - video.facts.firstFrameUs)}
        </Box>
      </Box>
      <Box sx={{ minWidth: 0, flex: 1 }}>
        <Box sx={{ display: 'flex', gap: 0.5, fontSize: 13, fontWeight: place.selected ? 600 : 400 }}>
          <MiddleEllipsis text={video.name} />
          <PeopleAtVideo videoId={video.id} />
        </Box>
        <Box
          sx={{
            display: 'flex',
            alignItems: 'center',
            gap: 0.75,
            fontSize: 11.5,
            color: 'text.secondary',
            whiteSpace: 'nowrap',
            height: 18,
            overflow: 'hidden',
          }}
        >
          {problem ? (
            <Box
              component="span"
              title={problem.detail}
              sx={{
                display: 'inline-flex',
                alignItems: 'center',
                gap: 0.5,
                minWidth: 0,
                color: 'warning.main',
                '& svg': { fontSize: 14 },
              }}
            >
              {video.missing ? <LinkOffOutlined /> : <WarningAmberOutlined />}
              <Box component="span" sx={{ overflow: 'hidden', textOverflow: 'ellipsis' }}>
                {problem.text}
              </Box>
              {/* For the mouse; the keyboard finds the same in the row's menu. */}
              <Box
                component="span"
                onClick={() => {
                  props.onSelect();
                  runCommand(problem.action.command);
                }}
                // Clear of the button of the row's menu.
                sx={{ mr: '18px', color: 'primary.main', '&:hover': { textDecoration: 'underline' } }}
              >
                {problem.action.label}
              </Box>
            </Box>
          ) : job ? (
            <Box component="span" title={said(job.title)} sx={{ overflow: 'hidden', textOverflow: 'ellipsis' }}>
              {said(job.step === '' ? job.title : job.step)}
            </Box>
          ) : video.counts.open + video.counts.accepted === 0 ? (
            <span>{video.embedded ? t('no segments') : t('not looked at yet')}</span>
          ) : (
            <span>
              {t('{{open}} open · {{accepted}} accepted', { open: video.counts.open, accepted: video.counts.accepted })}
            </span>
          )}
          {video.split !== null && (
            <Box
              component="span"
              sx={{
                ml: 'auto',
                px: 0.5,
                border: 1,
                borderColor: 'divider',
                borderRadius: 0.5,
                lineHeight: '15px',
                fontSize: 10.5,
              }}
            >
              {splitWords[video.split]}
            </Box>
          )}
        </Box>
        <HowFar video={video} job={job} />
      </Box>
      {/* For the mouse; the keyboard has the menu key, so the list stays a list of options. */}
      <IconButton
        className="more"
        aria-hidden
        tabIndex={-1}
        onClick={(event) => {
          event.stopPropagation();
          const box = event.currentTarget.getBoundingClientRect();
          props.onMenu({ top: box.bottom, left: box.left });
        }}
        sx={{
          position: 'absolute',
          right: 4,
          top: 16,
          p: 0.25,
          bgcolor: 'surface.raised',
          '&:hover': { bgcolor: 'surface.raised' },
        }}
      >
        <MoreVert sx={{ fontSize: 18 }} />
      </IconButton>
    </ListOption>
  );
}

/** A bar with its number: of the job at work on the video, else how much of it is looked through. */
function HowFar({ video, job }: { readonly video: Video; readonly job: Job | undefined }) {
  const share = job ? job.progress : video.reviewedShare;
  return (
    <Box
      aria-hidden
      title={
        job
          ? `${said(job.title)}: ${percent(share)}`
          : t('{{share}} of the classes are marked complete in this video', { share: percent(share) })
      }
      sx={{ display: 'flex', alignItems: 'center', gap: 0.75, height: 12, fontSize: 10.5, color: 'text.secondary' }}
    >
      <Box sx={{ flex: 1, height: 3, borderRadius: 2, bgcolor: 'action.hover', overflow: 'hidden' }}>
        <Box sx={{ height: '100%', width: `${share * 100}%`, bgcolor: job ? 'primary.main' : 'success.main' }} />
      </Box>
      {share > 0 && <span>{job ? percent(share) : t('{{share}} reviewed', { share: percent(share) })}</span>}
    </Box>
  );
}

const spoken = (video: Video, problem: string | undefined, job: Job | undefined): string =>
  [
    video.name,
    shortDuration(video.facts.endUs - video.facts.firstFrameUs),
    problem,
    job && t('{{title}}, {{progress}} percent', { title: said(job.title), progress: Math.round(job.progress * 100) }),
    t('{{open}} open', { open: video.counts.open }),
    t('{{accepted}} accepted', { accepted: video.counts.accepted }),
    t('{{reviewedShare}} percent reviewed', { reviewedShare: Math.round(video.reviewedShare * 100) }),
    video.split !== null && splitWords[video.split],
  ]
    .filter(Boolean)
    .join(', ');
