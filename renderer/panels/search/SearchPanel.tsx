import ImageSearchOutlined from '@mui/icons-material/ImageSearchOutlined';
import MemoryOutlined from '@mui/icons-material/MemoryOutlined';
import SearchOutlined from '@mui/icons-material/SearchOutlined';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import InputAdornment from '@mui/material/InputAdornment';
import TextField from '@mui/material/TextField';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { runCommand } from '../../shared/commands.ts';
import { FailureNote } from '../../shared/FailureNote.tsx';
import { firstField } from '../../shared/show-panel.ts';
import { tourAnchor } from '../../shared/tour-anchors.ts';
import { api } from '../../backend/client.ts';
import { useProject } from '../../backend/project-queries.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PanelFrame } from '../../ui/PanelFrame.tsx';
import { RowsSkeleton } from '../../ui/RowsSkeleton.tsx';
import { momentHeight, MomentList } from './MomentList.tsx';

/** A text in, moments of all videos out, best first, from the features that are stored. */
export function SearchPanel() {
  const { data: project } = useProject();
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState('');
  const moments = useQuery({
    ...api.analysis.search.queryOptions({ input: { text: asked, top: 100 }, enabled: asked !== '' }),
    gcTime: 0,
  });
  if (project && project.settings.model === null) {
    return (
      <PanelFrame title="Search" scope="search" hold={tourAnchor('search-panel')}>
        <EmptyState
          icon={<MemoryOutlined />}
          title="No model yet"
          action={
            <Button variant="outlined" onClick={() => runCommand('window.models')}>
              Choose a model…
            </Button>
          }
        >
          Searching by words needs a model that reads both pictures and text.
        </EmptyState>
      </PanelFrame>
    );
  }
  return (
    <PanelFrame
      title="Search"
      scope="search"
      hold={tourAnchor('search-panel')}
      aside={asked !== '' && moments.data ? moments.data.moments.length : undefined}
    >
      <form
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
          const text = typed.trim();
          if (text === asked) void moments.refetch();
          else setAsked(text);
        }}
      >
        <TextField
          fullWidth
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          placeholder="a person jumps over a bar"
          slotProps={{
            htmlInput: { ...firstField, 'aria-label': 'Search moments by text', type: 'search', maxLength: 1000 },
            input: {
              ref: tourAnchor('search'),
              startAdornment: (
                <InputAdornment position="start">
                  <SearchOutlined fontSize="small" />
                </InputAdornment>
              ),
              sx: { height: 34, pl: 1, bgcolor: 'surface.base' },
            },
          }}
          sx={{ px: 1.5, pb: 1 }}
        />
      </form>
      {asked === '' ? (
        <EmptyState icon={<ImageSearchOutlined />} title="Find a moment by words">
          Describe what happens, in the model’s language, and press Enter. Only videos the model has looked at are
          searched.
        </EmptyState>
      ) : moments.isFetching ? (
        <RowsSkeleton rows={6} height={momentHeight} label="Searching" />
      ) : moments.isError ? (
        <FailureNote error={moments.error} onRetry={() => void moments.refetch()} />
      ) : moments.data?.moments.length === 0 ? (
        <EmptyState
          icon={<ImageSearchOutlined />}
          title="Nothing to search yet"
          action={
            <Button variant="outlined" onClick={() => runCommand('analysis.propose')}>
              Look at the videos
            </Button>
          }
        >
          The model has not looked at any video yet.
        </EmptyState>
      ) : (
        <>
          {moments.data?.warnings.map((warning) => (
            <Alert key={warning} severity="warning" sx={{ mx: 1.5, mb: 1 }}>
              {warning}
            </Alert>
          ))}
          <MomentList moments={moments.data?.moments ?? []} />
        </>
      )}
    </PanelFrame>
  );
}
