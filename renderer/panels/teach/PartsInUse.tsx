import CheckIcon from '@mui/icons-material/Check';
import RemoveIcon from '@mui/icons-material/Remove';
import Box from '@mui/material/Box';
import Chip from '@mui/material/Chip';
import type { TuningStatus } from '#preload/contract/tuning.ts';
import { partWords } from './version-words.ts';
import { t } from '../../language/language.ts';

/** Which learned parts have a say now: on by a tick and colour, off by a dash. */
export function PartsInUse({ parts }: { readonly parts: TuningStatus['parts'] }) {
  return (
    <Box
      component="ul"
      aria-label={t('Learned parts')}
      sx={{ m: 0, p: 0, listStyle: 'none', display: 'flex', flexWrap: 'wrap', gap: 0.75 }}
    >
      {(Object.keys(partWords) as (keyof typeof partWords)[]).map((part) => {
        const { name, meaning } = partWords[part];
        const on = parts[part];
        return (
          <li key={part}>
            <Chip
              size="small"
              variant="outlined"
              color={on ? 'primary' : 'default'}
              title={meaning}
              icon={on ? <CheckIcon titleAccess={t('on')} /> : <RemoveIcon titleAccess={t('off')} />}
              label={name}
              sx={{
                fontSize: 11.5,
                '& .MuiChip-label': { px: 0.75 },
                '& .MuiChip-icon': { fontSize: 14 },
                color: on ? 'text.primary' : 'text.secondary',
              }}
            />
          </li>
        );
      })}
    </Box>
  );
}
