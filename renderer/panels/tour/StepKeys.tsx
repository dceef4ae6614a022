import Box from '@mui/material/Box';
import { t } from '../../language/language.ts';
import { useCommands } from '../../shared/commands.ts';
import { SpokenKeyCaps } from '../../ui/KeyCaps.tsx';
import type { TourStep } from './tour-steps.ts';

/** The keys of a step, as they are on this machine for this person; a command without a key is left out. */
export function StepKeys({ keys }: { readonly keys: TourStep['keys'] }) {
  const commands = useCommands();
  const known = keys.flatMap(({ command, does }) => {
    const [first] = commands.find((each) => each.id === command)?.keys ?? [];
    return first === undefined ? [] : [{ does, first }];
  });
  return (
    <Box
      component="ul"
      aria-label={t('Keys')}
      sx={{
        m: 0,
        mt: 1.25,
        p: 0,
        listStyle: 'none',
        display: 'flex',
        flexWrap: 'wrap',
        columnGap: 2,
        rowGap: 0.5,
        fontSize: 12.5,
        color: 'text.secondary',
      }}
    >
      {known.map(({ does, first }) => (
        <Box component="li" key={does} sx={{ display: 'flex', gap: 0.75 }}>
          <SpokenKeyCaps keys={first} />
          {does}
        </Box>
      ))}
    </Box>
  );
}
