import type { Command } from '../../../shared/command.ts';
import { announce } from '../../../shared/notices.ts';
import { percent } from '../../../ui/quantities.ts';
import { playhead } from '../../../playback/playback.ts';
import { usePlayerPreferences } from '../player-preferences.ts';
import { usePlayerSettings } from '../player-settings.ts';
import { isPlain, lighter, plainLook } from './picture-look.ts';
import { mainZoom, pannedBy, wholePicture, zoomedAt, zoomStep } from './picture-zoom.ts';
import { t } from '../../../language/language.ts';

const loaded = (): boolean => playhead.getState().table !== null;
const zoomed = (): boolean => mainZoom.getState().scale > 1;

const middle = { x: 0.5, y: 0.5 };
/** Of what is seen, by one press of an arrow. */
const panShare = 0.1;

function zoomBy(factor: number): void {
  mainZoom.setState((now) => zoomedAt(now, middle, factor));
  announce(t('Picture {{scale}}', { scale: percent(mainZoom.getState().scale) }));
}

function lighten(direction: 1 | -1): void {
  usePlayerPreferences.setState(({ look }) => ({ look: lighter(look, direction) }));
  announce(t('Shadows {{gamma}}', { gamma: percent(usePlayerPreferences.getState().look.gamma) }));
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

const pan = (name: 'Left' | 'Right' | 'Up' | 'Down', said: string, x: number, y: number): Command =>
  command(
    name.toLowerCase(),
    t('Zoomed picture: {{said}}, in its map', { said }),
    [`Arrow${name}`],
    zoomed,
    () => mainZoom.setState((now) => pannedBy(now, { x: x * panShare, y: y * panShare })),
    { scope: 'picture', repeats: true },
  );

/** Looking closely at the picture, and at dark ones. What models see and files hold stays as it is. */
export const pictureCommands: readonly Command[] = [
  command('zoom-in', t('Picture larger'), ['Z'], loaded, () => zoomBy(zoomStep), { repeats: true }),
  command('zoom-out', t('Picture smaller'), ['Shift+Z'], zoomed, () => zoomBy(1 / zoomStep), { repeats: true }),
  command('whole', t('Show the whole picture'), ['Shift+D'], zoomed, () => {
    mainZoom.setState(wholePicture);
    announce(t('Whole picture'));
  }),
  command('move', t('Move the zoomed picture: then the arrows'), ['D'], loaded, goToMap),
  pan('Left', t('left'), -1, 0),
  pan('Right', t('right'), 1, 0),
  pan('Up', t('up'), 0, -1),
  pan('Down', t('down'), 0, 1),
  command(
    'leave-map',
    t('Leave the map of the zoomed picture'),
    ['Escape'],
    zoomed,
    () => map()?.parentElement?.closest<HTMLElement>('[data-command-scope]')?.focus(),
    { scope: 'picture' },
  ),
  command('lighter', t('Lighter: lift the shadows of the picture'), ['U'], loaded, () => lighten(1), { repeats: true }),
  command('darker', t('Darker'), ['Shift+U'], loaded, () => lighten(-1), { repeats: true }),
  command(
    'as-it-is',
    t('Show the picture as it is, not lightened'),
    ['Alt+U'],
    () => !isPlain(usePlayerPreferences.getState().look),
    () => {
      usePlayerPreferences.setState({ look: plainLook });
      announce(t('Picture as it is'));
    },
  ),
  command('settings', t('Picture, jumps and loops…'), ['Alt+B'], loaded, () =>
    usePlayerSettings.setState({ open: true }),
  ),
];
