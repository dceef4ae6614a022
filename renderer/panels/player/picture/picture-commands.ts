import type { Command } from '../../../shared/command.ts';
import { announce } from '../../../shared/notices.ts';
import { percent } from '../../../ui/quantities.ts';
import { playhead } from '../../../playback/playback.ts';
import { usePlayerPreferences } from '../player-preferences.ts';
import { usePlayerSettings } from '../player-settings.ts';
import { isPlain, lighter, plainLook } from './picture-look.ts';
import { mainZoom, pannedBy, wholePicture, zoomedAt, zoomStep } from './picture-zoom.ts';

const loaded = (): boolean => playhead.getState().table !== null;
const zoomed = (): boolean => mainZoom.getState().scale > 1;

const middle = { x: 0.5, y: 0.5 };
/** Of what is seen, by one press of an arrow. */
const panShare = 0.1;

function zoomBy(factor: number): void {
  mainZoom.setState((now) => zoomedAt(now, middle, factor));
  announce(`Picture ${percent(mainZoom.getState().scale)}`);
}

function lighten(direction: 1 | -1): void {
  usePlayerPreferences.setState(({ look }) => ({ look: lighter(look, direction) }));
  announce(`Shadows ${percent(usePlayerPreferences.getState().look.gamma)}`);
}

const map = (): HTMLElement | null => document.querySelector<HTMLElement>('[data-command-scope=picture]');

/** The map is there once the picture is larger than its place. */
function goToMap(): void {
  if (!zoomed()) zoomBy(zoomStep ** 2);
  requestAnimationFrame(() => map()?.focus());
}

const command = (
  id: string,
  label: string,
  keys: readonly string[],
  enabled: () => boolean,
  run: () => void,
  more: Partial<Command> = {},
): Command => ({ id: `picture.${id}`, label, group: 'Player', keys, enabled, run, ...more });

const pan = (name: string, x: number, y: number): Command =>
  command(
    name.toLowerCase(),
    `Zoomed picture: ${name.toLowerCase()}, in its map`,
    [`Arrow${name}`],
    zoomed,
    () => mainZoom.setState((now) => pannedBy(now, { x: x * panShare, y: y * panShare })),
    { scope: 'picture', repeats: true },
  );

/** Looking closely at the picture, and at dark ones. What models see and files hold stays as it is. */
export const pictureCommands: readonly Command[] = [
  command('zoom-in', 'Picture larger', ['Z'], loaded, () => zoomBy(zoomStep), { repeats: true }),
  command('zoom-out', 'Picture smaller', ['Shift+Z'], zoomed, () => zoomBy(1 / zoomStep), { repeats: true }),
  command('whole', 'Show the whole picture', ['Shift+D'], zoomed, () => {
    mainZoom.setState(wholePicture);
    announce('Whole picture');
  }),
  command('move', 'Move the zoomed picture: then the arrows', ['D'], loaded, goToMap),
  pan('Left', -1, 0),
  pan('Right', 1, 0),
  pan('Up', 0, -1),
  pan('Down', 0, 1),
  command(
    'leave-map',
    'Leave the map of the zoomed picture',
    ['Escape'],
    zoomed,
    () => map()?.parentElement?.closest<HTMLElement>('[data-command-scope]')?.focus(),
    { scope: 'picture' },
  ),
  command('lighter', 'Lighter: lift the shadows of the picture', ['U'], loaded, () => lighten(1), { repeats: true }),
  command('darker', 'Darker', ['Shift+U'], loaded, () => lighten(-1), { repeats: true }),
  command(
    'as-it-is',
    'Show the picture as it is, not lightened',
    ['Alt+U'],
    () => !isPlain(usePlayerPreferences.getState().look),
    () => {
      usePlayerPreferences.setState({ look: plainLook });
      announce('Picture as it is');
    },
  ),
  command('settings', 'Picture, jumps and loops…', ['Alt+B'], loaded, () => usePlayerSettings.setState({ open: true })),
];
