import SortOutlined from '@mui/icons-material/SortOutlined';
import CheckIcon from '@mui/icons-material/Check';
import Box from '@mui/material/Box';
import Divider from '@mui/material/Divider';
import InputBase from '@mui/material/InputBase';
import ListItemIcon from '@mui/material/ListItemIcon';
import ListSubheader from '@mui/material/ListSubheader';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useState } from 'react';
import { IconAction } from '../../ui/IconAction.tsx';
import { useLibraryView, videoFilters, videoOrders, type VideoFilter, type VideoOrder } from './shown-videos.ts';

/** Filter by name as it is typed; state filter and order behind one icon. */
export function LibraryFilter() {
  const { text, filter, order } = useLibraryView();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const choice = (key: string, label: string, chosen: boolean, pick: () => void) => (
    <MenuItem key={key} role="menuitemradio" aria-checked={chosen} onClick={pick}>
      <ListItemIcon sx={{ minWidth: '28px !important' }}>{chosen && <CheckIcon fontSize="small" />}</ListItemIcon>
      {label}
    </MenuItem>
  );
  return (
    <Box sx={{ display: 'flex', alignItems: 'center', gap: 0.5, px: 1.5, pb: 0.75 }}>
      <InputBase
        value={text}
        onChange={(event) => useLibraryView.setState({ text: event.target.value })}
        placeholder="Filter by name"
        slotProps={{ input: { 'aria-label': 'Filter videos by name', type: 'search' } }}
        sx={{
          flex: 1,
          fontSize: 13,
          height: 30,
          px: 1,
          border: 1,
          borderColor: 'divider',
          borderRadius: 1,
          bgcolor: 'surface.base',
        }}
      />
      <IconAction
        label="Filter and order"
        pressed={filter !== 'all' || order !== 'added'}
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        <SortOutlined fontSize="small" />
      </IconAction>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        <ListSubheader sx={{ lineHeight: '30px', bgcolor: 'transparent' }}>Show</ListSubheader>
        {(Object.keys(videoFilters) as VideoFilter[]).map((key) =>
          choice(key, videoFilters[key], filter === key, () => useLibraryView.setState({ filter: key })),
        )}
        <Divider />
        <ListSubheader sx={{ lineHeight: '30px', bgcolor: 'transparent' }}>Order</ListSubheader>
        {(Object.keys(videoOrders) as VideoOrder[]).map((key) =>
          choice(key, videoOrders[key], order === key, () => useLibraryView.setState({ order: key })),
        )}
      </Menu>
    </Box>
  );
}
