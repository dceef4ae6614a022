import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { t } from '../../language/language.ts';
import { useVideos } from '../../backend/project-queries.ts';
import { readingWords } from '../../shared/reading-words.ts';
import { runCommand } from '../../shared/commands.ts';
import { said } from '../../language/said.ts';

/** How a video's file is read and what was found in it, with the way to change that. */
export function VideoReading({ videoId }: { readonly videoId: number }) {
  const { data: videos } = useVideos();
  const video = videos?.find(({ id }) => id === videoId);
  if (!video) return null;
  return (
    <Box component="section" aria-label={t('How the file is read')} sx={{ px: 1.5, pt: 1.5, flexShrink: 0 }}>
      <Typography variant="body2" color="text.secondary">
        {readingWords(video.facts)}
      </Typography>
      {video.facts.warnings?.map(said).map((warning) => (
        <Typography key={warning} variant="body2" color="text.secondary" sx={{ mt: 0.5 }}>
          {warning}
        </Typography>
      ))}
      <Button
        size="small"
        disabled={video.missing}
        onClick={() => runCommand('videos.reading')}
        sx={{ mt: 0.5, ml: -0.5 }}
      >
        {t('How it is read…')}
      </Button>
    </Box>
  );
}
