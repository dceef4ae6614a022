// Protects: a seed gives the same world everywhere, every action moves, reverses are reverses, and scripts hold true times.
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { seededRandom } from '#main/random/seeded-random.ts';
import { worldActions } from './actions.ts';
import { openCamera } from './draw-scene.ts';
import { sampleScene } from './scene.ts';
import { jointsOf } from './skeleton.ts';
import { actionsNamed, filmScript, performanceAt, writeScript } from './untrimmed-video.ts';

const plainManner = { reach: 1, tempo: 1 };
const settings = { actions: worldActions, occurrences: 4, difficulty: 0.5, backgroundS: [1, 3] as const };

describe('the library of actions', () => {
  it('has at least 32 actions, 8 of them novel, built from words that the others use too', () => {
    expect(worldActions.length).toBeGreaterThanOrEqual(32);
    const novel = worldActions.filter((action) => action.novel);
    expect(novel).toHaveLength(8);
    const known = new Set(
      worldActions
        .filter((action) => !action.novel)
        .flatMap(({ phrases }) => phrases.flatMap((phrase) => phrase.split(' '))),
    );
    for (const { phrases } of novel) for (const word of phrases[0].split(' ')) expect(known, word).toContain(word);
  });

  it.each(worldActions.map((action) => [action.id, action] as const))('%s moves, and stays finite', (_, action) => {
    const at = (progress: number): string => JSON.stringify(jointsOf(action.perform(progress, plainManner).pose));
    expect(new Set([0.05, 0.3, 0.5, 0.7, 0.95].map(at)).size).toBeGreaterThan(1);
    expect(at(0.5)).not.toContain('null');
  });

  it('shows a reverse as the same frames in the other order', () => {
    const reverses = worldActions.filter((action) => action.reverseOf !== null);
    expect(reverses.length).toBeGreaterThanOrEqual(6);
    for (const reverse of reverses) {
      const [forward] = actionsNamed([reverse.reverseOf!]);
      for (const progress of [0, 0.25, 0.5, 0.8]) {
        expect(reverse.perform(1 - progress, plainManner)).toEqual(forward!.perform(progress, plainManner));
      }
    }
  });

  it('refuses an unknown action by name', () => {
    expect(() => actionsNamed(['wave-left-arm', 'teleport'])).toThrow(/no action 'teleport'.*wave-left-arm/);
  });
});

describe('a scene', () => {
  it('is the same picture for the same seed, and another for another', () => {
    const shoot = (seed: number): Uint8Array =>
      openCamera(sampleScene(seededRandom(seed), 0.8), 48, 36).shoot(1, worldActions[0]!.perform(0.5, plainManner), 1);
    expect(shoot(3)).toEqual(shoot(3));
    expect(shoot(3)).not.toEqual(shoot(4));
  });
});

describe('a script', () => {
  it('keeps its occurrences apart, in order and inside the video', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 30 }), (seed) => {
        const { occurrences, durationS } = writeScript(seed, settings);
        occurrences.forEach(({ startS, endS }, index) => {
          expect(startS).toBeGreaterThanOrEqual((occurrences[index - 1]?.endS ?? 0) + 0.9);
          expect(endS).toBeGreaterThan(startS);
          expect(endS).toBeLessThan(durationS);
        });
      }),
      { numRuns: 50 },
    );
  });

  it('refuses to be empty', () => {
    expect(() => writeScript(1, { ...settings, actions: [] })).toThrow(/at least one action/);
    expect(() => writeScript(1, { ...settings, occurrences: 0 })).toThrow(/at least one action/);
  });

  it('films one frame per tick, with nothing in particular between actions', () => {
    const script = writeScript(5, { ...settings, occurrences: 1 });
    const frames = [...filmScript(script, { width: 32, height: 24, fps: 5 })];
    expect(frames).toHaveLength(Math.round(script.durationS * 5));
    expect(frames[3]!.startUs).toBe(600_000);
    expect(performanceAt(script, 0).performance.prop).toBeNull();
  });
});
