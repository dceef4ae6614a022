import Box from '@mui/material/Box';
import { keyCaps, spokenKeys } from './key-caps.ts';
import { Spoken } from './Spoken.tsx';

/**
 * A key combination drawn as caps: `<KeyCaps keys="Mod+Shift+Z" />`. For the eye only: what it is the key of carries
 * `aria-keyshortcuts`; in running text `SpokenKeyCaps` says it too.
 */
export function KeyCaps({ keys }: { readonly keys: string }) {
  return (
    <Box component="span" aria-hidden sx={{ display: 'inline-flex', gap: '3px', verticalAlign: 'middle' }}>
      {keyCaps(keys, navigator.platform).map((cap) => (
        <Box
          component="kbd"
          key={cap}
          sx={{
            font: 'inherit',
            fontSize: 11,
            lineHeight: '17px',
            minWidth: 18,
            px: '5px',
            textAlign: 'center',
            borderRadius: '4px',
            border: '1px solid',
            borderColor: 'color-mix(in srgb, currentColor 60%, transparent)',
          }}
        >
          {cap}
        </Box>
      ))}
    </Box>
  );
}

/** A key combination that is part of a text: drawn as caps, and said by the names of its keys. */
export const SpokenKeyCaps = ({ keys }: { readonly keys: string }) => (
  <>
    <Spoken>{spokenKeys(keys)}</Spoken>
    <KeyCaps keys={keys} />
  </>
);
