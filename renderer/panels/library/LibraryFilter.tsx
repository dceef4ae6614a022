import SortOutlined from '@mui/icons-material/SortOutlined';
import Box from '@mui/material/Box';
import Divider from '@mui/material/Divider';
import InputBase from '@mui/material/InputBase';
import Menu from '@mui/material/Menu';
import { useState } from 'react';
import { t } from '../../language/language.ts';
import { firstField } from '../../shared/show-panel.ts';
import { IconAction } from '../../ui/IconAction.tsx';
import { MenuChoice, MenuHeading } from '../../ui/MenuChoice.tsx';
import { useLibraryView, videoFilters, videoOrders, type VideoFilter, type VideoOrder } from './shown-videos.ts';

/** Filter by name as it is typed; state filter and order behind one icon. @param goToVideos from the field, by the arrow down. */
export function LibraryFilter({ goToVideos }: { readonly goToVideos: () => void }) {
  const { text, filter, order } = useLibraryView();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const choice = (key: string, label: string, chosen: boolean, pick: () => void) => (
    <MenuChoice key={key} kind="radio" chosen={chosen} onClick={pick}>
      {label}
    </MenuChoice>
  );
  return (
    <Box sx={{ display: 'flex', alignItems: 'center', gap: 0.5, px: 1.5, pb: 0.75 }}>
      <InputBase
        value={text}
        onChange={(event) => useLibraryView.setState({ text: event.target.value })}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return;
          event.preventDefault();
          goToVideos();
        }}
        placeholder={t('Filter by name')}
        slotProps={{ input: { ...firstField, 'aria-label': t('Filter videos by name'), type: 'search' } }}
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
        label={t('Filter and order')}
        pressed={filter !== 'all' || order !== 'added'}
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        <SortOutlined fontSize="small" />
      </IconAction>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        <MenuHeading>{t('Show')}</MenuHeading>
        {(Object.keys(videoFilters) as VideoFilter[]).map((key) =>
          choice(key, videoFilters[key], filter === key, () => useLibraryView.setState({ filter: key })),
        )}
        <Divider />
        <MenuHeading>{t('Order')}</MenuHeading>
        {(Object.keys(videoOrders) as VideoOrder[]).map((key) =>
          choice(key, videoOrders[key], order === key, () => useLibraryView.setState({ order: key })),
        )}
      </Menu>
    </Box>
  );
}
