import AddOutlined from '@mui/icons-material/AddOutlined';
import FolderOpenOutlined from '@mui/icons-material/FolderOpenOutlined';
import MemoryOutlined from '@mui/icons-material/MemoryOutlined';
import VideoSettingsOutlined from '@mui/icons-material/VideoSettingsOutlined';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useMutation, useQuery } from '@tanstack/react-query';
import { api, backend } from '../backend/client.ts';
import { failureOf, wordsFor } from '../backend/failures.ts';
import { ariaKeys } from '../ui/key-caps.ts';
import { KeyCaps, SpokenKeyCaps } from '../ui/KeyCaps.tsx';
import { choosePlaces } from '../shared/choose-places.ts';
import { ConnectionBanner } from './ConnectionBanner.tsx';
import { CuepointMark } from './CuepointMark.tsx';
import { useCommandKeys } from '../shared/commands.ts';
import { useStudio } from '../shared/studio-state.ts';
import { t } from '../language/language.ts';
import { Placed } from '../ui/Placed.tsx';

interface RecentProject {
  readonly name: string;
  readonly location: string;
  readonly place: string | null;
}

/** What stands there without a project: make one, open one, or go on with a recent one. */
export function WelcomeScreen({
  recent,
  version,
}: {
  readonly recent: readonly RecentProject[];
  readonly version: string;
}) {
  const open = useMutation({
    mutationFn: async (known: string | undefined) => {
      const place = known ?? (await choosePlaces('project'))[0];
      if (place !== undefined) await backend.projects.open({ place });
    },
  });
  const failure = open.isError ? failureOf(open.error) : null;
  const newKeys = useCommandKeys('project.new')[0];
  const openKeys = useCommandKeys('project.open')[0];
  return (
    <Box sx={{ height: '100%', display: 'flex', flexDirection: 'column', bgcolor: 'surface.base' }}>
      <ConnectionBanner />
      <Box component="main" sx={{ flex: 1, overflow: 'auto', display: 'grid', placeItems: 'center', p: 3 }}>
        <Box sx={{ width: '100%', maxWidth: 560, display: 'grid', gap: 3 }}>
          <Box sx={{ display: 'flex', alignItems: 'center', gap: 2 }}>
            <CuepointMark size={52} />
            <Box>
              <Typography variant="h1">Cuepoint</Typography>
              <Typography variant="body2" color="textSecondary">
                {t('Label actions in video: it proposes, you correct.')}
              </Typography>
            </Box>
          </Box>
          {failure && (
            <Alert severity="error" onClose={() => open.reset()}>
              {failure.message} {wordsFor(failure).advice}
            </Alert>
          )}
          <Box sx={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 1.5 }}>
            <Button
              size="large"
              variant="contained"
              startIcon={<AddOutlined />}
              aria-keyshortcuts={newKeys && ariaKeys([newKeys])}
              onClick={() => useStudio.getState().show({ dialog: 'new-project' })}
              sx={{ justifyContent: 'flex-start', py: 1.25 }}
            >
              {t('New project')}
              <Box sx={{ ml: 'auto' }}>{newKeys !== undefined && <KeyCaps keys={newKeys} />}</Box>
            </Button>
            <Button
              size="large"
              variant="outlined"
              startIcon={<FolderOpenOutlined />}
              loading={open.isPending}
              loadingPosition="start"
              aria-keyshortcuts={openKeys && ariaKeys([openKeys])}
              onClick={() => open.mutate(undefined)}
              sx={{ justifyContent: 'flex-start', py: 1.25 }}
            >
              {t('Open project')}
              <Box sx={{ ml: 'auto' }}>{openKeys !== undefined && <KeyCaps keys={openKeys} />}</Box>
            </Button>
          </Box>
          <Box component="section" aria-labelledby="recent-title">
            <Typography id="recent-title" variant="h3" component="h2" color="textSecondary" sx={{ mb: 1 }}>
              {t('Recent')}
            </Typography>
            {recent.length === 0 ? (
              <Typography variant="body2" color="textSecondary">
                {t('Projects that you open appear here. A project is one folder: copy it and it works elsewhere.')}
              </Typography>
            ) : (
              <Box
                component="ul"
                sx={{
                  m: 0,
                  p: 0,
                  listStyle: 'none',
                  border: 1,
                  borderColor: 'divider',
                  borderRadius: 1.5,
                  overflow: 'hidden',
                  bgcolor: 'surface.panel',
                }}
              >
                {recent.map((project) => (
                  <Box
                    component="li"
                    key={project.location}
                    sx={{ '& + li': { borderTop: 1, borderColor: 'divider' } }}
                  >
                    <Button
                      fullWidth
                      color="inherit"
                      disabled={project.place === null || open.isPending}
                      onClick={() => project.place !== null && open.mutate(project.place)}
                      startIcon={<VideoSettingsOutlined fontSize="small" />}
                      sx={{
                        justifyContent: 'flex-start',
                        textAlign: 'left',
                        px: 1.5,
                        py: 1,
                        borderRadius: 0,
                        outlineOffset: -2,
                      }}
                    >
                      <Box sx={{ minWidth: 0 }}>
                        <Box sx={{ fontSize: 13.5 }}>{project.name}</Box>
                        <Box
                          title={project.location}
                          sx={{
                            fontSize: 12,
                            fontWeight: 400,
                            color: 'text.secondary',
                            overflow: 'hidden',
                            textOverflow: 'ellipsis',
                            whiteSpace: 'nowrap',
                          }}
                        >
                          {project.place === null
                            ? t('not there any more: {{location}}', { location: project.location })
                            : project.location}
                        </Box>
                      </Box>
                    </Button>
                  </Box>
                ))}
              </Box>
            )}
          </Box>
          <ModelsSection />
          <Typography variant="caption" color="textSecondary">
            <Placed
              words={t('Version {{version}} · press <key/> for the keys', { version })}
              parts={{ key: <SpokenKeyCaps keys="?" /> }}
            />
          </Typography>
        </Box>
      </Box>
    </Box>
  );
}

/** Which models there are to propose with, and the way to the library; prominent while there is none for real videos. */
function ModelsSection() {
  const { data: models } = useQuery(api.models.list.queryOptions());
  const { data: downloads = [] } = useQuery(api.models.downloads.queryOptions());
  if (!models) return null;
  const own = models.filter(({ name, problem }) => problem === null && !name.startsWith('starter-'));
  const underWay = downloads.find(({ state }) => state === 'running' || state === 'opening');
  return (
    <Box component="section" aria-labelledby="models-title">
      <Typography id="models-title" variant="h3" component="h2" color="textSecondary" sx={{ mb: 1 }}>
        {t('Models')}
      </Typography>
      <Box
        sx={{
          display: 'flex',
          alignItems: 'center',
          gap: 2,
          border: 1,
          borderColor: 'divider',
          borderRadius: 1.5,
          bgcolor: 'surface.panel',
          px: 1.5,
          py: 1,
        }}
      >
        <Typography variant="body2" color="textSecondary" sx={{ flex: 1, minWidth: 0, overflowWrap: 'anywhere' }}>
          {underWay
            ? t('{{repository}} is on its way.', { repository: underWay.repository })
            : own.length > 0
              ? own.map(({ name }) => name).join(', ')
              : t('To propose in your own videos, get a model that has seen real ones: one download, once.')}
        </Typography>
        <Button
          variant={own.length === 0 && !underWay ? 'contained' : 'outlined'}
          startIcon={<MemoryOutlined />}
          onClick={() => useStudio.getState().show({ dialog: 'models' })}
          sx={{ flexShrink: 0 }}
        >
          {t('Model library')}
        </Button>
      </Box>
    </Box>
  );
}
