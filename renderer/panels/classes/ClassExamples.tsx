import Close from '@mui/icons-material/Close';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import Typography from '@mui/material/Typography';
import { useQuery } from '@tanstack/react-query';
import { mostExamples } from '#preload/domain/action-class.ts';
import { secondsOf } from '#preload/domain/span.ts';
import { t } from '../../language/language.ts';
import { api, knownSegment } from '../../backend/client.ts';
import { useVideos } from '../../backend/project-queries.ts';
import { LoopingClip } from '../../shared/LoopingClip.tsx';
import { useStudio } from '../../shared/studio-state.ts';
import { decimal } from '../../ui/quantities.ts';

/** Segments that show what a class is, as clips that play again and again. */
export function ClassExamples({
  classId,
  examples,
  onChange,
}: {
  readonly classId: number;
  readonly examples: readonly number[];
  readonly onChange: (examples: number[]) => void;
}) {
  const { data: stored = [] } = useQuery(api.classes.examples.queryOptions({ input: { classId } }));
  const { data: videos = [] } = useVideos();
  const selected = useStudio((studio) => studio.selectedSegmentIds);
  const rowOf = new Map(stored.map((row) => [row.id, row]));
  const rows = examples.flatMap((id) => rowOf.get(id) ?? knownSegment(id) ?? []);
  const fresh = selected.filter((id) => id > 0 && !examples.includes(id));
  return (
    <Box component="section" aria-label={t('Examples')}>
      <Typography variant="caption" component="h3" color="textSecondary" sx={{ mb: 0.5 }}>
        {t('Examples')}
      </Typography>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, maxHeight: 240, overflowY: 'auto' }}>
        {rows.map((row, index) => {
          const video = videos.find(({ id }) => id === row.videoId);
          return (
            <Box key={row.id} sx={{ position: 'relative', width: 160, borderRadius: 1, overflow: 'hidden' }}>
              <LoopingClip
                span={row}
                video={video}
                label={t('Example {{index}}: {{name}} at {{startUs}} s', {
                  index: index + 1,
                  name: video?.name ?? t('a video'),
                  startUs: decimal(secondsOf(row.startUs), 1),
                })}
              />
              <IconButton
                size="small"
                aria-label={t('Take away example {{index}}', { index: index + 1 })}
                onClick={() => onChange(examples.filter((id) => id !== row.id))}
                sx={{ position: 'absolute', top: 2, right: 2, bgcolor: 'surface.panel', p: 0.25 }}
              >
                <Close sx={{ fontSize: 16 }} />
              </IconButton>
            </Box>
          );
        })}
      </Box>
      <Button
        size="small"
        disabled={fresh.length === 0 || examples.length >= mostExamples}
        onClick={() => onChange([...examples, ...fresh].slice(0, mostExamples))}
        sx={{ mt: 0.5 }}
      >
        {fresh.length > 1
          ? t('Add the {{fresh}} selected segments', { fresh: fresh.length })
          : t('Add the selected segment')}
      </Button>
    </Box>
  );
}
