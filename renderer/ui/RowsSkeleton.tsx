import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';

/** Grey rows of the height of the real ones, so that nothing moves when those arrive. */
export function RowsSkeleton({
  rows,
  height,
  label,
}: {
  readonly rows: number;
  readonly height: number;
  readonly label: string;
}) {
  return (
    <Box role="status" aria-label={label} sx={{ px: 1.5, py: 0.5, overflow: 'hidden' }}>
      {Array.from({ length: rows }, (_, index) => (
        <Skeleton key={index} variant="rounded" height={height - 8} sx={{ mb: 1, opacity: 1 - index * 0.12 }} />
      ))}
    </Box>
  );
}
