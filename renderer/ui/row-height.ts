import { useTheme } from '@mui/material/styles';

/** How high a row is in the window's density, CSS pixels, that is `px` high where there is room. */
export const useRowHeight = (px: number): number => Math.round(px * useTheme().rows);
