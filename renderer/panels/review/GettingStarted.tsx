import CheckCircle from '@mui/icons-material/CheckCircle';
import RadioButtonUnchecked from '@mui/icons-material/RadioButtonUnchecked';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { runCommand } from '../../shared/commands.ts';
import { useClasses, useProject, useVideos } from '../../backend/project-queries.ts';
import { t } from '../../language/language.ts';

/** What is still missing before there can be proposals, in order, each with the button that does it. */
export function GettingStarted() {
  const { data: videos = [] } = useVideos();
  const { data: classes = [] } = useClasses();
  const { data: project } = useProject();
  const steps = [
    { done: videos.length > 0, name: t('Add videos'), command: 'videos.add' },
    { done: classes.length > 0, name: t('Type the classes'), command: 'classes.type' },
    { done: project?.settings.model != null, name: t('Choose a model'), command: 'window.models' },
    { done: videos.some((video) => video.embedded), name: t('Propose segments'), command: 'analysis.propose' },
  ];
  const next = steps.findIndex((step) => !step.done);
  return (
    <Box sx={{ flex: 1, minHeight: 0, overflowY: 'auto', p: 2, pt: 1 }}>
      <Typography variant="h3" component="p">
        {t('No proposals yet')}
      </Typography>
      <Typography variant="caption" component="p" color="textSecondary" sx={{ mt: 0.5, mb: 1.5 }}>
        {t('Cuepoint proposes where each action happens; you decide here, one key each.')}
      </Typography>
      <Box
        component="ol"
        aria-label={t('Steps to the first proposals')}
        sx={{ m: 0, p: 0, listStyle: 'none', display: 'grid', gap: 0.5 }}
      >
        {steps.map((step, index) => (
          <Box component="li" key={step.command} sx={{ display: 'flex', alignItems: 'center', gap: 1, minHeight: 32 }}>
            {step.done ? (
              <CheckCircle titleAccess={t('done')} sx={{ fontSize: 18, color: 'success.main' }} />
            ) : (
              <RadioButtonUnchecked
                titleAccess={t('to do')}
                sx={{ fontSize: 18, color: index === next ? 'primary.main' : 'text.disabled' }}
              />
            )}
            {step.done ? (
              <Box sx={{ fontSize: 13, color: 'text.secondary' }}>{step.name}</Box>
            ) : (
              <Button
                variant={index === next ? 'contained' : 'text'}
                color={index === next ? 'primary' : 'inherit'}
                onClick={() => runCommand(step.command)}
              >
                {step.name}
                {step.command === 'analysis.propose' ? '' : '…'}
              </Button>
            )}
          </Box>
        ))}
      </Box>
    </Box>
  );
}
