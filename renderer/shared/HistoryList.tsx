import AutoAwesomeOutlined from '@mui/icons-material/AutoAwesomeOutlined';
import FileUploadOutlined from '@mui/icons-material/FileUploadOutlined';
import PersonOutlined from '@mui/icons-material/PersonOutlined';
import Box from '@mui/material/Box';
import { useEffect, useState } from 'react';
import type { HistoryEntry } from '#preload/contract/segments.ts';
import { timeAgo } from '../ui/time-ago.ts';

const sources = {
  user: { Icon: PersonOutlined, words: 'by a person' },
  model: { Icon: AutoAwesomeOutlined, words: 'by the model' },
  import: { Icon: FileUploadOutlined, words: 'by an import' },
};

/** Edits, newest first: who made them (by shape), what, when; those that were undone are struck out. */
export function HistoryList({ entries, label }: { readonly entries: readonly HistoryEntry[]; readonly label: string }) {
  const now = useMinuteClock();
  return (
    <Box component="ol" aria-label={label} sx={{ m: 0, p: 0, listStyle: 'none' }}>
      {entries.map((entry) => {
        const { Icon, words } = sources[entry.source];
        return (
          <Box
            component="li"
            key={entry.id}
            sx={{
              display: 'flex',
              alignItems: 'center',
              gap: 1,
              px: 1.5,
              py: 0.5,
              fontSize: 12.5,
              color: entry.undone ? 'text.disabled' : 'text.primary',
            }}
          >
            <Icon titleAccess={words} sx={{ fontSize: 15, color: 'text.secondary' }} />
            <Box component={entry.undone ? 's' : 'span'} sx={{ flex: 1, minWidth: 0, overflowWrap: 'anywhere' }}>
              {entry.label}
            </Box>
            <Box
              component="time"
              dateTime={new Date(entry.at).toISOString()}
              sx={{ fontSize: 11.5, color: 'text.secondary', whiteSpace: 'nowrap' }}
            >
              {timeAgo(entry.at, now)}
            </Box>
          </Box>
        );
      })}
    </Box>
  );
}

/** The time, kept true to half a minute. */
function useMinuteClock(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
