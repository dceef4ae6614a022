import Box from '@mui/material/Box';
import { keyCaps } from './key-caps.ts';

/** A key combination drawn as caps: `<KeyCaps keys="Mod+Shift+Z" />`. For the eye only: the owner carries `aria-keyshortcuts`. */
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
