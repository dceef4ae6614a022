import { useTheme } from '@mui/material/styles';

/** The mark of the studio: a playhead over a segment. */
export function CuepointMark({ size }: { readonly size: number }) {
  const { palette } = useTheme();
  return (
    <svg width={size} height={size} viewBox="0 0 48 48" aria-hidden>
      <rect x="1" y="1" width="46" height="46" rx="11" fill={palette.surface.raised} stroke={palette.surface.line} />
      <rect x="8" y="15" width="32" height="6" rx="3" fill={palette.text.primary} opacity="0.22" />
      <rect x="8" y="27" width="32" height="6" rx="3" fill={palette.text.primary} opacity="0.22" />
      <rect x="11" y="15" width="12" height="6" rx="3" fill="#56b4e9" />
      <rect x="20" y="27" width="17" height="6" rx="3" fill="#e69f00" />
      <path d="M25.5 7h5l-2.5 4.2zM27.2 10h1.6v31h-1.6z" fill={palette.text.primary} />
    </svg>
  );
}
