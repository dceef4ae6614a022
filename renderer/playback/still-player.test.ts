// Protects labelling before a video can be played: the frame told is the one whose picture is shown, at any pace of decoding.
import { beforeEach, expect, it } from 'vitest';
import { FrameTable } from '#preload/domain/frame-table.ts';
import { HandClock } from '../testing/hand-clock.ts';
import { Shuttle } from './shuttle.ts';
import { StillPlayer } from './still-player.ts';

/** 100 frames, 25 a second, from 0.7 s on. */
const table = FrameTable.fromArray(Float64Array.from({ length: 101 }, (_, index) => 700_000 + index * 40_000));

interface Wish {
  readonly frame: number;
  readonly signal: AbortSignal;
  readonly picture: PromiseWithResolvers<number>;
}

let wishes: Wish[];
let expected: number[];
let onScreen: number | Error | null;
let clock: HandClock;
let shuttle: Shuttle;
let player: StillPlayer<number>;
const head = () => shuttle.playhead.getState();

/** Lets the picture that was asked for last come, or fail. */
async function arrive(failure?: Error): Promise<void> {
  const { frame, picture } = wishes.at(-1)!;
  if (failure) picture.reject(failure);
  else picture.resolve(frame);
  await picture.promise.catch(() => undefined);
  for (let turn = 0; turn < 4; turn += 1) await Promise.resolve();
}

beforeEach(async () => {
  wishes = [];
  expected = [];
  onScreen = null;
  clock = new HandClock();
  shuttle = new Shuttle(clock);
  player = new StillPlayer<number>(
    table,
    {
      load: (frame, signal) => {
        const picture = Promise.withResolvers<number>();
        wishes.push({ frame, signal, picture });
        return picture.promise;
      },
      expect: (frame) => expected.push(frame),
      show: (picture) => (onScreen = picture),
    },
    clock,
  );
  shuttle.attach(1, table, player);
  await arrive();
});

it('shows the first frame, and expects the second', () => {
  expect(onScreen).toBe(0);
  expect(head()).toMatchObject({ frame: 0, settled: true });
  expect(expected).toEqual([1]);
});

it('steps and goes to frames; what was asked for last is what is shown', async () => {
  shuttle.step(1);
  for (let press = 0; press < 5; press += 1) shuttle.step(1);
  expect(head()).toMatchObject({ frame: 6, settled: false });
  await arrive();
  await arrive();
  expect(wishes.map(({ frame }) => frame)).toEqual([0, 1, 6]);
  expect(onScreen).toBe(6);
  expect(head()).toMatchObject({ frame: 6, settled: true });
  shuttle.step(-1);
  await arrive();
  expect(expected.at(-1)).toBe(4);
});

it('plays at the right pace, leaving out what does not come in time, and stops at the end', async () => {
  shuttle.toggle();
  clock.advance(40);
  expect(wishes.at(-1)!.frame).toBe(1);
  clock.advance(400);
  expect(wishes.at(-1)!.frame, 'one picture at a time').toBe(1);
  await arrive();
  expect(head().frame).toBe(1);
  clock.advance(40);
  expect(wishes.at(-1)!.frame).toBe(12);
  await arrive();
  expect(head().frame).toBe(12);
  clock.advance(60_000);
  await arrive();
  await arrive();
  expect(shuttle.playing).toBe(false);
  expect(head()).toMatchObject({ frame: 99, settled: true });
});

it('plays a stretch once and stops on its last frame', async () => {
  shuttle.playSpan(table.spanOfFrames(20, 30));
  await arrive();
  for (let tick = 0; tick < 20 && shuttle.playing; tick += 1) {
    clock.advance(60);
    await arrive();
  }
  await arrive();
  expect(shuttle.playing).toBe(false);
  expect(onScreen).toBe(29);
  expect(head().frame).toBe(29);
});

it('says of a frame that cannot be decoded why it shows none, and the next can be gone to', async () => {
  shuttle.goToFrame(7);
  await arrive(new Error('damaged'));
  expect(onScreen).toMatchObject({ message: 'damaged' });
  shuttle.step(1);
  await arrive();
  expect(onScreen).toBe(8);
});

it('gives up what is on its way when it is left, and shows it no more', async () => {
  shuttle.step(1);
  player.dispose();
  expect(wishes.at(-1)!.signal.aborted).toBe(true);
  await arrive();
  expect(onScreen).toBe(0);
});
