import type { Dialog, Menu as ElectronMenu, MenuItemConstructorOptions, OpenDialogOptions, Shell } from 'electron';
import { BrowserWindowDouble } from './browser-window.ts';
import { stage } from './stage.ts';

export const dialog = {
  async showOpenDialog(...args: unknown[]) {
    stage.needReady('dialog');
    const options = args.at(-1) as OpenDialogOptions;
    stage.openDialogs.push(options);
    const filePaths = stage.picks.shift();
    return { canceled: filePaths === undefined, filePaths: filePaths ?? [] };
  },
  showErrorBox: (title, content) => {
    stage.errorBoxes.push({ title, content });
    stage.onErrorBox(title, content);
  },
} satisfies Partial<Dialog>;

export const shell = {
  showItemInFolder: (file) => void stage.revealed.push(file),
} satisfies Partial<Shell>;

interface BuiltMenu {
  readonly template: readonly MenuItemConstructorOptions[];
}

export const Menu = {
  buildFromTemplate: (template: MenuItemConstructorOptions[]): BuiltMenu => ({ template }),
  setApplicationMenu(menu: BuiltMenu | null) {
    stage.menu = menu?.template ?? [];
  },
} satisfies { [Name in 'buildFromTemplate' | 'setApplicationMenu']: (...args: never[]) => unknown } & Partial<
  Record<keyof typeof ElectronMenu, unknown>
>;

/** Clicks the item with this id in the application menu. */
export function clickMenu(id: string): void {
  const inside = ({ submenu }: MenuItemConstructorOptions): readonly MenuItemConstructorOptions[] =>
    Array.isArray(submenu) ? submenu.flatMap((item) => [item, ...inside(item)]) : [];
  const items = stage.menu.flatMap(inside);
  const item = items.find((each) => each.id === id);
  if (!item?.click) throw new Error(`the menu has no item ${id}`);
  item.click({} as never, BrowserWindowDouble.getAllWindows()[0] as never, {});
}
