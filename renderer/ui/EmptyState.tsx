import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';

/** What stands where there is nothing yet: what this place is for, and the one thing to do about it. */
export function EmptyState(props: {
  readonly icon: ReactNode;
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}) {
  return (
    <Box
      sx={{
        display: 'flex',
        flexDirection: 'column',
        alignItems: 'center',
        justifyContent: 'center',
        textAlign: 'center',
        gap: 1,
        p: 3,
        minHeight: 0,
        flex: 1,
        overflow: 'auto',
        color: 'text.secondary',
      }}
    >
      <Box aria-hidden sx={{ display: 'flex', opacity: 0.7, '& svg': { fontSize: 34 } }}>
        {props.icon}
      </Box>
      <Typography variant="h3" component="p" color="textPrimary">
        {props.title}
      </Typography>
      {props.children !== undefined && (
        <Typography variant="caption" component="div" sx={{ maxWidth: 300, textWrap: 'pretty' }}>
          {props.children}
        </Typography>
      )}
      {props.action !== undefined && (
        <Box sx={{ mt: 1, display: 'flex', gap: 1, flexWrap: 'wrap', justifyContent: 'center' }}>{props.action}</Box>
      )}
    </Box>
  );
}
