import CategoryOutlined from '@mui/icons-material/CategoryOutlined';
import FactCheckOutlined from '@mui/icons-material/FactCheckOutlined';
import HistoryOutlined from '@mui/icons-material/HistoryOutlined';
import KeyboardOutlined from '@mui/icons-material/KeyboardOutlined';
import MemoryOutlined from '@mui/icons-material/MemoryOutlined';
import SchoolOutlined from '@mui/icons-material/SchoolOutlined';
import SearchOutlined from '@mui/icons-material/SearchOutlined';
import SettingsOutlined from '@mui/icons-material/SettingsOutlined';
import VideoLibraryOutlined from '@mui/icons-material/VideoLibraryOutlined';
import TourOutlined from '@mui/icons-material/TourOutlined';
import Box from '@mui/material/Box';
import type { ReactNode } from 'react';
import { CommandIcon } from './CommandIcon.tsx';
import { useStudio } from './studio-state.ts';

/** The icons at the left edge: each opens its panel, or folds it away where it is open. */
export function PanelRail() {
  const left = useStudio((studio) => studio.leftPanel);
  const right = useStudio((studio) => studio.rightPanel);
  const toggle = (command: string, icon: ReactNode, pressed: boolean) => (
    <CommandIcon command={command} placement="right" pressed={pressed}>
      {icon}
    </CommandIcon>
  );
  return (
    <Box
      component="nav"
      aria-label="Panels"
      sx={{
        width: 46,
        flexShrink: 0,
        display: 'flex',
        flexDirection: 'column',
        alignItems: 'center',
        gap: 0.5,
        py: 0.75,
        borderRight: 1,
        borderColor: 'divider',
        bgcolor: 'surface.panel',
      }}
    >
      {toggle('window.library', <VideoLibraryOutlined fontSize="small" />, left === 'library')}
      {toggle('window.classes', <CategoryOutlined fontSize="small" />, left === 'classes')}
      {toggle('window.search', <SearchOutlined fontSize="small" />, left === 'search')}
      {toggle('window.teach', <SchoolOutlined fontSize="small" />, left === 'teach')}
      <Box sx={{ width: 22, borderTop: 1, borderColor: 'divider', my: 0.5 }} />
      {toggle('window.review', <FactCheckOutlined fontSize="small" />, right === 'review')}
      {toggle('window.history', <HistoryOutlined fontSize="small" />, right === 'history')}
      <Box sx={{ flex: 1 }} />
      <CommandIcon command="window.models" placement="right">
        <MemoryOutlined fontSize="small" />
      </CommandIcon>
      <CommandIcon command="window.settings" placement="right">
        <SettingsOutlined fontSize="small" />
      </CommandIcon>
      <CommandIcon command="tour.start" placement="right">
        <TourOutlined fontSize="small" />
      </CommandIcon>
      <CommandIcon command="window.keys" placement="right">
        <KeyboardOutlined fontSize="small" />
      </CommandIcon>
    </Box>
  );
}
