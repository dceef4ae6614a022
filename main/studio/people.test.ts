// Protects: a window is shown to the others as long as it listens, and no longer, whatever connects twice.
import { expect, test } from 'vitest';
import { People } from './people.ts';

test('windows come, look and go', () => {
  let told = 0;
  const people = new People(() => (told += 1));
  const ana = { person: 'Ana', window: 'a-window-of-hers' };
  const leave = people.enter(ana, 'Ana');
  const leaveUnnamed = people.enter({ person: null, window: 'another' }, '');
  people.look(ana, { videoId: 3, segmentIds: [7] });
  expect(people.list()).toEqual([
    { window: 'a-window-of-hers', person: 'Ana', videoId: 3, segmentIds: [7] },
    { window: 'another', person: null, videoId: null, segmentIds: [] },
  ]);
  expect([...people.selected()]).toEqual([7]);
  // The connection was lost and made anew before the loss was noticed.
  const leaveAgain = people.enter(ana, 'Ana');
  leave();
  leave();
  expect(people.list()[0]).toMatchObject({ person: 'Ana', videoId: 3 });
  leaveAgain();
  leaveUnnamed();
  expect(people.list()).toEqual([]);
  expect(people.selected().size).toBe(0);
  expect(told).toBe(6);
});

test('whoever does not listen is not there, and a name that another person’s window gave itself is another window', () => {
  const people = new People(() => undefined);
  people.enter({ person: 'Ana', window: 'the-same-window' }, 'Ana');
  people.look({ person: 'Ben', window: 'the-same-window' }, { videoId: 1, segmentIds: [1] });
  people.enter({ person: null, window: null }, 'a script');
  expect(people.list()).toMatchObject([{ person: 'Ana', videoId: null }]);
});
