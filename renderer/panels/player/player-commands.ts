import { t } from '../../language/language.ts';
import type { Command } from '../../shared/command.ts';
import { announce, notify } from '../../shared/notices.ts';
import type { StudioState } from '../../shared/studio-state.ts';
import { knownSegment } from '../../backend/client.ts';
import { playhead, shuttle } from '../../playback/playback.ts';
import { neighbourSpeed, speedLabel } from '../../playback/shuttle-speeds.ts';
import { useGoTo } from './go-to.ts';
import { usePlayerPreferences } from './player-preferences.ts';
import type { Segment } from '#preload/domain/segment.ts';

const second = 1_000_000;

const loaded = (): boolean => playhead.getState().table !== null;

/** The selected segment that the player can show: the first of the selection, in the loaded video. */
function selected(studio: StudioState): Segment | undefined {
  const [first] = studio.selectedSegmentIds;
  const segment = first === undefined ? undefined : knownSegment(first);
  return segment?.videoId === playhead.getState().videoId ? segment : undefined;
}

const hasSegment = (studio: StudioState): boolean => loaded() && selected(studio) !== undefined;

const onSegment = (act: (segment: Segment) => void): Pick<Command, 'enabled' | 'run'> => ({
  enabled: hasSegment,
  run: ({ studio }) => {
    const segment = selected(studio);
    if (segment) act(segment);
  },
});

const playing = (id: string, label: string, keys: readonly string[], run: () => void, repeats = false): Command => ({
  id: `player.${id}`,
  label,
  group: 'Player',
  keys,
  repeats,
  enabled: loaded,
  run,
});

const jumpTime = (direction: 1 | -1): void =>
  shuttle.jump(direction * usePlayerPreferences.getState().jumpSeconds * second);

const jumpFrames = (direction: 1 | -1): void => shuttle.step(direction * usePlayerPreferences.getState().jumpFrames);

function loopAround(us: number, edge: 'start' | 'end'): void {
  const { boundaryFrames } = usePlayerPreferences.getState();
  shuttle.loopBoundary(us, boundaryFrames, t('{{edge}} ± {{boundaryFrames}} frames', { edge, boundaryFrames }));
}

function changeSpeed(direction: 1 | -1): void {
  const speed = neighbourSpeed(shuttle.state.getState().speed, direction);
  shuttle.setSpeed(speed);
  announce(t('Speed {{speedLabel}}', { speedLabel: speedLabel(speed) }));
}

function toggleLoop(segment: Segment): void {
  const { range } = shuttle.state.getState();
  if (range?.mode === 'loop') {
    shuttle.leaveRange();
    announce(t('Loop off'));
  } else shuttle.loopSpan(segment);
}

/** Playing, stepping and going to places. */
export const playerCommands: readonly Command[] = [
  playing('toggle', t('Play or pause'), ['Space'], () => shuttle.toggle()),
  playing('pause', 'Pause', ['K'], () => shuttle.pause()),
  playing('forward', t('Play forward; again: faster'), ['L'], () => shuttle.press(1)),
  playing('backward', t('Play backward; again: faster'), ['J'], () => shuttle.press(-1)),
  playing('return', t('Stop and go back to where play began'), ['Shift+K'], () => shuttle.pauseAndReturn()),
  playing('step-forward', t('One frame forward'), ['ArrowRight', '.'], () => shuttle.step(1), true),
  playing('step-backward', t('One frame back'), ['ArrowLeft', ','], () => shuttle.step(-1), true),
  playing('jump-forward', t('Jump forward, 1 s or as set'), ['Shift+ArrowRight'], () => jumpTime(1), true),
  playing('jump-backward', t('Jump back, 1 s or as set'), ['Shift+ArrowLeft'], () => jumpTime(-1), true),
  playing(
    'frames-forward',
    t('Jump forward, 10 frames or as set'),
    ['Mod+Shift+ArrowRight'],
    () => jumpFrames(1),
    true,
  ),
  playing('frames-backward', t('Jump back, 10 frames or as set'), ['Mod+Shift+ArrowLeft'], () => jumpFrames(-1), true),
  playing('first-frame', t('First frame'), ['Home'], () => shuttle.goToFrame(0)),
  playing('last-frame', t('Last frame'), ['End'], () => shuttle.goToFrame(Infinity)),
  playing('go-to', t('Go to a time or frame…'), ['G'], () => useGoTo.setState({ open: true })),
  playing('faster', t('Faster'), ['>'], () => changeSpeed(1), true),
  playing('slower', t('Slower'), ['<'], () => changeSpeed(-1), true),
  playing('normal-speed', t('Normal speed'), [], () => shuttle.setSpeed(1)),
  playing('mute', t('Mute, or sound on'), ['Shift+M'], () => {
    const { volume, muted } = shuttle.state.getState();
    shuttle.setVolume(volume, !muted);
  }),
  {
    id: 'player.play-segment',
    label: t('Play the selected segment once'),
    group: 'Player',
    keys: ['Shift+Space'],
    ...onSegment((segment) => shuttle.playSpan(segment)),
  },
  {
    id: 'player.loop-segment',
    label: t('Loop the selected segment, or stop looping'),
    group: 'Player',
    keys: ['Shift+L'],
    ...onSegment(toggleLoop),
  },
  {
    id: 'player.loop-start',
    label: t('Loop around the start of the segment'),
    group: 'Player',
    keys: ['Shift+Q'],
    ...onSegment(({ startUs }) => loopAround(startUs, 'start')),
  },
  {
    id: 'player.loop-end',
    label: t('Loop around the end of the segment'),
    group: 'Player',
    keys: ['Shift+W'],
    ...onSegment(({ endUs }) => loopAround(endUs, 'end')),
  },
  {
    id: 'player.copy-time',
    label: t('Copy the time on screen'),
    group: 'Player',
    keys: [],
    enabled: loaded,
    run: async () => {
      const seconds = (playhead.getState().timeUs / second).toFixed(6);
      await navigator.clipboard.writeText(seconds);
      notify(t('{{seconds}} s copied.', { seconds }), 'success');
    },
  },
];
