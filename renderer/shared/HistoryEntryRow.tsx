import AutoAwesomeOutlined from '@mui/icons-material/AutoAwesomeOutlined';
import InputOutlined from '@mui/icons-material/InputOutlined';
import PersonOutlined from '@mui/icons-material/PersonOutlined';
import Box from '@mui/material/Box';
import type { HistoryEntry } from '#preload/contract/history.ts';
import { t } from '../language/language.ts';
import { said } from '../language/said.ts';
import { PersonAvatar } from '../ui/PersonAvatar.tsx';
import { timeAgo } from '../ui/time-ago.ts';

const sources = {
  user: { Icon: PersonOutlined, words: t('by a person') },
  model: { Icon: AutoAwesomeOutlined, words: t('by the model') },
  import: { Icon: InputOutlined, words: t('by an import') },
};

/** An edit: who made it (by their sign, or by shape), what, when; struck out where it was undone. */
export function HistoryEntryRow({ entry, now }: { readonly entry: HistoryEntry; readonly now: number }) {
  const { Icon, words } = sources[entry.source];
  return (
    <Box
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
      {entry.source === 'user' && entry.annotator !== null ? (
        <span role="img" aria-label={t('by {{annotator}}', { annotator: entry.annotator })} title={entry.annotator}>
          <PersonAvatar name={entry.annotator} size={18} />
        </span>
      ) : (
        <Icon
          titleAccess={entry.annotator === null ? words : t('by {{annotator}}', { annotator: entry.annotator })}
          sx={{ width: 18, fontSize: 15, color: 'text.secondary' }}
        />
      )}
      <Box component={entry.undone ? 's' : 'span'} sx={{ flex: 1, minWidth: 0, overflowWrap: 'anywhere' }}>
        {said(entry.label)}
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
}
