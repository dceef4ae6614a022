import ExpandMore from '@mui/icons-material/ExpandMore';
import Accordion from '@mui/material/Accordion';
import AccordionDetails from '@mui/material/AccordionDetails';
import AccordionSummary from '@mui/material/AccordionSummary';
import Box from '@mui/material/Box';
import { grouped } from './quantities.ts';
import type { RowWithReason } from '#preload/domain/new-segment.ts';
import { said } from '../language/said.ts';

/** Rows of a file that do not go in as they are, each with its place and the reason. */
export function SkippedRows(props: { readonly title: string; readonly rows: readonly RowWithReason[] }) {
  const { title, rows } = props;
  if (rows.length === 0) return null;
  return (
    <Accordion variant="outlined" disableGutters>
      <AccordionSummary expandIcon={<ExpandMore />}>
        {title} ({grouped(rows.length)})
      </AccordionSummary>
      <AccordionDetails>
        <Box
          component="ul"
          tabIndex={0}
          aria-label={title}
          sx={{ m: 0, pl: 2, maxHeight: 200, overflow: 'auto', fontSize: 12.5 }}
        >
          {rows
            .map(({ place, reason }) => `${said(place)}: ${said(reason)}`)
            .map((row) => (
              <li key={row}>{row}</li>
            ))}
        </Box>
      </AccordionDetails>
    </Accordion>
  );
}
