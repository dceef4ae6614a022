import Box from '@mui/material/Box';
import { useTheme } from '@mui/material/styles';
import { t } from '../language/language.ts';
import { classInk } from './theme.ts';

/** A class's colour as a small square: the very colour that its segments have, outlined so that it stands out in both themes. */
export function ClassSwatch({ colour, size = 12 }: { readonly colour: string; readonly size?: number }) {
  const background = useTheme().palette.surface.panel;
  return (
    <Box
      component="span"
      aria-hidden
      sx={{
        display: 'inline-block',
        flexShrink: 0,
        width: size,
        height: size,
        borderRadius: '3px',
        boxSizing: 'border-box',
        bgcolor: colour,
        // The colour is what it says: it stays where the system chooses all others.
        forcedColorAdjust: 'none',
        border: `1.5px solid ${classInk(colour, background)}`,
      }}
    />
  );
}

/** A class by swatch and name, which is shown whole on hover where it is cut. */
export function ClassName(props: {
  readonly of: { readonly name: string; readonly colour: string } | undefined;
  /** Over several lines rather than cut: where nothing can be hovered. */
  readonly whole?: boolean;
}) {
  const { of, whole = false } = props;
  return (
    <Box
      component="span"
      sx={{ display: 'inline-flex', alignItems: 'center', gap: 0.75, minWidth: 0, maxWidth: '100%' }}
    >
      <ClassSwatch colour={of?.colour ?? '#888888'} />
      <Box
        component="span"
        title={of?.name}
        sx={
          whole ? { overflowWrap: 'anywhere' } : { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }
        }
      >
        {of?.name ?? t('removed class')}
      </Box>
    </Box>
  );
}
