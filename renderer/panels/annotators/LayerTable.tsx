import DeleteOutlined from '@mui/icons-material/DeleteOutlined';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import type { Layer } from '#preload/contract/layers.ts';
import { backend } from '../../backend/client.ts';
import { attempt } from '../../shared/notices.ts';
import { IconAction } from '../../ui/IconAction.tsx';

/** The layers of a project, in the order in which the timeline shows them. */
export function LayerTable({ layers }: { readonly layers: readonly Layer[] }) {
  if (layers.length === 0) return <Typography>There are no layers yet.</Typography>;
  return (
    <Table size="small" aria-label="Layers">
      <TableHead>
        <TableRow>
          <TableCell>Layer</TableCell>
          <TableCell align="right">Videos</TableCell>
          <TableCell align="right">Segments</TableCell>
          <TableCell />
        </TableRow>
      </TableHead>
      <TableBody>
        {layers.map(({ id, name, videoIds, segmentCount }) => (
          <TableRow key={id}>
            <TableCell component="th" scope="row">
              {name}
            </TableCell>
            <TableCell align="right">{videoIds.length.toLocaleString()}</TableCell>
            <TableCell align="right">{segmentCount.toLocaleString()}</TableCell>
            <TableCell align="right" sx={{ width: 48, py: 0 }}>
              <IconAction label={`Remove ${name}`} onClick={() => attempt(backend.layers.remove({ layerId: id }))}>
                <DeleteOutlined fontSize="small" />
              </IconAction>
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
