import ExpandMore from '@mui/icons-material/ExpandMore';
import WarningAmberOutlined from '@mui/icons-material/WarningAmberOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import ButtonBase from '@mui/material/ButtonBase';
import Collapse from '@mui/material/Collapse';
import { useId, useState } from 'react';
import type { Comparison, Examination, LearnedMoment } from '#preload/domain/judgement.ts';
import type { Segment } from '#preload/domain/segment.ts';
import { sameStretchTIoU } from '#preload/domain/same-stretch.ts';
import { temporalIoU } from '#preload/domain/span.ts';
import { api, queries } from '../../backend/client.ts';
import { useClassesById, useVideos } from '../../backend/project-queries.ts';
import { ClassName } from '../../shared/ClassChip.tsx';
import { attempt } from '../../shared/notices.ts';
import { showMoment } from '../../shared/show-moment.ts';
import { useStudio } from '../../shared/studio-state.ts';
import { formatShortTime } from '../../ui/timecode.ts';
import { classWords, isWorse, points } from './brought-words.ts';
import { MomentStrip } from './MomentStrip.tsx';
import { t } from '../../language/language.ts';

const kinds: readonly { readonly name: string; readonly kinds: readonly LearnedMoment['kind'][] }[] = [
  { name: t('Won'), kinds: ['won', 'quiet'] },
  { name: t('Lost'), kinds: ['lost', 'new alarm'] },
  { name: t('Still wrong'), kinds: ['missed', 'false alarm'] },
];

export interface OutcomeOfClass {
  readonly classId: number;
  readonly comparison: Comparison;
  /** Left out of what was trained: its corrections are not tried one by one. */
  readonly tried?: number;
  readonly culprit?: Examination['classes'][number]['culprit'];
}

type Culprit = NonNullable<OutcomeOfClass['culprit']>;

/** What learning brought to one class; unfolded, the moments behind the numbers. */
export function ClassOutcome(props: { readonly of: OutcomeOfClass; readonly moments: readonly LearnedMoment[] }) {
  const { classId, comparison } = props.of;
  const classes = useClassesById();
  const [open, setOpen] = useState(false);
  const id = useId();
  const name = classes.get(classId)?.name ?? t('removed class');
  const worse = isWorse(comparison);
  return (
    <Box component="li" sx={{ borderTop: 1, borderColor: 'divider' }}>
      <ButtonBase
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
        sx={{
          width: '100%',
          py: 0.5,
          gap: 1,
          textAlign: 'left',
          font: 'inherit',
          fontSize: 12.5,
          justifyContent: 'flex-start',
        }}
      >
        <Box sx={{ flex: 1, minWidth: 0 }}>
          <Box sx={{ display: 'flex' }}>
            <ClassName of={classes.get(classId)} />
          </Box>
          <Box sx={{ fontSize: 12, color: 'text.secondary', fontVariantNumeric: 'tabular-nums' }}>
            {classWords(comparison)}
          </Box>
        </Box>
        {worse && <WarningAmberOutlined titleAccess={t('became worse')} sx={{ fontSize: 16, color: 'warning.main' }} />}
        <ExpandMore
          aria-hidden
          sx={{ fontSize: 18, flexShrink: 0, transform: open ? 'rotate(180deg)' : 'none', transition: '0.15s' }}
        />
      </ButtonBase>
      <Collapse in={open} unmountOnExit id={id}>
        <Box sx={{ display: 'grid', gap: 1, pb: 1 }}>
          {worse && <Worse of={props.of} />}
          {kinds.map((kind) => (
            <MomentStrip
              key={kind.name}
              name={kind.name}
              className={name}
              moments={props.moments.filter((moment) => kind.kinds.includes(moment.kind))}
            />
          ))}
          {props.moments.length === 0 && !worse && (
            <Box sx={{ color: 'text.secondary', fontSize: 12 }}>
              {t('Nothing was won or lost, and nothing is wrong.')}
            </Box>
          )}
        </Box>
      </Collapse>
    </Box>
  );
}

/** A class that learning made worse, and the correction that did it where there is one. */
function Worse({ of: { comparison, tried, culprit } }: { readonly of: OutcomeOfClass }) {
  return (
    <Box sx={{ fontSize: 12, textWrap: 'pretty' }}>
      {t('Learning makes this class worse: {{before}} → {{after}} points of average precision. {{culprit}}', {
        before: points(comparison.before),
        after: points(comparison.after),
        culprit: culprit === null ? noneToBlame(tried ?? 0) : '',
      })}
      {culprit != null && <ToBlame culprit={culprit} />}
    </Box>
  );
}

const noneToBlame = (tried: number): string =>
  tried === 0
    ? t('Its corrections were not tried one by one.')
    : t('It stays so without any one of the {{count}} corrections that contradict the others most.', {
        count: tried,
        one: 'It stays so without the one correction that contradicts the others.',
      });

/** Which correction it was, as what it is marked, and the way to it: selected, so that it can be mended there and then. */
function ToBlame({ culprit }: { readonly culprit: Culprit }) {
  const { data: videos = [] } = useVideos();
  const classes = useClassesById();
  const { videoId, startUs, classIds, without } = culprit;
  const isRejection = classIds.length === 0;
  const marked = classIds.flatMap((classId) => classes.get(classId)?.name ?? []).map((name) => `“${name}”`);
  const show = async (): Promise<void> => {
    showMoment(videoId, culprit, 'loop');
    const rows = await queries.ensureQueryData(api.segments.list.queryOptions({ input: { videoId } }));
    useStudio.getState().selectSegments(
      marksBehind(culprit, rows).map(({ id }) => id),
      videoId,
    );
  };
  const places = {
    time: formatShortTime(startUs, 1),
    name: videos.find(({ id }) => id === videoId)?.name ?? t('one of the videos'),
    without: points(without),
  };
  return (
    <>
      {isRejection
        ? t('Without the rejection at {{time}} in {{name}} it would be {{without}}.', places)
        : t('Without the correction {{marked}} at {{time}} in {{name}} it would be {{without}}.', {
            ...places,
            marked: marked.join(t(' and ')),
          })}{' '}
      <Button size="small" onClick={() => attempt(show())} sx={{ py: 0, verticalAlign: 'baseline' }}>
        {t('Show that correction')}
      </Button>
    </>
  );
}

/** Segments that a correction was learned from: the rejected one, or all that were marked as its classes on its stretch. */
const marksBehind = (correction: Culprit, rows: readonly Segment[]): Segment[] =>
  rows.filter((row) =>
    correction.classIds.length === 0
      ? row.state === 'rejected' && row.startUs === correction.startUs && row.endUs === correction.endUs
      : row.state === 'accepted' &&
        correction.classIds.includes(row.classId) &&
        temporalIoU(row, correction) >= sameStretchTIoU,
  );
