import CloseIcon from '@mui/icons-material/Close';
import Box from '@mui/material/Box';
import Dialog from '@mui/material/Dialog';
import MenuItem from '@mui/material/MenuItem';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { t } from '../../language/language.ts';
import { IconAction } from '../../ui/IconAction.tsx';
import type { ListedVersion } from './listed-version.ts';

type Key = ListedVersion['key'];

/** Two versions side by side: what they learned from, how, and what they are worth; what differs stands out. */
export function CompareDialog(props: {
  readonly open: boolean;
  readonly versions: readonly ListedVersion[];
  readonly first: ListedVersion;
  readonly onClose: () => void;
}) {
  const { versions, first } = props;
  const other =
    versions.find(({ live, key }) => live && key !== first.key) ?? versions.find(({ key }) => key !== first.key);
  const [keys, setKeys] = useState<readonly [Key, Key]>([first.key, (other ?? first).key]);
  const pair = keys.map((key) => versions.find((version) => version.key === key) ?? first);
  const side = (index: 0 | 1) => (
    <TextField
      select
      fullWidth
      value={pair[index]!.key}
      onChange={({ target }) => {
        const key = versions.find((version) => String(version.key) === target.value)!.key;
        setKeys(index === 0 ? [key, keys[1]] : [keys[0], key]);
      }}
      slotProps={{ htmlInput: { 'aria-label': index === 0 ? t('Version on the left') : t('Version on the right') } }}
    >
      {versions.map((version) => (
        <MenuItem key={version.key} value={version.key}>
          {version.name}
          {version.live && t(' · in use')}
        </MenuItem>
      ))}
    </TextField>
  );
  return (
    <Dialog open={props.open} onClose={props.onClose} maxWidth="md" fullWidth aria-labelledby="compare-title">
      <Box sx={{ display: 'flex', alignItems: 'center', pl: 3, pr: 1.5, pt: 1.5 }}>
        <Typography id="compare-title" variant="h2" sx={{ flex: 1 }}>
          {t('Compare versions')}
        </Typography>
        <IconAction label={t('Close')} onClick={props.onClose}>
          <CloseIcon fontSize="small" />
        </IconAction>
      </Box>
      <Box sx={{ p: 3, pt: 1, overflowY: 'auto' }} tabIndex={0}>
        <Table size="small" aria-labelledby="compare-title" sx={{ tableLayout: 'fixed' }}>
          <TableHead>
            <TableRow>
              <TableCell sx={{ width: 120 }} />
              <TableCell>{side(0)}</TableCell>
              <TableCell>{side(1)}</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {pair[0]!.details.map(([label], row) => {
              const words = pair.map(({ details }) => details[row]![1]);
              const differs = words[0] !== words[1];
              return (
                <TableRow key={label}>
                  <TableCell component="th" scope="row" sx={{ color: 'text.secondary', verticalAlign: 'top' }}>
                    {label}
                  </TableCell>
                  {words.map((text, index) => (
                    <TableCell
                      key={index}
                      sx={{
                        verticalAlign: 'top',
                        overflowWrap: 'anywhere',
                        color: differs ? 'text.primary' : 'text.secondary',
                      }}
                    >
                      {text}
                    </TableCell>
                  ))}
                </TableRow>
              );
            })}
            {pair.some(({ curve }) => curve !== undefined) && (
              <TableRow sx={{ '& > *': { border: 0 } }}>
                <TableCell component="th" scope="row" sx={{ color: 'text.secondary', verticalAlign: 'top' }}>
                  {t('Loss')}
                </TableCell>
                {pair.map((version, index) => (
                  <TableCell key={index} sx={{ px: 1, verticalAlign: 'top' }}>
                    {version.curve}
                  </TableCell>
                ))}
              </TableRow>
            )}
          </TableBody>
        </Table>
      </Box>
    </Dialog>
  );
}
