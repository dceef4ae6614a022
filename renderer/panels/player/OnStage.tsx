import Box from '@mui/material/Box';
import type { ReactNode } from 'react';

/** The stage is dark in both themes, since pictures are judged on it; what is written on it must be light. */
export const OnStage = ({ children }: { readonly children: ReactNode }) => (
  <Box
    sx={{
      flex: 1,
      minWidth: 0,
      display: 'flex',
      '& .MuiTypography-root': { color: 'rgba(255, 255, 255, 0.82)' },
      '& svg': { color: 'rgba(255, 255, 255, 0.6)' },
      '& .MuiButton-outlined': { color: '#fff', borderColor: 'rgba(255, 255, 255, 0.4)' },
    }}
  >
    {children}
  </Box>
);
