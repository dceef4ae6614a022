import DeleteOutlined from '@mui/icons-material/DeleteOutlined';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import type { Layer } from '#preload/contract/layers.ts';
import { t } from '../../language/language.ts';
import { backend } from '../../backend/client.ts';
import { attempt } from '../../shared/notices.ts';
import { IconAction } from '../../ui/IconAction.tsx';
import { grouped } from '../../ui/quantities.ts';

/** The layers of a project, in the order in which the timeline shows them. */
export function LayerTable({ layers }: { readonly layers: readonly Layer[] }) {
  if (layers.length === 0) return <Typography>{t('There are no layers yet.')}</Typography>;
  return (
    <Table size="small" aria-label={t('Layers')}>
      <TableHead>
        <TableRow>
          <TableCell>{t('Layer')}</TableCell>
          <TableCell align="right">{t('Videos')}</TableCell>
          <TableCell align="right">{t('Segments')}</TableCell>
          <TableCell />
        </TableRow>
      </TableHead>
      <TableBody>
        {layers.map(({ id, name, videoIds, segmentCount }) => (
          <TableRow key={id}>
            <TableCell component="th" scope="row">
              {name}
            </TableCell>
            <TableCell align="right">{grouped(videoIds.length)}</TableCell>
            <TableCell align="right">{grouped(segmentCount)}</TableCell>
            <TableCell align="right" sx={{ width: 48, py: 0 }}>
              <IconAction
                label={t('Remove {{name}}', { name })}
                onClick={() => attempt(backend.layers.remove({ layerId: id }))}
              >
                <DeleteOutlined fontSize="small" />
              </IconAction>
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
