// Protects: an edit says what its window showed, and after a conflict either choice sends just what is left to do.
import { describe, expect, test } from 'vitest';
import type { Segment } from '#preload/domain/segment.ts';
import { resolved, type Conflict } from './conflicts.ts';
import { withSeen, type KnownRows } from './seen-rows.ts';

const row = { id: 7, videoId: 1, classId: 2, startUs: 0, endUs: 9, state: 'proposed', note: '' } as Segment;
const known: KnownRows = {
  segments: (ids) => new Map(ids.includes(7) ? [[7, row]] : []),
  class: (id) =>
    id === 2
      ? { id, name: 'jump', prompt: 'jump', colour: '#000000', digitKey: null, position: 0, removed: false }
      : undefined,
  attribute: (id) => (id === 5 ? { id, name: 'hand', required: false } : undefined),
  reviewState: (videoId, classId) => (videoId === 1 ? (classId === 2 ? 'complete' : 'unseen') : undefined),
};
const seen = (call: string, input: object) => withSeen(call.split('.'), input, known) as { readonly seen?: unknown };

describe('what an edit has seen', () => {
  test('is of the fields that it changes, segment by segment; of an unknown one nothing', () => {
    expect(seen('segments.update', { segmentIds: [7, -1], state: 'accepted' }).seen).toEqual([
      { state: 'proposed' },
      {},
    ]);
    expect(seen('classes.update', { classId: 2, name: 'leap', position: 1 }).seen).toEqual({ name: 'jump' });
    expect(seen('classes.update', { classId: 2, definition: 'both feet' }).seen).toEqual({ definition: '' });
    expect(seen('attributes.update', { attributeId: 5, required: true }).seen).toEqual({ required: false });
    expect(seen('segments.update', { segmentIds: [7], locked: true, attributes: { 5: 'left' } }).seen).toEqual([
      { locked: false, attributes: { 5: null } },
    ]);
    expect(seen('reviews.set', { videoId: 1, classIds: [2, 3], state: 'unseen' }).seen).toEqual(['complete', 'unseen']);
  });

  test('is the whole row where the edit is of the whole', () => {
    const details = { subject: '', ambiguous: false, locked: false, attributes: {} };
    const whole = { startUs: 0, endUs: 9, classId: 2, state: 'proposed', note: '', ...details };
    expect(seen('segments.remove', { segmentIds: [7] }).seen).toEqual([whole]);
    expect(seen('segments.split', { segmentId: 7, atUs: 4 }).seen).toEqual(whole);
  });

  test('is left to whoever has said it, and out where nothing is known or changed', () => {
    const said = { segmentIds: [7], note: 'x', seen: [{ note: 'before' }] };
    expect(seen('segments.update', said)).toBe(said);
    expect(seen('reviews.set', { videoId: 9, classIds: [2], state: 'unseen' })).not.toHaveProperty('seen');
    expect(seen('segments.list', { videoId: 1 })).not.toHaveProperty('seen');
  });
});

describe('a conflict', () => {
  const conflict: Conflict = {
    call: 'segments.update',
    input: { segmentIds: [1, 2, 3], state: 'accepted', seen: [{ state: 'proposed' }, {}, { state: 'proposed' }] },
    rows: [
      { kind: 'segment', id: 1, by: 'Ana', now: { state: 'rejected' } },
      { kind: 'segment', id: 3, by: null, now: null },
    ],
  };

  test('of a class, chosen as theirs, leaves the fields that nobody contests', () => {
    const input = { classId: 2, name: 'leap', definition: 'both feet', seen: { name: 'jump', definition: '' } };
    const of = (call: string): Conflict => ({
      call,
      input,
      rows: [{ kind: 'class', id: 2, by: 'Ana', now: { name: 'hop' } }],
    });
    expect(resolved(of('classes.update'), 'theirs')).toEqual({ classId: 2, definition: 'both feet', seen: input.seen });
    expect(resolved(of('classes.remove'), 'theirs')).toBeNull();
  });

  test('chosen as one’s own goes out again with what was shown; what is gone is brought back', () => {
    expect(resolved(conflict, 'mine')).toEqual({ ...conflict.input, seen: [{ state: 'rejected' }, {}, null] });
  });

  test('left as the others have it sends what contradicts nobody', () => {
    expect(resolved(conflict, 'theirs')).toEqual({ segmentIds: [2], state: 'accepted', seen: [{}] });
    expect(resolved({ ...conflict, input: { segmentIds: [1], state: 'accepted' } }, 'theirs')).toBeNull();
  });

  test('of a class, or of how far a video was reviewed, works alike', () => {
    const ofClass: Conflict = {
      call: 'classes.update',
      input: { classId: 2, name: 'hop', seen: { name: 'jump' } },
      rows: [{ kind: 'class', id: 2, by: 'Ana', now: { name: 'leap' } }],
    };
    expect(resolved(ofClass, 'mine')).toEqual({ classId: 2, name: 'hop', seen: { name: 'leap' } });
    expect(resolved(ofClass, 'theirs')).toBeNull();
    const ofReviews: Conflict = {
      call: 'reviews.set',
      input: { videoId: 1, classIds: [2, 3], state: 'complete', seen: ['unseen', 'unseen'] },
      rows: [{ kind: 'review', id: 2, by: 'Ana', now: { state: 'in-progress' } }],
    };
    expect(resolved(ofReviews, 'mine')).toMatchObject({ seen: ['in-progress', 'unseen'] });
    expect(resolved(ofReviews, 'theirs')).toMatchObject({ classIds: [3], seen: ['unseen'] });
  });
});
