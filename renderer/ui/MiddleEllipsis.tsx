import Box from '@mui/material/Box';

const tailLength = 9;

/** A name on one line that keeps its end when it is too long: files of one recording differ there. */
export function MiddleEllipsis({ text }: { readonly text: string }) {
  // By code points, so that no emoji or surrogate pair is cut in two.
  const letters = [...text];
  const cut = letters.length > tailLength * 2 ? letters.length - tailLength : letters.length;
  return (
    <Box component="span" title={text} sx={{ display: 'flex', minWidth: 0, whiteSpace: 'pre' }}>
      <Box component="span" sx={{ overflow: 'hidden', textOverflow: 'ellipsis' }}>
        {letters.slice(0, cut).join('')}
      </Box>
      <Box component="span" sx={{ flexShrink: 0 }}>
        {letters.slice(cut).join('')}
      </Box>
    </Box>
  );
}
