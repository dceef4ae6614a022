import { visuallyHidden } from '@mui/utils';
import type { ReactNode } from 'react';

/**
 * Words for people who listen, as text beside what is seen. Unlike an `aria-label` it leaves what is seen in the name, so
 * that who speaks to the machine can say it.
 */
export const Spoken = ({ children }: { readonly children: ReactNode }) => (
  <span style={visuallyHidden}>{children}</span>
);
