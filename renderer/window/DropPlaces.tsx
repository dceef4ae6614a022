import Box from '@mui/material/Box';
import { useState, type DragEvent, type ReactNode } from 'react';
import { t } from '../language/language.ts';
import { backend } from '../backend/client.ts';
import { addVideos } from '../panels/library/add-videos.ts';
import { addModel } from '../shared/add-model.ts';
import { askToAdd, isTableName } from '../panels/timeline/series/series-dialogs.ts';
import { useStudio } from '../shared/studio-state.ts';
import { attempt, notify } from '../shared/notices.ts';

const holdsFiles = (event: DragEvent): boolean => event.dataTransfer.types.includes('Files');

/**
 * Takes what is dropped anywhere on the window: a model's folder is added, a project is opened, a table goes beside the
 * selected video, all else is looked through for videos. A browser does not say where dropped files are, and says so.
 */
export function DropPlaces({ hasProject, children }: { readonly hasProject: boolean; readonly children: ReactNode }) {
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent): void => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    setOver(false);
    const host = globalThis.window.cuepointHost;
    if (host) attempt(host.placesOf([...event.dataTransfer.files]).then((places) => take(places, hasProject)));
    else
      notify(
        hasProject
          ? t('A browser does not tell where dropped files are. Use "Add videos", or paste their path there.')
          : t('A browser does not tell where dropped files are. Open them with the buttons.'),
        'info',
      );
  };
  return (
    <Box
      sx={{ height: '100%', position: 'relative' }}
      onDragOver={(event) => {
        if (!holdsFiles(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => !event.currentTarget.contains(event.relatedTarget as Node | null) && setOver(false)}
      onDrop={drop}
    >
      {children}
      {over && (
        <Box
          aria-hidden
          sx={{
            position: 'absolute',
            inset: 8,
            zIndex: 'tooltip',
            pointerEvents: 'none',
            display: 'grid',
            placeItems: 'center',
            fontSize: 20,
            fontWeight: 600,
            border: '2px dashed',
            borderColor: 'primary.main',
            borderRadius: 2,
            bgcolor: 'rgb(0 0 0 / 55%)',
            color: '#fff',
          }}
        >
          {hasProject
            ? t('Drop videos, a sensor’s table or a model’s folder')
            : t('Drop a project or a model’s folder')}
        </Box>
      )}
    </Box>
  );
}

async function take(tokens: readonly string[], hasProject: boolean): Promise<void> {
  const places = await backend.places.look({ tokens: [...tokens] });
  const those = (isWanted: (kind: string) => boolean) =>
    places.filter(({ kind }) => isWanted(kind)).map(({ token }) => token);
  for (const place of those((kind) => kind === 'model')) await addModel(place);
  const [project] = those((kind) => kind === 'project');
  if (project !== undefined) {
    await backend.projects.open({ place: project });
    return;
  }
  const { selectedVideoId } = useStudio.getState();
  const tables = places.filter(({ kind, name }) => kind === 'file' && isTableName(name)).map(({ token }) => token);
  const rest = those((kind) => kind !== 'model').filter((token) => !tables.includes(token));
  if (hasProject && tables.length > 0 && selectedVideoId === null)
    notify(t('Select the video first that this table was measured beside.'), 'info');
  else if (hasProject && tables.length > 1) notify(t('Drop one table after the other: each is asked about.'), 'info');
  else if (hasProject && tables[0] !== undefined) askToAdd(tables[0]);
  if (hasProject) await addVideos(rest);
  else if (rest.length > 0) notify(t('Make or open a project first: videos belong to one.'), 'info');
}
