import HelpOutline from '@mui/icons-material/HelpOutlineOutlined';
import KeyboardOutlined from '@mui/icons-material/KeyboardOutlined';
import MemoryOutlined from '@mui/icons-material/MemoryOutlined';
import SettingsOutlined from '@mui/icons-material/SettingsOutlined';
import TourOutlined from '@mui/icons-material/TourOutlined';
import Box from '@mui/material/Box';
import { t } from '../language/language.ts';
import { CommandIcon } from '../shared/CommandIcon.tsx';
import { isLeftPanel, sidePanelNames, type SidePanel } from '../shared/side-panels.ts';
import { useStudio } from '../shared/studio-state.ts';
import { useShownPanels } from '../shared/use-shown-panels.ts';
import { panelViews } from './panel-views.tsx';

/** The icons at the left edge: each opens its panel, or folds it away where it is open. */
export function PanelRail() {
  const { left, right } = useShownPanels();
  const toggle = (panel: SidePanel) => {
    const { Icon } = panelViews[panel];
    return (
      <CommandIcon
        key={panel}
        command={`window.${panel}`}
        placement="right"
        onClick={() => useStudio.getState().togglePanel(panel)}
        pressed={panel === left || panel === right}
      >
        <Icon fontSize="small" />
      </CommandIcon>
    );
  };
  return (
    <Box
      component="nav"
      aria-label={t('Panels')}
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
      {sidePanelNames.filter(isLeftPanel).map(toggle)}
      <Box sx={{ width: 22, borderTop: 1, borderColor: 'divider', my: 0.5 }} />
      {sidePanelNames.filter((panel) => !isLeftPanel(panel)).map(toggle)}
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
      <CommandIcon command="window.help" placement="right">
        <HelpOutline fontSize="small" />
      </CommandIcon>
      <CommandIcon command="window.keys" placement="right">
        <KeyboardOutlined fontSize="small" />
      </CommandIcon>
    </Box>
  );
}
