import type { ThemeOptions } from '@mui/material/styles';

/** What one step of room is in the compact window; 8 elsewhere. */
export const compactSpacingPx = 6;
/** Rows of lists, in parts of their height elsewhere: two lines of words still stand in them whole. */
export const compactRows = 0.87;

const low = { paddingTop: 2, paddingBottom: 2 };

/** Controls that take less room; letters stay as large as they are. */
export const compactComponents: ThemeOptions['components'] = {
  MuiButton: { styleOverrides: { root: low } },
  MuiIconButton: { styleOverrides: { sizeSmall: { padding: 3 } } },
  MuiCheckbox: { defaultProps: { size: 'small' }, styleOverrides: { root: { padding: 5 } } },
  MuiRadio: { defaultProps: { size: 'small' }, styleOverrides: { root: { padding: 5 } } },
  MuiSwitch: { defaultProps: { size: 'small' } },
  MuiMenuItem: { styleOverrides: { root: { minHeight: 26, ...low } } },
  MuiListItem: { defaultProps: { dense: true } },
  MuiListItemButton: { defaultProps: { dense: true } },
  MuiTable: { defaultProps: { size: 'small' } },
  MuiOutlinedInput: {
    styleOverrides: { input: { '&:not(.MuiInputBase-inputMultiline)': { paddingTop: 5.5, paddingBottom: 5.5 } } },
  },
  MuiDialogTitle: { styleOverrides: { root: { padding: '12px 18px' } } },
  MuiDialogContent: { styleOverrides: { root: { padding: '12px 18px' } } },
  MuiAlert: { styleOverrides: { root: { paddingTop: 0, paddingBottom: 0 } } },
};
