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
import type { TunedVersion } from '#preload/domain/tuning.ts';
import { IconAction } from '../../ui/IconAction.tsx';
import { LossCurves } from './LossCurve.tsx';
import { momentWords, partWords, percentWords, presetWords, shotCount, standingWords } from './version-words.ts';

const facts: readonly { readonly label: string; of(version: TunedVersion): string }[] = [
  { label: 'Made', of: ({ createdAt }) => momentWords(createdAt) },
  { label: 'Preset', of: ({ preset, seed }) => `${presetWords[preset].name}, seed ${seed}` },
  { label: 'Model', of: ({ model }) => model },
  {
    label: 'Learned from',
    of: (version) =>
      `${shotCount(version)} shots of ${version.shots.length} classes, ${version.backgroundShots} of background, ${version.videoCount} videos`,
  },
  { label: 'Held back', of: ({ heldOut }) => `${heldOut.tuned.count} corrections` },
  { label: 'Right', of: ({ heldOut }) => before(heldOut, ({ accuracy }) => percentWords(accuracy)) },
  { label: 'Log loss', of: ({ heldOut }) => before(heldOut, ({ logLoss }) => logLoss.toFixed(3)) },
  {
    label: 'Parts',
    of: ({ parts }) =>
      (['prompts', 'temporal', 'boundaries'] as const)
        .filter((part) => parts[part])
        .map((part) => partWords[part].name)
        .join(', '),
  },
  { label: 'Standing', of: standingWords },
  { label: 'Reason', of: ({ reason }) => reason },
];

const before = (
  { zeroShot, tuned }: TunedVersion['heldOut'],
  words: (score: TunedVersion['heldOut']['tuned']) => string,
): string => (tuned.count === 0 ? '–' : `${words(tuned)} (zero-shot ${words(zeroShot)})`);

/** Two versions side by side: what they learned from, how, and what they are worth; what differs stands out. */
export function CompareDialog(props: {
  readonly open: boolean;
  readonly versions: readonly TunedVersion[];
  readonly first: TunedVersion;
  readonly onClose: () => void;
}) {
  const { versions } = props;
  const other =
    versions.find(({ live, id }) => live && id !== props.first.id) ?? versions.find(({ id }) => id !== props.first.id);
  const [ids, setIds] = useState<readonly [number, number]>([props.first.id, (other ?? props.first).id]);
  const pair = ids.map((id) => versions.find((version) => version.id === id) ?? props.first);
  const side = (index: 0 | 1) => (
    <TextField
      select
      fullWidth
      value={pair[index]!.id}
      onChange={(event) => {
        const id = Number(event.target.value);
        setIds(index === 0 ? [id, ids[1]] : [ids[0], id]);
      }}
      slotProps={{ htmlInput: { 'aria-label': index === 0 ? 'Version on the left' : 'Version on the right' } }}
    >
      {versions.map((version) => (
        <MenuItem key={version.id} value={version.id}>
          {version.name}
          {version.live && ' · in use'}
        </MenuItem>
      ))}
    </TextField>
  );
  return (
    <Dialog open={props.open} onClose={props.onClose} maxWidth="md" fullWidth aria-labelledby="compare-title">
      <Box sx={{ display: 'flex', alignItems: 'center', pl: 3, pr: 1.5, pt: 1.5 }}>
        <Typography id="compare-title" variant="h2" sx={{ flex: 1 }}>
          Compare versions
        </Typography>
        <IconAction label="Close" onClick={props.onClose}>
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
            {facts.map(({ label, of }) => {
              const words = pair.map(of);
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
            <TableRow sx={{ '& > *': { border: 0 } }}>
              <TableCell component="th" scope="row" sx={{ color: 'text.secondary', verticalAlign: 'top' }}>
                Loss
              </TableCell>
              {pair.map((version, index) => (
                <TableCell key={index} sx={{ px: 1, verticalAlign: 'top' }}>
                  <LossCurves points={version.curve} height={140} />
                </TableCell>
              ))}
            </TableRow>
          </TableBody>
        </Table>
      </Box>
    </Dialog>
  );
}
