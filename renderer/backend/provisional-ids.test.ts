// Protects that what is done to a segment right after it was made reaches that segment, whenever its number comes.
import { expect, it } from 'vitest';
import { awaitId, provisionalId, withRealIds } from './provisional-ids.ts';

it('calls that name a new segment wait for its number; others go as they are', async () => {
  const made = Promise.withResolvers<number>();
  const id = provisionalId();
  awaitId(id, made.promise);
  const one = withRealIds({ segmentId: id, atUs: 5 });
  const several = withRealIds({ segmentIds: [3, id], state: 'accepted' });
  made.resolve(41);
  expect(await one).toEqual({ segmentId: 41, atUs: 5 });
  expect(await several).toEqual({ segmentIds: [3, 41], state: 'accepted' });
  const plain = { segmentIds: [1, 2] };
  expect(await withRealIds(plain)).toBe(plain);
  expect(await withRealIds({ segmentId: null })).toEqual({ segmentId: null });
});

it('of a segment that could not be made they fail as its making did', async () => {
  const id = provisionalId();
  awaitId(id, Promise.reject(new RangeError('no such class')));
  await expect(withRealIds({ segmentIds: [id] })).rejects.toThrow('no such class');
  expect(provisionalId()).toBeLessThan(id);
});
