import CategoryOutlined from '@mui/icons-material/CategoryOutlined';
import FactCheckOutlined from '@mui/icons-material/FactCheckOutlined';
import HistoryOutlined from '@mui/icons-material/HistoryOutlined';
import SchoolOutlined from '@mui/icons-material/SchoolOutlined';
import SearchOutlined from '@mui/icons-material/SearchOutlined';
import VideoLibraryOutlined from '@mui/icons-material/VideoLibraryOutlined';
import type { ComponentType } from 'react';
import { ClassesPanel } from '../panels/classes/ClassesPanel.tsx';
import { HistoryPanel } from '../panels/history/HistoryPanel.tsx';
import { LibraryPanel } from '../panels/library/LibraryPanel.tsx';
import { ReviewPanel } from '../panels/review/ReviewPanel.tsx';
import { SearchPanel } from '../panels/search/SearchPanel.tsx';
import { TeachPanel } from '../panels/teach/TeachPanel.tsx';
import type { SidePanel } from '../shared/side-panels.ts';

/** How each panel is drawn: its icon in the rail, and itself. */
export const panelViews: Record<SidePanel, { readonly Icon: typeof SearchOutlined; readonly View: ComponentType }> = {
  library: { Icon: VideoLibraryOutlined, View: LibraryPanel },
  classes: { Icon: CategoryOutlined, View: ClassesPanel },
  search: { Icon: SearchOutlined, View: SearchPanel },
  review: { Icon: FactCheckOutlined, View: ReviewPanel },
  history: { Icon: HistoryOutlined, View: HistoryPanel },
  teach: { Icon: SchoolOutlined, View: TeachPanel },
};
