import CheckIcon from '@mui/icons-material/Check';
import ListItemIcon from '@mui/material/ListItemIcon';
import ListSubheader from '@mui/material/ListSubheader';
import MenuItem from '@mui/material/MenuItem';
import type { ComponentProps, ReactNode } from 'react';

/** One of several things in a menu of which one holds (`radio`), or one that is on or off by itself: a tick where it is. */
export function MenuChoice({
  kind,
  chosen,
  children,
  ...item
}: Omit<ComponentProps<typeof MenuItem>, 'role' | 'children'> & {
  readonly kind: 'radio' | 'checkbox';
  readonly chosen: boolean;
  readonly children: ReactNode;
}) {
  return (
    <MenuItem {...item} role={`menuitem${kind}`} aria-checked={chosen}>
      <ListItemIcon sx={{ minWidth: '28px !important' }}>{chosen && <CheckIcon fontSize="small" />}</ListItemIcon>
      {children}
    </MenuItem>
  );
}

/** What the choices below it are about. */
export const MenuHeading = ({ children }: { readonly children: string }) => (
  <ListSubheader role="presentation" sx={{ lineHeight: '30px', bgcolor: 'transparent' }}>
    {children}
  </ListSubheader>
);
