import { BrowserWindow, Menu, type MenuItemConstructorOptions } from 'electron';

/**
 * A row of the application menu: a command of the studio's registry by its id, or something that the system does.
 * Keys stay with the studio, which has one list of them; the menu shows none, so none can differ.
 */
type Row =
  | { readonly label: string; readonly command: string }
  | { readonly role: SystemRole }
  | { readonly recent: string }
  | 'line';
type SystemRole = NonNullable<MenuItemConstructorOptions['role']>;

export const menuRows: Readonly<Record<string, readonly Row[]>> = {
  '&File': [
    { label: 'New project…', command: 'project.new' },
    { label: 'Open project…', command: 'project.open' },
    { recent: 'Open recent' },
    'line',
    { label: 'Add videos…', command: 'videos.add' },
    { label: 'Import annotations…', command: 'transfer.import' },
    { label: 'Export annotations…', command: 'transfer.export' },
    { label: 'Report on the data set…', command: 'transfer.report' },
    { label: 'Annotators and agreement…', command: 'layers.show' },
    'line',
    { label: 'Close project', command: 'project.close' },
    { role: 'quit' },
  ],
  '&Edit': [
    { label: 'Undo', command: 'history.undo' },
    { label: 'Redo', command: 'history.redo' },
    'line',
    { role: 'cut' },
    { role: 'copy' },
    { role: 'paste' },
    { role: 'selectAll' },
  ],
  '&Segments': [
    { label: 'Propose in all videos', command: 'analysis.propose' },
    'line',
    { label: 'Accept', command: 'review.accept' },
    { label: 'Reject', command: 'review.reject' },
    { label: 'Next proposal', command: 'review.next' },
    { label: 'Previous proposal', command: 'review.previous' },
    'line',
    { label: 'Progress by class…', command: 'classes.progress' },
    { label: 'Quality…', command: 'quality.show' },
  ],
  '&View': [{ role: 'zoomIn' }, { role: 'zoomOut' }, { role: 'resetZoom' }, 'line', { role: 'togglefullscreen' }],
  '&Window': [{ role: 'minimize' }, { role: 'close' }, 'line', { role: 'reload' }, { role: 'toggleDevTools' }],
  '&Help': [
    { label: 'Help', command: 'window.help' },
    { label: 'Guided tour', command: 'tour.start' },
    { label: 'Keys', command: 'window.keys' },
    'line',
    { label: 'Log and bug report', command: 'window.log' },
  ],
};

type RecentProject = { readonly name: string; readonly location: string };

/** Puts the application menu up; its commands go to the window in front. `open` is called with a recent project's place. */
export function setMenu(
  platform: NodeJS.Platform,
  recent: readonly RecentProject[],
  open: (location: string) => void,
): void {
  const submenuOfRecent = recent.map(({ name, location }) => ({
    label: name,
    sublabel: location,
    id: `recent:${location}`,
    click: () => open(location),
  }));
  const itemOf = (row: Row): MenuItemConstructorOptions => {
    if (row === 'line') return { type: 'separator' };
    if ('role' in row) return { role: row.role };
    if ('recent' in row) return { label: row.recent, submenu: submenuOfRecent, enabled: recent.length > 0 };
    return commandItem(row.label, row.command);
  };
  const menus = Object.entries(menuRows).map(([label, rows]) => ({ label, submenu: rows.map(itemOf) }));
  const template: MenuItemConstructorOptions[] = platform === 'darwin' ? [{ role: 'appMenu' }, ...menus] : menus;
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

const commandItem = (label: string, command: string): MenuItemConstructorOptions => ({
  label,
  id: command,
  click: (_item, window) => {
    const target = window instanceof BrowserWindow ? window : BrowserWindow.getAllWindows()[0];
    target?.webContents.send('cuepoint:command', command);
  },
});
