import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useId, type ReactNode, type RefCallback } from 'react';
import { HelpOnPanel } from './HelpOnPanel.tsx';

/**
 * A panel with its heading, tools beside it, and a body that scrolls or fills by itself. It is a landmark, and the
 * region inside which keys of `scope` work; a click anywhere in it gives it the focus.
 */
export function PanelFrame(props: {
  readonly title: string;
  readonly scope: string;
  readonly tools?: ReactNode;
  readonly children: ReactNode;
  /** Beside the title, quiet: a count. */
  readonly aside?: ReactNode;
  /** Is handed the panel while it is there. */
  readonly hold?: RefCallback<HTMLElement>;
}) {
  const headingId = useId();
  return (
    <Box
      ref={props.hold ?? null}
      component="section"
      aria-labelledby={headingId}
      data-command-scope={props.scope}
      tabIndex={-1}
      sx={{ display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0, bgcolor: 'surface.panel' }}
    >
      <Box
        sx={{
          display: 'flex',
          alignItems: 'center',
          gap: 0.5,
          pl: 1.5,
          pr: 0.75,
          minHeight: (theme) => theme.spacing(5),
          flexShrink: 0,
        }}
      >
        {/* Where the tools leave no room for both, the count stands below the title. */}
        <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'baseline', columnGap: 1, minWidth: 0 }}>
          <Typography id={headingId} variant="h3" component="h2" noWrap>
            {props.title}
          </Typography>
          <Typography variant="caption" color="textSecondary" noWrap sx={{ fontVariantNumeric: 'tabular-nums' }}>
            {props.aside}
          </Typography>
        </Box>
        <Box sx={{ ml: 'auto', display: 'flex', alignItems: 'center', gap: 0.25, flexShrink: 0 }}>
          {props.tools}
          <HelpOnPanel scope={props.scope} />
        </Box>
      </Box>
      <Box sx={{ flex: 1, minHeight: 0, display: 'flex', flexDirection: 'column' }}>{props.children}</Box>
    </Box>
  );
}
