// Protects scenes: whichever of its videos is looked at, the others lie at the same moments beside it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { viewsBeside, withoutView, withView, type Scene } from './scene.ts';

const id = fc.integer({ min: 1, max: 6 });
const offset = fc.integer({ min: -1e9, max: 1e9 });
const deeds = fc.array(fc.record({ besideId: id, videoId: id, offsetUs: offset }), { maxLength: 12 });
const after = (all: readonly { besideId: number; videoId: number; offsetUs: number }[]): Scene[] =>
  all
    .filter(({ besideId, videoId }) => besideId !== videoId)
    .reduce<Scene[]>(
      (scenes, { besideId, videoId, offsetUs }) => withView(scenes, besideId, { videoId, offsetUs }),
      [],
    );

describe('a scene', () => {
  it('has a view where it was put, and the first one as far the other way from there', () => {
    fc.assert(
      fc.property(deeds, id, id, offset, (all, besideId, videoId, offsetUs) => {
        fc.pre(besideId !== videoId);
        const scenes = withView(after(all), besideId, { videoId, offsetUs });
        expect(viewsBeside(scenes, besideId)).toContainEqual({ videoId, offsetUs });
        expect(viewsBeside(scenes, videoId)).toContainEqual({ videoId: besideId, offsetUs: 0 - offsetUs });
      }),
    );
  });

  it('shares no video with another, and is never of one alone', () => {
    fc.assert(
      fc.property(deeds, id, (all, left) => {
        for (const scenes of [after(all), withoutView(after(all), left)]) {
          const ids = scenes.flatMap((each) => each.map((view) => view.videoId));
          expect(new Set(ids).size).toBe(ids.length);
          expect(scenes.every((each) => each.length > 1)).toBe(true);
        }
        expect(viewsBeside(withoutView(after(all), left), left)).toEqual([]);
      }),
    );
  });

  it('keeps the others where they are while one is moved', () => {
    const scenes = withView(withView([], 1, { videoId: 2, offsetUs: 500 }), 1, { videoId: 3, offsetUs: -200 });
    const moved = withView(scenes, 1, { videoId: 2, offsetUs: 540 });
    expect(viewsBeside(moved, 1)).toEqual([
      { videoId: 2, offsetUs: 540 },
      { videoId: 3, offsetUs: -200 },
    ]);
    expect(viewsBeside(moved, 3)).toContainEqual({ videoId: 2, offsetUs: 740 });
  });
});
