/** A class in the head of a column of a confusion table: cut, not wrapped. */
export const nameCell = { whiteSpace: 'nowrap', maxWidth: 140, overflow: 'hidden', textOverflow: 'ellipsis' } as const;

/** One in front of a row: it stays while the columns are scrolled, as the heads stay above. */
export const rowNameCell = {
  ...nameCell,
  position: 'sticky',
  left: 0,
  zIndex: 1,
  bgcolor: 'background.paper',
} as const;

/** Where both meet, above both. */
export const cornerCell = { left: 0, zIndex: 3 } as const;
